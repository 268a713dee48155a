import type { AttributeName, Element, Ternary } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { cutCircles } from '../reading/circles.ts'
import { NO_REASON } from '../reading/drawing.ts'
import { type Item, nameOf, originOf, tellMissing } from '../reading/items.ts'
import { defined, lineOf, listOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { dataIn } from './data.ts'
import type { Model } from './read.ts'
import { answerTo, type Find, finderOf, nameIn, titled, toldOf, withoutControls } from './values.ts'

/** Classes of pytm; `plain` says all that the class says. */
const KINDS: Readonly<Record<string, { readonly kind: Element['kind']; readonly plain?: true }>> = {
  Actor: { kind: 'externalEntity' },
  ExternalEntity: { kind: 'externalEntity', plain: true },
  Datastore: { kind: 'dataStore', plain: true },
  Process: { kind: 'process', plain: true },
  SetOfProcesses: { kind: 'process' },
  Server: { kind: 'process' },
  Lambda: { kind: 'process' },
  ServerlessFunc: { kind: 'process' },
  LLM: { kind: 'process' },
}

/** Attributes of ours, and what of pytm says the same. */
const ATTRIBUTES: readonly (readonly [AttributeName, readonly string[]])[] = [
  ['authenticates', ['authenticatesSource', 'implementsAuthenticationScheme']],
  ['authorises', ['authorizesSource', 'hasAccessControl']],
  ['validatesInput', ['validatesInput']],
  ['encodesOutput', ['encodesOutput']],
  ['encryptsAtRest', ['isEncryptedAtRest']],
  ['isLog', ['storesLogData']],
  ['isAiAgent', ['hasAgentCapabilities']],
  ['retrievesContent', ['hasRAG']],
]

/** What the flows and findings say as well, written from the other side. */
const DERIVED = ['inputs', 'outputs', 'findings', 'maxClassification']

/** Boundaries, and the elements in them. */
export function addElements(building: Building, model: Model): void {
  const find = finderOf(model.boundaries)
  const findData = finderOf(model.data)
  for (const boundary of model.boundaries) addBoundary(building, model, { boundary, find })
  cutCircles(building)
  for (const element of model.elements) addElement(building, model, { element, find, findData })
}

function addBoundary(building: Building, model: Model, { boundary, find }: { boundary: Item; find: Find }): void {
  const { item } = toldOf(boundary, model.isDump)
  const around = boundaryOf(item, find)
  const keys = [...DERIVED, ...(around.isWhole ? ['inBoundary'] : []), ...(item.raw.inScope === true ? ['inScope'] : [])]
  const { provenance, foreign } = originOf(building, item, { keys, texts: { description: 100_000 }, name: 'name' })
  building.boundaries[item.id] = defined({
    id: item.id,
    name: nameOf(item, 'name'),
    kind: 'unknown' as const,
    parent: around.id,
    membership: 'stated' as const,
    description: textOf(item.raw.description),
    provenance,
    foreign,
  })
  tally(item.place.report, item.place.at, {
    what: count => `Kind of ${many(count, 'boundary')}`,
    why: 'The format does not say what makes trust change there: choose a kind.',
  })
}

function boundaryOf(item: Item, find: Find): { readonly id: string | undefined; readonly isWhole: boolean } {
  const name = nameIn(item.raw.inBoundary)
  const found = find(item.raw.inBoundary)
  if (name !== undefined && !found) tellMissing(titled(item), 'inBoundary', name)
  return { id: found?.id, isWhole: found !== undefined && typeof item.raw.inBoundary === 'string' }
}

function addElement(
  building: Building,
  model: Model,
  { element, find, findData }: { element: Item; find: Find; findData: Find },
): void {
  const { item: told, facts } = toldOf(element, model.isDump)
  const className = lineOf(told.raw.__class__, 100) ?? ''
  const meaning = Object.hasOwn(KINDS, className) ? KINDS[className] : undefined
  const kind = meaning?.kind ?? (element.noun === 'actor' ? 'externalEntity' : 'process')
  const { attributes, names } = attributesOf(facts, className)
  const item = withoutControls(told, names)
  const around = boundaryOf(item, find)
  const stored = kind === 'dataStore' ? dataIn(item, findData) : undefined
  const isOut = item.raw.inScope === false || element.raw.inScope === false
  const keys = [
    ...DERIVED,
    ...names,
    ...(meaning?.plain ? ['__class__'] : []),
    ...(around.isWhole ? ['inBoundary'] : []),
    ...(typeof item.raw.inScope === 'boolean' ? ['inScope'] : []),
    ...(stored?.isWhole ? ['data'] : []),
  ]
  const { provenance, foreign } = originOf(building, item, { keys, texts: { description: 100_000 }, name: 'name' })
  if (!meaning) tellClass(building, item, { className, kind })
  tellElement(item, { hasKindOfClass: meaning?.plain !== true && meaning !== undefined, isStore: kind === 'dataStore' })
  building.elements[item.id] = defined({
    id: item.id,
    name: nameOf(item, 'name'),
    kind,
    boundary: around.id,
    attributes: Object.keys(attributes).length > 0 ? attributes : undefined,
    data: stored && Object.keys(stored.links).length > 0 ? stored.links : undefined,
    outOfScope: isOut ? NO_REASON : undefined,
    description: textOf(item.raw.description),
    provenance,
    foreign,
  })
}

type Attributes = { readonly attributes: { readonly [name in AttributeName]?: Ternary }; readonly names: readonly string[] }

function attributesOf(facts: Raw, className: string): Attributes {
  const known = ATTRIBUTES.flatMap(([name, words]) => {
    const answer = answerTo(facts, words)
    return answer === undefined ? [] : [{ name, answer, words: words.filter(word => typeof facts[word] === 'boolean') }]
  })
  const attributes = Object.fromEntries(known.map(({ name, answer }) => [name, answer]))
  return {
    attributes: className === 'LLM' ? { ...attributes, isAiModel: 'yes' } : attributes,
    names: known.flatMap(({ words }) => words),
  }
}

function tellClass({ report }: Building, { id }: Item, { className, kind }: { className: string; kind: Element['kind'] }): void {
  const word = kind === 'process' ? 'a process' : 'an external entity'
  report.problems.push({
    code: 'import.kind',
    severity: 'warning',
    at: id,
    message: `The file ${className === '' ? 'gives this no class' : `calls this a "${className.slice(0, 80)}", which is no class that is known here`}, so it counts as ${word}.`,
    cure: 'Say whether it is a process, a data store or an external entity.',
  })
}

function tellElement({ raw, place }: Item, { hasKindOfClass, isStore }: { hasKindOfClass: boolean; isStore: boolean }): void {
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} of ${many(count, 'element')}`, why })
  if (hasKindOfClass) tell('Class', 'It says more than process or external entity: kept under foreign.')
  if (raw.controls !== undefined) tell('Other controls', 'No attribute here means exactly these: kept under foreign.')
  if (!isStore && listOf(raw.data).length > 0)
    tell('Data', 'Data is linked to the flows that carry it and the stores that hold it: kept under foreign.')
}
