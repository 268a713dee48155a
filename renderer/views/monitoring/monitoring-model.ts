import { isConfirmed } from '../../../core/mitigations/effect.ts'
import type { Change } from '../../../core/model/change.ts'
import { rowAt, rowsOf } from '../../../core/model/table.ts'
import type {
  AuditEvent,
  Category,
  Design,
  Detection,
  Element,
  Mitigation,
  PrivacyCategory,
  Threat,
} from '../../../core/model/types.ts'
import { eventSchemaPath } from '../../../core/monitoring/audit-events.ts'
import { COMMON_FIELDS, conditionsOf } from '../../../core/monitoring/common-fields.ts'
import type { MonitorFormat } from '../../../core/monitoring/files.ts'
import { mappingOf } from '../../../core/monitoring/ocsf.ts'
import type { FlatEvent } from '../../../core/monitoring/samples.ts'
import type { Because, HandOff, HandOffFile, Signal, ThreatWatch } from '../../../core/monitoring/types.ts'
import { memoLast } from '../../../core/support/memo.ts'
import { idsOf } from '../../../core/support/order.ts'
import { groupedBy } from '../../state/grouped-by.ts'
import { CATEGORIES } from '../../state/words.ts'

/** A detection of a threat with the components it looks at; never without one. */
export type ShownDetection = {
  readonly detection: Detection
  readonly event: AuditEvent
  readonly because: Because
  readonly control: string | undefined
  readonly signals: readonly [Signal, ...Signal[]]
}

/** A threat under one category: what shows it there, and how many of its detections are for other categories. */
export type ThreatLine = {
  readonly threat: Threat
  readonly isCovered: boolean
  readonly here: readonly ShownDetection[]
  readonly elsewhere: number
}

/** STRIDE in its order, then privacy as one, then threats without either, where there are any. */
export type GroupId = Category | 'privacy' | 'none'
export type Group = { readonly id: GroupId; readonly lines: readonly ThreatLine[]; readonly detections: number }

/** Why a threat is not covered, the nearest reason first. */
export type WhyNot = 'noMitigation' | 'unconfirmed' | 'noControl' | 'noDetection'
export type Uncovered = { readonly line: ThreatLine; readonly why: WhyNot }

type Signals = ReadonlyMap<string, readonly Signal[]>

/** The detections of a threat, those that look at something. */
function detectionsOf({ threat, detections }: ThreatWatch, signals: Signals): readonly ShownDetection[] {
  return detections.flatMap(({ detection, because, control }) => {
    const [first, ...rest] = signals.get(`${threat.id} ${detection}`) ?? []
    if (!first) return []
    return [{ detection: first.detection, event: first.event, because, control, signals: [first, ...rest] }]
  })
}

/** Signals by threat and detection, made once: a large design has thousands of both. */
const signalsOf = memoLast(({ signals }: HandOff): Signals => {
  const pairs = signals.flatMap(signal => signal.threats.map(({ id }) => [`${id} ${signal.detection.id}`, signal] as const))
  return new Map([...groupedBy(pairs, ([key]) => key)].map(([key, all]) => [key, all.map(([, signal]) => signal)]))
})

/** Every category, also those without a threat; a threat of two categories stands under both, with what shows it there. */
export function groupsOf(handOff: HandOff): readonly Group[] {
  const signals = signalsOf(handOff)
  const all = handOff.watches.map(watch => ({ watch, detections: detectionsOf(watch, signals) }))
  const groupOf = (id: GroupId, has: (threat: Threat) => boolean, isFor: (detection: Detection) => boolean): Group => {
    const lines = all
      .filter(({ watch }) => has(watch.threat))
      .map(({ watch: { threat, isCovered }, detections }) => {
        const here = detections.filter(({ detection }) => isFor(detection))
        return { threat, isCovered, here, elsewhere: detections.length - here.length }
      })
    return {
      id,
      lines,
      detections: new Set(lines.flatMap(({ isCovered, here }) => (isCovered ? here.map(({ detection }) => detection.id) : [])))
        .size,
    }
  }
  const stride = CATEGORIES.map(category =>
    groupOf(
      category,
      ({ categories }) => categories[category] === true,
      ({ categories, general }) => [...categories, ...(general ?? [])].includes(category),
    ),
  )
  const privacy = groupOf(
    'privacy',
    threat => idsOf(threat.privacy).length > 0,
    ({ privacy: types = [], general }) => types.length > 0 || (general ?? []).some(name => !isStride(name)),
  )
  const none = groupOf(
    'none',
    threat => idsOf(threat.categories).length + idsOf(threat.privacy).length === 0,
    () => true,
  )
  return [...stride, privacy, ...(none.lines.length > 0 ? [none] : [])]
}

function isStride(name: Category | PrivacyCategory): name is Category {
  return (CATEGORIES as readonly string[]).includes(name)
}

/** Threats without a detection of their own, with what is missing first. */
export function uncoveredOf(design: Design, handOff: HandOff): readonly Uncovered[] {
  const signals = signalsOf(handOff)
  const pairs = rowsOf(design.mitigations).flatMap(mitigation => idsOf(mitigation.threats).map(id => [id, mitigation] as const))
  const answers = groupedBy(pairs, ([id]) => id)
  return handOff.watches
    .filter(({ isCovered }) => !isCovered)
    .map(watch => ({
      line: { threat: watch.threat, isCovered: false, here: detectionsOf(watch, signals), elsewhere: 0 },
      why: whyNot((answers.get(watch.threat.id) ?? []).map(([, mitigation]) => mitigation)),
    }))
}

