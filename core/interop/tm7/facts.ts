import type { AttributeName, Boundary, Ternary } from '../../model/types.ts'
import { type DrawnFacts, type DrawnKind, NO_REASON } from '../reading/drawing.ts'
import { type Foreign, keptForeign, type Place } from '../reading/foreign.ts'
import { defined, lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { byTitle } from './fields.ts'
import type { Basics, Property } from './properties.ts'

/** A figure as far as its facts depend on it; its stencil by name, unless that is one of the generic ones. */
export type Stated = { readonly kind: DrawnKind; readonly stencil: string; readonly stencilName: string | undefined }

/** What was understood of a figure, and what is kept as it was. */
export type ReadFacts = { readonly facts: DrawnFacts; readonly foreign: Foreign | undefined }

/** What a property says of an element in a word of ours, where the meaning is the same: a fact that is nearly right hides findings. */
const ATTRIBUTES: readonly { readonly title: RegExp; readonly on: readonly DrawnKind[]; readonly attribute: AttributeName }[] = [
  { title: /^implements or uses an authentication mechanism$/i, on: ['process'], attribute: 'authenticates' },
  { title: /^implements or uses an authorization mechanism$/i, on: ['process'], attribute: 'authorises' },
  { title: /^sanitizes input$/i, on: ['process'], attribute: 'validatesInput' },
  { title: /^sanitizes output$/i, on: ['process'], attribute: 'encodesOutput' },
  { title: /^((is )?encrypted|.* tde enabled)$/i, on: ['dataStore'], attribute: 'encryptsAtRest' },
  { title: /^stores credentials$/i, on: ['dataStore'], attribute: 'storesCredentials' },
  { title: /^stores log data$/i, on: ['dataStore'], attribute: 'isLog' },
  { title: /^backup$/i, on: ['dataStore'], attribute: 'holdsBackups' },
  { title: /^.* audit(ing| logging) enabled$/i, on: ['dataStore', 'process'], attribute: 'logsAudit' },
]

/** Accounts that may do anything, and those that may do little; of the others one cannot tell. */
const RUNS_AS: Readonly<Record<string, Ternary>> = {
  Kernel: 'yes',
  System: 'yes',
  Administrator: 'yes',
  'Standard User Without Elevation': 'no',
  'Windows Store App': 'no',
}

/** Stencils of flows that are named after what is on the wire; the others, such as Request, name no protocol. */
const PROTOCOL =
  /^(https?|ipsec|udp|smb|named pipe|rpc or dcom|alpc|ldaps?|ssh|dicom( tls)?|canbus|hl7( fhir| classic)?|ethernet frames|bluetooth|wi-?fi)$/i

/** Stencils of boundaries whose name says what makes trust change there. */
const BOUNDARIES: readonly { readonly name: RegExp; readonly kind: Boundary['kind'] }[] = [
  { name: /^(internet boundary|corpnet trust boundary)$/i, kind: 'network' },
  { name: /^(machine trust boundary|azure iaas vm trust boundary)$/i, kind: 'machine' },
  { name: /^(appcontainer boundary|sandbox trust boundary border)$/i, kind: 'process' },
  { name: /^user mode or kernel mode boundary$/i, kind: 'privilege' },
]

/** The properties of a figure: what has a word of ours is read, and all of them are kept where rules of a template look for them. */
export function factsOf(stated: Stated, basics: Basics, place: Place): ReadFacts {
  const { kind, stencil, stencilName } = stated
  const isElement = kind === 'process' || kind === 'dataStore' || kind === 'externalEntity'
  const canBeOut = isElement || kind === 'flow'
  const answers = new Map(basics.rest.flatMap(property => answerIn(property, stated, place)))
  const facts: DrawnFacts = defined({
    outOfScope: basics.isOutOfScope && canBeOut ? (textOf(basics.reason, 4000) ?? NO_REASON) : undefined,
    technology: isElement ? technologyOf(stencilName, basics.rest) : undefined,
    attributes: isElement ? attributesOf(answers) : undefined,
    protocol: kind === 'flow' && stencilName !== undefined && PROTOCOL.test(stencilName) ? stencilName : undefined,
    authentication: kind === 'flow' ? bothOf(answers.get('source'), answers.get('target')) : undefined,
    encryption: kind === 'flow' ? answers.get('encryption') : undefined,
    boundaryKind: BOUNDARIES.find(({ name }) => name.test(stencilName ?? ''))?.kind,
  })
  const properties = keptProperties(stencil, basics)
  return { facts, foreign: keptForeign(defined({ stencil: stencilName, properties }), place) }
}

type Question = AttributeName | 'source' | 'target' | 'encryption'

/** What a property answers. The first choice of a list stands there until somebody looks, so it is unknown, never "no". */
function answerIn(property: Property, stated: Stated, { at, report }: Place): readonly (readonly [Question, Ternary])[] {
  const question = questionOf(property, stated.kind)
  if (question === undefined) {
    tally(report, at, {
      what: count => `${many(count, 'property')} of drawn things`,
      why: 'No field here means exactly this: kept under foreign, where the rules of their template look.',
    })
    return []
  }
  if (property.isUntouched) {
    tally(report, at, {
      what: count => `${many(count, 'property')} as the template has them`,
      why: 'The tool writes the same whether that is the answer or nobody looked: they are unknown here.',
    })
    return []
  }
  const answer = question === 'runsAsPrivileged' ? RUNS_AS[property.value] : yesOrNo(property.value)
  return answer ? [[question, answer]] : []
}

function questionOf({ title, kind: form }: Property, kind: DrawnKind): Question | undefined {
  if (form === 'text') return undefined
  if (kind === 'flow') {
    if (/^source authenticated$/i.test(title)) return 'source'
    if (/^destination authenticated$/i.test(title)) return 'target'
    return /^(provides confidentiality|(is )?encrypted)$/i.test(title) ? 'encryption' : undefined
  }
  if (kind === 'process' && /^running as$/i.test(title)) return 'runsAsPrivileged'
  return ATTRIBUTES.find(one => one.on.includes(kind) && one.title.test(title))?.attribute
}

function yesOrNo(value: string): Ternary | undefined {
  if (/^(yes|true)$/i.test(value)) return 'yes'
  return /^(no|false)$/i.test(value) ? 'no' : undefined
}

/** Both ends prove who they are only if each does. */
function bothOf(source: Ternary | undefined, target: Ternary | undefined): Ternary | undefined {
  if (source === 'no' || target === 'no') return 'no'
  return source === 'yes' && target === 'yes' ? 'yes' : undefined
}

function attributesOf(answers: ReadonlyMap<Question, Ternary>): DrawnFacts['attributes'] {
  return answers.size > 0 ? (Object.fromEntries(answers) as DrawnFacts['attributes']) : undefined
}

/** The stencil, and what the choices of its technologies add to it, such as: Mobile Client, Android. */
function technologyOf(stencilName: string | undefined, properties: readonly Property[]): string | undefined {
  const chosen = properties.filter(
    ({ title, isUntouched, kind }) => kind === 'choice' && !isUntouched && /technologies$/i.test(title),
  )
  const words = chosen.map(({ value }) => value).filter(value => value !== 'Generic')
  return lineOf([stencilName ?? '', ...words].filter(word => word !== '').join(', '), 400)
}

/** Under the names the tool shows, as conditions of rules ask for them; `type` holds the stencil. */
function keptProperties(stencil: string, { rest }: Basics): Readonly<Record<string, string>> {
  return byTitle([...(stencil === '' ? [] : [{ title: 'type', id: '', value: stencil }]), ...rest])
}
