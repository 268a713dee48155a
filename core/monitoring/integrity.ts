import type { Design, Element, Threat } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { nameOf } from './common-fields.ts'
import type { HandOff, Rendered, Service } from './types.ts'
import { xmlRemark, xmlText } from './words.ts'

/** Directories of components on the machines they run on, by id of the element: the design does not hold them. */
export type Places = ReadonlyMap<string, readonly string[]>

/**
 * Integrity monitoring (syscheck) for Wazuh and OSSEC: program and configuration of each component. Where they lie only who runs
 * them knows; what was not said stands as a remark to fill in. Contents are never copied from where secrets may be.
 */
export function integrityFiles(design: Design, handOff: HandOff, places: Places = new Map()): Rendered {
  const parts = integrityParts(design, handOff, places)
  const missing = parts.filter(part => part.places.length === 0).map(part => part.service)
  return {
    files: (['wazuh', 'ossec'] as const).map(engine => ({
      path: `integrity/${engine}-syscheck.xml`,
      text: `${fileLines(handOff, parts, engine).join('\n')}\n`,
    })),
    losses: missing.map(
      ({ element }) =>
        `${element.id} ${nameOf({ element, slug: '' })}: the design does not say where it lies; say so with --place ${element.id}=DIRECTORY.`,
    ),
  }
}

/** Each component: where it lies, whether it may hold secrets, and the threats of tampering with it. */
export function integrityParts(design: Design, handOff: HandOff, places: Places = new Map()): readonly IntegrityPart[] {
  const threats = handOff.watches.map(({ threat }) => threat).filter(({ categories }) => categories.tampering)
  return handOff.services.map(service => partOf(design, { service, threats, places: places.get(service.element.id) ?? [] }))
}

/** Directories as a person gives them: `E-7K3Q2=/opt/billing`. */
export function placesFrom(given: readonly string[], { services }: Pick<HandOff, 'services'>): Result<Places> {
  const places = new Map<string, readonly string[]>()
  for (const text of given) {
    const [, id = '', directory = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? []
    if (!services.some(({ element }) => element.id === id))
      return refuse({
        code: 'monitor.place',
        message: `--place ${JSON.stringify(text)} names no process or data store of ours.`,
        cure: 'Write --place E-7K3Q2=/opt/billing with an id that skeptic coverage shows.',
      })
    if (!DIRECTORY.test(directory) || directory.includes('..'))
      return refuse({
        code: 'monitor.place',
        message: `${JSON.stringify(directory)} is no directory that integrity monitoring can watch.`,
        cure: 'Give the full path of a directory, with letters, digits, spaces and the marks . _ - + @ only; real-time watching takes no files.',
      })
    places.set(id, [...(places.get(id) ?? []), directory.replace(/[/\\]+$/, '')])
  }
  return ok(places)
}

/** A full path in which no character means anything to XML, to a list of directories or to a pattern. */
const DIRECTORY = /^(?:[A-Za-z]:)?(?:[/\\][\p{L}\p{N} ._+@-]+)+[/\\]?$/u

export type IntegrityPart = {
  readonly service: Service
  readonly places: readonly string[]
  readonly holdsSecrets: boolean
  readonly threats: readonly Threat[]
}

function partOf(
  design: Design,
  { service, threats, places }: Pick<IntegrityPart, 'service' | 'threats' | 'places'>,
): IntegrityPart {
  const { element } = service
  return {
    service,
    places,
    holdsSecrets: mayHoldSecrets(design, element),
    threats: threats.filter(threat => threat.elements?.[element.id]),
  }
}

/** Unknown is not no: only what is known to hold nothing graver than internal data may have its changes shown. */
function mayHoldSecrets(design: Design, element: Element): boolean {
  const classes = idsOf(element.data).map(id => design.data[id]?.class)
  return element.attributes?.storesCredentials !== 'no' || classes.some(name => name !== 'D0' && name !== 'D1')
}

/** Names of files that hold secrets, wherever they lie. */
export const SECRET_FILES = '.env$|.pem$|.key$|.p12$|.pfx$|.jks$|.kdbx$|id_rsa|id_ed25519|credential|secret|password|token'

function fileLines(handOff: HandOff, parts: readonly IntegrityPart[], engine: 'wazuh' | 'ossec'): readonly string[] {
  const secretPlaces = parts.filter(part => part.holdsSecrets).flatMap(part => part.places)
  return [
    xmlRemark(
      `Integrity of ${xmlText(handOff.name, 100)}. For ossec.conf of the agent on each machine; keep only the components that run there.`,
    ),
    xmlRemark('Data files change all the time and are not watched. Real-time watching takes directories, not files.'),
    '<ossec_config>',
    '  <syscheck>',
    '    <frequency>43200</frequency>',
    `    <nodiff type="sregex">${SECRET_FILES}</nodiff>`,
    ...[...new Set(secretPlaces)].sort().map(place => `    <nodiff type="sregex">^${sregex(place)}</nodiff>`),
    ...parts.flatMap(part => partLines(part, engine)),
    '  </syscheck>',
    '</ossec_config>',
  ]
}

/** In the short patterns of OSSEC only ^ $ | and ! mean something, and none of them is in a place. */
function sregex(place: string): string {
  return place.replaceAll('\\', '\\\\')
}

function partLines({ service, places, holdsSecrets, threats }: IntegrityPart, engine: 'wazuh' | 'ossec'): readonly string[] {
  const named =
    threats.length > 0
      ? ` ${threats
          .slice(0, 10)
          .map(({ id }) => id)
          .join(', ')}.`
      : ''
  const secrets = holdsSecrets ? ' May hold secrets: that a file changed is reported, never what in it.' : ''
  const head = `${service.element.id} ${xmlText(nameOf(service), 120)}.${named}${secrets}`
  const attributes = [
    'check_all="yes"',
    engine === 'wazuh' ? 'whodata="yes"' : 'realtime="yes"',
    ...(holdsSecrets ? [] : ['report_changes="yes"']),
  ].join(' ')
  if (places.length === 0)
    return [
      `    ${xmlRemark(`${head} To fill in: the design does not say where program and configuration lie. Put the directory for DIRECTORY: <directories ${attributes}>DIRECTORY</directories>`)}`,
    ]
  return [`    ${xmlRemark(head)}`, ...places.map(place => `    <directories ${attributes}>${place}</directories>`)]
}