function whyNot(mitigations: readonly Mitigation[]): WhyNot {
  if (mitigations.length === 0) return 'noMitigation'
  const confirmed = mitigations.filter(isConfirmed)
  if (confirmed.length === 0) return 'unconfirmed'
  return confirmed.every(({ control }) => control === undefined) ? 'noControl' : 'noDetection'
}

/** What a rule looks for, one line each, as `field = a | b`. */
export function conditionLines(signals: readonly [Signal, ...Signal[]]): readonly string[] {
  const { service: _, ...anywhere } = signals[0]
  const services = signals.flatMap(({ service }) => service?.slug ?? [])
  const where = services.length === signals.length ? [`service.name = ${services.join(' | ')}`] : []
  return [
    ...conditionsOf({ ...anywhere, service: undefined }).map(
      ({ field, op, values }) => `${field} ${SIGNS[op]} ${values.join(' | ')}`,
    ),
    ...where,
  ]
}

const SIGNS = { equals: '=', in: '=', startswith: 'starts with', regex: '~' } as const

/** Events of a sample that are alike: the first of them, how many, seconds between two, and the field that differs. */
export type SampleRun = {
  readonly first: FlatEvent
  readonly count: number
  readonly every: number
  readonly varied: string | undefined
}

/** A sample in the runs it is made of: a sequence of hundreds is told by its first event. */
export function sampleRuns(events: readonly FlatEvent[]): readonly SampleRun[] {
  const runs: { first: FlatEvent; count: number; every: number; varied: string | undefined }[] = []
  for (const event of events) {
    const run = runs.at(-1)
    const differing = run && differingField(run.first, event)
    if (!run || differing === undefined) {
      runs.push({ first: event, count: 1, every: 0, varied: undefined })
      continue
    }
    if (run.count === 1) run.every = (timeOf(event) - timeOf(run.first)) / 1000
    run.count += 1
    if (differing !== '') run.varied = differing
  }
  return runs
}

function timeOf(event: FlatEvent): number {
  return Date.parse(event['@timestamp'] ?? '')
}

/** The one counted field in which two events differ, empty where none does; undefined where they are not alike. */
function differingField(a: FlatEvent, b: FlatEvent): string | undefined {
  const keys = Object.keys(a)
  if (keys.join() !== Object.keys(b).join()) return undefined
  const differing = keys.filter(key => key !== '@timestamp' && a[key] !== b[key])
  const [key = ''] = differing
  const stem = (event: FlatEvent) => event[key]?.replace(/-\d+$/, '')
  return differing.length <= 1 && stem(a) === stem(b) ? key : undefined
}

/** A field of an audit event, and where OCSF has it. */
export type FieldLine = {
  readonly name: string
  readonly what: string
  readonly values: readonly string[]
  readonly ocsf: string
}

/** The fields an event needs beside those of every event. */
export function fieldLines(event: AuditEvent): readonly FieldLine[] {
  const places = mappingOf(event)
  return event.fields.map(({ name, what, values = [] }) => ({ name, what, values, ocsf: places[name] ?? '' }))
}

/** The fields of every event; where the class of OCSF asks for an actor and a source, these have them of their own. */
export function commonFieldLines(event: AuditEvent): readonly FieldLine[] {
  const own = ['user.id', 'source.ip'].map(name => ({ name, what: name }))
  const places = mappingOf({ ...event, fields: own as unknown as AuditEvent['fields'] })
  return COMMON_FIELDS.map(field => ({
    name: field.name,
    what: field.what,
    values: 'values' in field ? field.values : [],
    ocsf: places[field.name] ?? '',
  }))
}

/** What asking for the audit events would write: each mitigation with its new checks. */
export type ChecksShown = {
  readonly mitigation: string
  readonly statement: string
  readonly checks: readonly { readonly key: string; readonly statement: string }[]
}

/** The changes of the command, as a person reads them before. */
export function checksShown(design: Design, changes: readonly (Change & { readonly kind: 'patch' })[]): readonly ChecksShown[] {
  return changes.map(({ id, fields }) => ({
    mitigation: id,
    statement: rowAt(design.mitigations, id)?.statement ?? id,
    checks: Object.entries(fields).map(([key, check]) => ({
      key,
      statement: (check as { readonly statement: string }).statement,
    })),
  }))
}

/** Elements that integrity monitoring leaves out altogether: those of others, and those out of scope. */
export function leftOut({ elements }: Pick<Design, 'elements'>): readonly Element[] {
  return rowsOf(elements).filter(element => element.kind === 'externalEntity' || element.outOfScope !== undefined)
}

/** The file that was asked for, else the first. */
export function fileShown(files: readonly HandOffFile[], asked: string | undefined): HandOffFile | undefined {
  return files.find(({ path }) => path === asked) ?? files[0]
}

/** The rules that a file speaks of: of an event those that look at it, of the files of rules all. */
export function signalsIn({ signals, demands }: HandOff, format: MonitorFormat, path: string): readonly Signal[] {
  if (format !== 'events' && format !== 'ocsf') return signals
  const named = demands.find(({ event: { name } }) => path === eventSchemaPath(name) || path === `ocsf/${name}.json`)
  return signals.filter(({ event }) => event.name === named?.event.name)
}
