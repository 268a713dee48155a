import type { Refusal } from '../../support/result.ts'
import type { Building } from '../reading/building.ts'
import type { Item } from '../reading/items.ts'
import { idOf, lineOf, listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { lengthsOf, wrongLists } from '../reading/list-limits.ts'
import { many, newReport, tally } from '../report.ts'
import { type DraftThing, draftThings } from './draft.ts'
import type { Links } from './links.ts'
import { type Marks, marksIn, OWN, withoutMarks } from './marks.ts'

/** An object of the file with the id its row gets, and the blueprint it stands in. */
export type Thing = Item & {
  readonly page?: string
  /** What our own properties of it say, when a file of ours wrote them. */
  readonly marks?: Marks
}

const NAMES = {
  zones: { prefix: 'B', noun: 'zone' },
  assets: { prefix: 'E', noun: 'asset' },
  stores: { prefix: 'E', noun: 'data store' },
  actors: { prefix: 'E', noun: 'actor' },
  components: { prefix: 'E', noun: 'component' },
  sets: { prefix: 'D', noun: 'data set' },
  dataAssets: { prefix: 'D', noun: 'data asset' },
  objects: { prefix: 'D', noun: 'data object' },
  flows: { prefix: 'F', noun: 'data flow' },
  assumptions: { prefix: 'A', noun: 'assumption' },
  threats: { prefix: 'T', noun: 'threat' },
  scenarios: { prefix: 'T', noun: 'threat scenario' },
  controls: { prefix: 'M', noun: 'control' },
  requirements: { prefix: 'R', noun: 'requirement' },
  risks: { prefix: 'X', noun: 'risk' },
  pages: { prefix: 'G', noun: 'blueprint' },
} as const

type Name = keyof typeof NAMES

/** What a file holds, list by list, over all its blueprints and drafts. */
export type Lists = { readonly [name in Name]: readonly Thing[] }

/** The lists of a blueprint that become rows, by the key each has there. */
export const BLUEPRINT = {
  zones: 'zones',
  assets: 'assets',
  dataStores: 'stores',
  dataSets: 'sets',
  flows: 'flows',
  actors: 'actors',
  assumptions: 'assumptions',
} as const satisfies Readonly<Record<string, Name>>

/** One list and where it stands; the page is the place of the blueprint around it. */
type Source = { readonly name: Name; readonly at: string; readonly list: unknown; readonly page?: string }
/** All lists of a file, checked by nobody yet. */
export type Sources = { readonly lists: readonly Source[]; readonly drafts: readonly DraftThing[] }

/** Where the lists of a file stand. Some files write a list where the format has an object around it. */
export function sourcesIn(root: Raw): Sources {
  const inside = (key: string, name: Name, inner: string = key): Source => {
    const part = recordOf(root[key])
    return part ? { name, at: `${key}/${inner}`, list: part[inner] } : { name, at: key, list: root[key] }
  }
  const scenarios = recordOf(root.threats) ? [inside('threats', 'scenarios', 'scenarios')] : []
  const lists: readonly Source[] = [
    ...listOf(root.blueprints).flatMap((value, i) => blueprintSources(recordOf(value) ?? {}, `blueprints/${i}`)),
    inside('threats', 'threats'),
    ...scenarios,
    { name: 'controls', at: 'controls', list: root.controls },
    inside('risks', 'risks'),
    inside('definitions', 'requirements', 'requirements'),
    { name: 'pages', at: 'blueprints', list: root.blueprints },
  ]
  return { lists: lists.filter(({ list }) => list !== undefined && list !== null), drafts: draftThings(root) }
}

function blueprintSources(raw: Raw, at: string): readonly Source[] {
  return Object.entries(BLUEPRINT).flatMap(([key, name]) =>
    Object.hasOwn(raw, key) ? [{ name, at: `${at}/${key}`, list: raw[key], page: `/${at}` }] : [],
  )
}

/** Wrong kinds and sizes are refused before anything is read; zones and drafts count over the whole file. */
export function wrongSources(file: string, { lists, drafts }: Sources): Refusal | undefined {
  const root = Object.fromEntries(lists.map(({ at, list }) => [at, list]))
  const zones = [
    ...lists.flatMap(({ name, list }) => (name === 'zones' ? listOf(list) : [])),
    ...drafts.flatMap(({ name, raw }) => (name === 'zones' ? [raw] : [])),
  ]
  return (
    wrongLists(file, root, { ...SHAPE, keys: Object.keys(root) }) ??
    wrongLists(file, { components: drafts.map(({ raw }) => raw) }, { ...SHAPE, keys: ['components'] }) ??
    wrongLists(file, { blueprints: zones }, { ...SHAPE, keys: ['blueprints'], zones: 'blueprints' })
  )
}

const SHAPE = {
  code: 'cyclonedx.list',
  linksIn: (raw: Raw) =>
    lengthsOf(...LINKED.map(key => raw[key])) +
    listOf(raw.useCases).reduce<number>((sum, use) => sum + linksInUse(recordOf(use) ?? {}), 0),
  schema: 'the schema of CycloneDX 2.0',
}

const LINKED = [
  'affectedAssets',
  'mitigations',
  'threats',
  'appliesTo',
  'placements',
  'dataSets',
  'dataObjects',
  'relatedThreats',
]

/** Every asset of a use case is joined to every requirement of it. */
function linksInUse(use: Raw): number {
  return lengthsOf(use.requirements) * lengthsOf(use.assets, use.flows)
}

/** What an object with a flow's loose end says by itself: the format wants both ends named, so it stands for what is not there. */
export const LOOSE_END = 'looseEnd'

/** What links of the file lead to, and our properties of assumptions, which have no list of their own: by bom-ref. */
type Around = { readonly links: Links; readonly assumed: ReadonlyMap<string, Marks> }

/** The objects of all lists with their ids. Of two that call themselves the same, the first is meant by whoever names it. */
export function listsOf(building: Building, sources: Sources, { links, assumed }: Around): Lists {
  const lists = Object.fromEntries(Object.keys(NAMES).map(name => [name, [] as Thing[]])) as Record<Name, Thing[]>
  const added: Thing[] = []
  const put = adder(building, lists, assumed)
  const add: Add = thing => {
    const item = put(thing)
    added.push(item)
    return item
  }
  for (const source of sources.lists)
    for (const [i, value] of listOf(source.list).entries()) {
      const raw = recordOf(value)
      const at = `/${source.at}/${i}`
      if (raw && marksIn(raw).has(LOOSE_END)) continue
      if (raw) add({ name: nameFor(source.name, raw), at, raw, page: source.page })
      else tellNoObject(building, at, NAMES[source.name].noun)
    }
  for (const draft of sources.drafts) add({ ...draft, name: nameFor(draft.name, draft.raw) })
  addObjects(lists, add)
  links.index(added)
  addComponents(lists, { add, links })
  return lists
}

function nameFor(name: Name, { type }: Raw): Name {
  return name === 'assets' && type === 'data' ? 'dataAssets' : name
}

type Add = (thing: { name: Name; at: string; raw: Raw; page?: string | undefined }) => Thing

function adder(building: Building, lists: Record<Name, Thing[]>, assumed: Around['assumed']): Add {
  const seen = new Map<string, number>()
  return ({ name, at, raw: written, page }) => {
    const { prefix, noun } = NAMES[name]
    const raw = withoutMarks(written)
    const originalId = idOf(raw['bom-ref'])
    const marks = (name === 'assumptions' ? assumed.get(originalId ?? '') : undefined) ?? marksIn(written)
    const times = originalId === undefined ? 0 : (seen.get(originalId) ?? 0)
    if (originalId !== undefined) seen.set(originalId, times + 1)
    const own = originalId === undefined ? `#${at}` : times === 0 ? originalId : `${originalId} ${times + 1}`
    const given = building.ownId(prefix, name === 'pages' ? pageIn(raw) : marks.get('id'))
    const id = given ?? building.idFor(prefix, building.model, noun, own)
    // What an object of ours has no key for stands in its properties: nothing of it is lost, and nothing to be told.
    const place = { at, report: given === undefined && !marks.has(OWN) ? building.report : newReport() }
    const told = given === undefined ? {} : { marks }
    const thing: Thing = { id, originalId, raw, place, noun, key: 'bom-ref', ...told, ...(page === undefined ? {} : { page }) }
    lists[name].push(thing)
    if (times > 0) tellTwin(thing)
    return thing
  }
}

/** The diagram that a file of ours says the blueprint is. */
function pageIn({ visualizations }: Raw): string | undefined {
  const marks = listOf(visualizations).map(one => marksIn(recordOf(one) ?? {}))
  return marks.find(one => one.has('page'))?.get('id')
}

function tellNoObject({ report }: Building, at: string, noun: string): void {
  report.losses.push({ at, what: `One ${noun}`, why: 'It is no object: nothing can be read from it.' })
}

/** Only rows can be asked about, so a risk or blueprint of another's name is a loss of what points to it. */
function tellTwin({ id, originalId, place, noun }: Thing): void {
  const name = originalId?.slice(0, 80)
  if (noun === 'risk' || noun === 'blueprint' || noun === 'threat scenario')
    tally(place.report, place.at, {
      what: count => `Links to ${many(count, noun)}`,
      why: 'Another object has the same bom-ref; what names it was joined to the first.',
    })
  else
    place.report.problems.push({
      code: 'import.sameId',
      severity: 'warning',
      at: id,
      message: `Another object of the file is called "${name}" as well; what names it was joined to the first.`,
      cure: 'Check what is joined to both.',
    })
}

/** Data that flows name on the spot; flows that use one name, or one bom-ref, mean one kind of data. */
function addObjects(lists: Lists, add: Add): void {
  const known = new Set([...lists.sets, ...lists.dataAssets].map(({ raw }) => objectKey(raw)))
  const ids = new Set([...lists.sets, ...lists.dataAssets].map(({ id }) => id))
  for (const flow of lists.flows)
    for (const [i, value] of listOf(flow.raw.dataObjects).entries()) {
      const raw = recordOf(value)
      const key = raw && objectKey(raw)
      if (!raw || key === undefined || known.has(key) || ids.has(marksIn(raw).get('id') ?? '')) continue
      known.add(key)
      add({ name: 'objects', at: `${flow.place.at}/dataObjects/${i}`, raw, page: flow.page })
    }
}

/** By what a data object is known: its bom-ref, or its name. */
export function objectKey(raw: Raw): string | undefined {
  const name = lineOf(raw.name, 400)
  return idOf(raw['bom-ref']) ?? (name === undefined ? undefined : `name ${name}`)
}

type Adding = { readonly add: Add; readonly links: Links }

/** Components of the bill of materials are elements where the model speaks of them, and nothing here where it does not. */
function addComponents(lists: Lists, { add, links }: Adding): void {
  const names = [
    ...[...lists.threats, ...lists.scenarios].flatMap(({ raw }) => listOf(raw.affectedAssets)),
    ...lists.controls.flatMap(({ raw }) => listOf(raw.appliesTo)),
    ...lists.risks.flatMap(({ raw }) => listOf(raw.affects)),
    ...lists.flows.flatMap(({ raw }) => [raw.source, raw.destination]),
  ]
  for (const name of names) {
    const ref = links.ref(name)
    if (ref && COMPONENT.test(ref.at) && !links.item(name)) links.index([add({ name: 'components', ...ref })])
  }
}

const COMPONENT = /^\/(components|services|metadata\/component)(\/|$)/
