import type { Ternary } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { byName, calledItem, type Item, linksTo, nameOf, originOf } from '../reading/items.ts'
import { defined, fitting, idOf, lineOf, listOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { mergedOf } from './merge-keys.ts'
import type { Lists } from './read.ts'
import { pointer, TITLE } from './sections.ts'
import { AUTHENTICATION, IN_TRANSIT, meaningOf, wordOf } from './words.ts'

/** A communication link, and the technical asset it starts from. */
export type Link = Item & { readonly source: Item }

/** The links of all assets; each gets the id that Threagile makes of its asset and its name. */
export function linksOf(building: Building, assets: readonly Item[]): readonly Link[] {
  return assets.flatMap(source => {
    const links = source.raw.communication_links
    const named = mergedOf(links)
    const at = `${source.place.at}/communication_links`
    if (!named) tellNoLinks(source, at, links)
    return Object.entries(named ?? {}).flatMap(([name, value]) =>
      linkOf(building, source, { name, value, at: `${at}/${pointer(name)}` }),
    )
  })
}

type NamedLink = { readonly name: string; readonly value: unknown; readonly at: string }

function linkOf(building: Building, source: Item, { name, value, at }: NamedLink): readonly Link[] {
  const own = mergedOf(value)
  const place = { at, report: building.report }
  if (!own) {
    place.report.losses.push({ at, what: 'One communication link', why: 'It is no object: nothing can be read from it.' })
    return []
  }
  const { [TITLE]: inside, ...others } = own
  const raw = { ...others, ...(inside === undefined ? {} : { title_inside: inside }), [TITLE]: name }
  const id = building.idFor('F', building.model, '/communication_links', source.id, name)
  const originalId = lineOf(`${source.originalId ?? ''}>${slugOf(name)}`, 1000)
  return [{ id, originalId, raw, place, noun: 'communication link', key: '', source }]
}

/** How Threagile makes an id of a name. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function tellNoLinks({ place }: Item, at: string, links: unknown): void {
  if (links === undefined || links === null || links === '' || (Array.isArray(links) && links.length === 0)) return
  place.report.losses.push({
    at,
    what: 'Communication links',
    why: 'They are not written by their names: nothing can be read from them.',
  })
}

/** Communication links become data flows from their asset to their target. */
export function addFlows(building: Building, lists: Lists): void {
  const assets = byName(lists.assets)
  const data = byName(lists.data)
  for (const link of lists.links) addFlow(building, link, { assets, data })
}

type Around = { readonly assets: ReadonlyMap<string, Item>; readonly data: ReadonlyMap<string, Item> }

function addFlow(building: Building, link: Link, { assets, data }: Around): void {
  const { raw, id, source } = link
  const target = assets.get(idOf(raw.target) ?? '')
  const sent = linksTo(link, 'data_assets_sent', name => data.get(name))
  const received = linksTo(link, 'data_assets_received', name => data.get(name))
  const carried = { ...sent.links, ...received.links }
  const protocol = lineOf(raw.protocol, 400)
  const authentication = meaningOf(AUTHENTICATION, raw.authentication)
  const isNothing = (key: string) => raw[key] === false || (Array.isArray(raw[key]) && listOf(raw[key]).length === 0)
  const keys = [
    ...(target ? ['target'] : []),
    ...fitting(raw, { protocol: 400 }),
    ...(authentication === 'no' ? ['authentication'] : []),
    ...(sent.isWhole ? ['data_assets_sent'] : []),
    ...['data_assets_received', 'tags'].filter(isNothing),
  ]
  const { provenance, foreign } = originOf(building, link, { keys, texts: { description: 100_000 }, name: TITLE })
  if (!target) tellTarget(building, link)
  tellFlow(link, { isBack: Object.keys(received.links).length > 0 })
  building.flows[id] = defined({
    id,
    name: nameOf(link, TITLE),
    source: source.id,
    target: target?.id,
    protocol: protocol === 'unknown-protocol' ? undefined : protocol,
    authentication,
    encryption: encryptionOf(raw),
    data: Object.keys(carried).length > 0 ? carried : undefined,
    description: textOf(raw.description),
    provenance,
    foreign,
  })
}

/** A tunnel may encrypt what the protocol does not: then nobody has said. */
function encryptionOf(raw: Raw): Ternary | undefined {
  const known = meaningOf(IN_TRANSIT, raw.protocol)
  return known === 'no' && raw.vpn === true ? undefined : known
}

function tellTarget(building: Building, link: Link): void {
  const { raw, place, id } = link
  const name = idOf(raw.target)
  if (name !== undefined)
    place.report.losses.push({
      at: `${place.at}/target`,
      what: `Target of ${calledItem(link, TITLE)}`,
      why: `It names "${name.slice(0, 80)}", which is no technical asset of the model; kept under foreign.`,
    })
  building.report.problems.push({
    code: 'import.looseEnd',
    severity: 'warning',
    at: id,
    message: 'The target of this data flow is no element of the file.',
    cure: 'Connect it to an element, or delete the flow.',
  })
}

const KEPT = ['authentication', 'authorization', 'vpn', 'ip_filtered', 'readonly', 'usage']

function tellFlow({ raw, place }: Link, { isBack }: { readonly isBack: boolean }): void {
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} of ${many(count, 'communication link')}`, why })
  const isSaid = (key: string) => raw[key] !== undefined && raw[key] !== null
  if (KEPT.some(key => isSaid(key) && !(key === 'authentication' && wordOf(raw[key]) === 'none')))
    tell('Other keys', `No field of a data flow means exactly the same as ${KEPT.join(', ')}: kept under foreign.`)
  if (listOf(raw.tags).length > 0) tell('Tags', 'Only elements have tags here: kept under foreign.')
  if (isBack)
    tell(
      'Which data comes back',
      'A data flow carries data without saying in which direction: all of it is linked, and the received is kept under foreign.',
    )
  if (raw.vpn === true && meaningOf(IN_TRANSIT, raw.protocol) === 'no')
    tell('Encryption', 'The protocol has none and a VPN may: it is unknown until somebody says so.')
}
