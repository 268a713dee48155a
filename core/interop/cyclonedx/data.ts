import type { DataAsset, DataClass, Ternary } from '../../model/types.ts'
import { nameOf, originOf } from '../reading/items.ts'
import { defined, listOf, numberOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { MODEL } from './draft.ts'
import { type Links, linksFrom, linkTo } from './links.ts'
import type { Thing } from './lists.ts'
import { wordOf } from './party.ts'
import type { Model } from './read.ts'

/** Classes of the format that ours name in the same word; what is "classified" a law decides. */
const CLASS_OF: Readonly<Record<string, DataClass>> = { public: 'D0', internal: 'D1', confidential: 'D2', restricted: 'D3' }

const STORED = `${MODEL}storedBy`

/** Data sets, data assets and data that flows name become data; where they are placed, elements hold them. */
export function addData(model: Model): void {
  const { lists, links } = model
  const things = [...lists.sets, ...lists.dataAssets, ...lists.objects]
  const holdings: Holdings = new Map()
  const placed = new Map(things.map(thing => [thing.id, placementsOf(thing, links)]))
  for (const [data, { found }] of placed) for (const { store, encrypted } of found) hold(holdings, store, { data, encrypted })
  for (const store of lists.stores)
    for (const data of linksFrom(links, store, { key: 'dataSets', kinds: ['D'] }).ids)
      if (!holdings.get(store.id)?.data[data]) hold(holdings, store.id, { data, encrypted: undefined })
  for (const item of [...lists.stores, ...lists.assets, ...lists.actors, ...lists.components]) fillElement(model, item, holdings)
  for (const thing of things) addDatum(model, thing, keysPlaced(placed.get(thing.id), holdings))
}

/** The data an element holds, and for each of it whether it is encrypted there. */
type Holding = { readonly data: Record<string, true>; readonly encrypted: unknown[] }
type Holdings = Map<string, Holding>

function hold(holdings: Holdings, id: string, { data, encrypted }: { data: string; encrypted: unknown }): void {
  const held = holdings.get(id) ?? { data: {}, encrypted: [] }
  held.data[data] = true
  held.encrypted.push(encrypted)
  holdings.set(id, held)
}

type Placed = {
  /** Ids of elements, and whether the data is encrypted there. */
  readonly found: readonly { readonly store: string; readonly encrypted: unknown }[]
  /** The keys of which nothing but the placement is said. */
  readonly whole: readonly string[]
}

function placementsOf(thing: Thing, links: Links): Placed {
  const placements = listOf(thing.raw.placements)
  const found = placements.flatMap((value, i) => {
    const placement = recordOf(value) ?? {}
    const at = { ...thing.place, at: `${thing.place.at}/placements/${i}` }
    const store = linkTo(links, { ...thing, raw: placement, place: at }, { key: 'dataStore', kinds: ['E'] })
    return store ? [{ store: store.id, encrypted: placement.encrypted }] : []
  })
  const isPlain = placements.every(value => Object.keys(recordOf(value) ?? { unread: 1 }).every(key => PLACEMENT.has(key)))
  const list = typeof thing.raw[STORED] === 'string' ? [thing.raw[STORED]] : thing.raw[STORED]
  const stored = linksFrom(links, thing, { key: STORED, kinds: ['E'], list })
  const drafted = stored.ids.map(store => ({ store, encrypted: undefined }))
  return {
    found: [...found, ...drafted],
    whole: [
      ...(isPlain && Array.isArray(thing.raw.placements) && found.length === placements.length ? ['placements'] : []),
      ...(stored.isWhole ? [STORED] : []),
    ],
  }
}

const PLACEMENT: ReadonlySet<string> = new Set(['dataStore', 'encrypted'])

/** Placements are said in full when the elements say of all their data alike whether it is encrypted. */
function keysPlaced(placed: Placed | undefined, holdings: Holdings): readonly string[] {
  const isSaid = placed?.found.every(({ store, encrypted }) => {
    return encrypted === undefined || answerOf(holdings.get(store)?.encrypted ?? []) !== undefined
  })
  return (placed?.whole ?? []).filter(key => key !== 'placements' || isSaid)
}

/** An element encrypts at rest when all that lies in it is encrypted there, and does not when none of it is. */
function answerOf(encrypted: readonly unknown[]): Ternary | undefined {
  if (encrypted.length === 0) return undefined
  if (encrypted.every(one => one === true)) return 'yes'
  return encrypted.every(one => one === false) ? 'no' : undefined
}

function fillElement({ building, links }: Model, item: Thing, holdings: Holdings): void {
  const row = building.elements[item.id]
  const held = holdings.get(item.id)
  if (!row || !held) return
  const answer = answerOf(held.encrypted)
  const { foreign, ...rest } = row
  const { dataSets, ...others } = foreign ?? {}
  const isWhole = Array.isArray(dataSets) && dataSets.every(name => held.data[links.item(name)?.id ?? ''])
  const left = isWhole ? others : (foreign ?? {})
  building.elements[item.id] = {
    ...rest,
    data: held.data,
    ...(answer ? { attributes: { encryptsAtRest: answer } } : {}),
    ...(Object.keys(left).length > 0 ? { foreign: left } : {}),
  }
  if (!answer && held.encrypted.some(one => one !== undefined))
    tally(item.place.report, item.place.at, {
      what: count => `Encryption at rest of ${many(count, item.noun)}`,
      why: 'The file says it of some of the data there, or differently: it is unknown here; kept under foreign of the data.',
    })
}

/** What governs the data says more than a class, so it is kept in any case. */
function addDatum({ building, links }: Model, thing: Thing, keys: readonly string[]): void {
  const { raw, id, place, noun } = thing
  const dataClass = classOf(raw, links)
  const used = noun === 'data asset' ? [...keys, 'type'] : keys
  const { provenance, foreign } = originOf(building, thing, { keys: used, texts: { description: 100_000 }, name: 'name' })
  if (dataClass === undefined)
    tally(place.report, place.at, {
      what: count => `Class of ${many(count, noun)}`,
      why: 'The file states none of public, internal, confidential and restricted: choose a class.',
    })
  const details = Object.keys(foreign ?? {})
  if (details.length > 0)
    tally(place.report, place.at, {
      what: count => `Details of ${many(count, noun)}`,
      why: 'What governs data, how much of it there is and who owns it have no field of their own; kept under foreign.',
    })
  building.data[id] = defined({
    id,
    name: nameOf(thing, 'name'),
    class: dataClass,
    confidentiality: levelOf(raw[`${MODEL}risk:confidentiality`]),
    integrity: levelOf(raw[`${MODEL}risk:integrity`]),
    availability: levelOf(raw[`${MODEL}risk:availability`]),
    description: textOf(raw.description),
    provenance,
    foreign,
  })
}

/** The highest class that the data or a profile of it states. */
function classOf(raw: Raw, links: Links): DataClass | undefined {
  const profiles = [...listOf(raw.dataProfiles), raw.profile].map(one =>
    typeof one === 'string' ? links.ref(one)?.raw : recordOf(one),
  )
  const stated = [recordOf(raw.classification)?.classification, ...profiles.map(profile => profile?.classification)]
  const classes = stated.map(wordOf).flatMap(word => (word && Object.hasOwn(CLASS_OF, word) ? (CLASS_OF[word] ?? []) : []))
  return classes.sort().at(-1)
}

/** Drafts state harm in per cent: low up to a third, medium up to two, as in an Open Threat Model. */
function levelOf(value: unknown): DataAsset['integrity'] {
  const harm = numberOf(value)
  if (harm === undefined || harm < 0 || harm > 100) return undefined
  return harm * 3 <= 100 ? 'low' : harm * 3 <= 200 ? 'medium' : 'high'
}
