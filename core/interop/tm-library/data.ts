import type { DataClass, Ternary } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { byName, type Item, nameOf, originOf, tellMissing } from '../reading/items.ts'
import { defined, idOf, listOf, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'

/** Kinds of data whose class our definition of it names: credentials are D4, personal and customer data D3. */
const CLASS_OF: Readonly<Record<string, DataClass>> = { cred: 'D4', pii: 'D3', phi: 'D3', pci: 'D3' }
const PERSONAL: ReadonlySet<unknown> = new Set(['pii', 'phi'])

/** Data sets become data; where they are placed, stores hold them, encrypted or not. */
export function addDataSets(building: Building, lists: Lists): void {
  const stores = byName(lists.stores)
  const holds = new Map<string, Holding>(lists.stores.map(({ id }) => [id, { data: {}, encrypted: [] }]))
  const sets = lists.sets.map(set => ({ set, placed: placementsOf(set, stores) }))
  for (const { set, placed } of sets)
    for (const { store, encrypted } of placed.found) {
      const held = holds.get(store.id)
      if (held) held.data[set.id] = true
      held?.encrypted.push(encrypted)
    }
  for (const store of lists.stores) fillStore(building, store, holds.get(store.id))
  for (const { set, placed } of sets) {
    const isSaid = placed.found.every(({ store }) => answerOf(holds.get(store.id)?.encrypted ?? []) !== undefined)
    addDataSet(building, set, placed.isWhole && isSaid)
  }
}

/** The data in a store, and for each of it whether it is encrypted there. */
type Holding = { readonly data: Record<string, true>; readonly encrypted: unknown[] }

/** What kind of data it is says more than a class, so the kinds are kept in any case. */
function addDataSet(building: Building, set: Item, isPlaced: boolean): void {
  const kinds = listOf(set.raw.data_sensitivity)
  const dataClass = classOf(kinds)
  const keys = isPlaced ? ['placements'] : []
  const { provenance, foreign } = originOf(building, set, { keys, texts: { description: 100_000 }, name: 'title' })
  if (dataClass === undefined) tellClass(set)
  for (const key of ['access_control_methods', 'record_count']) if (set.raw[key] !== undefined) tellKept(set, key)
  building.data[set.id] = defined({
    id: set.id,
    name: nameOf(set, 'title'),
    class: dataClass,
    personal: kinds.some(kind => PERSONAL.has(kind)) ? ('yes' as const) : undefined,
    description: textOf(set.raw.description),
    provenance,
    foreign,
  })
}

/** The highest class that some kind states; kinds that state none leave it open. */
function classOf(kinds: readonly unknown[]): DataClass | undefined {
  const classes = kinds.flatMap(kind => (typeof kind === 'string' && Object.hasOwn(CLASS_OF, kind) ? (CLASS_OF[kind] ?? []) : []))
  return classes.sort().at(-1)
}

type Placed = { readonly found: readonly { readonly store: Item; readonly encrypted: unknown }[]; readonly isWhole: boolean }

function placementsOf(set: Item, stores: ReadonlyMap<string, Item>): Placed {
  const placements = listOf(set.raw.placements)
  const found = placements.flatMap((value, i) => {
    const placement = recordOf(value)
    const name = idOf(placement?.data_store)
    const store = name === undefined ? undefined : stores.get(name)
    if (store) return [{ store, encrypted: placement?.encrypted }]
    tellMissing(set, `placements/${i}`, name)
    return []
  })
  const isPlain = placements.every(value => Object.keys(recordOf(value) ?? { unread: 1 }).every(key => PLACEMENT.has(key)))
  return { found, isWhole: Array.isArray(set.raw.placements) && found.length === placements.length && isPlain }
}

const PLACEMENT: ReadonlySet<string> = new Set(['data_store', 'encrypted'])

/** A store encrypts at rest when all that lies in it is encrypted there, and does not when none of it is. */
function answerOf(encrypted: readonly unknown[]): Ternary | undefined {
  if (encrypted.length === 0) return undefined
  if (encrypted.every(one => one === true)) return 'yes'
  return encrypted.every(one => one === false) ? 'no' : undefined
}

function fillStore(building: Building, store: Item, held: Holding | undefined): void {
  const row = building.elements[store.id]
  if (!row || !held || held.encrypted.length === 0) return
  const answer = answerOf(held.encrypted)
  building.elements[store.id] = { ...row, ...(answer ? { attributes: { encryptsAtRest: answer } } : {}), data: held.data }
  if (!answer && held.encrypted.some(one => one !== undefined))
    tally(store.place.report, store.place.at, {
      what: count => `Encryption at rest of ${many(count, 'data store')}`,
      why: 'The file says it of some of the data there, or differently: it is unknown here; kept under foreign of the data.',
    })
}

function tellClass({ place, raw }: Item): void {
  tally(place.report, place.at, {
    what: count => `Class of ${many(count, 'data set')}`,
    why:
      listOf(raw.data_sensitivity).length > 0
        ? 'What kind of data it is does not say how bad a leak would be: kept under foreign; choose a class.'
        : 'The file names no kind of data: choose a class.',
  })
}

function tellKept({ place }: Item, key: string): void {
  tally(place.report, place.at, {
    what: count => `${key} of ${many(count, 'data set')}`,
    why: 'It has no field of its own; kept under foreign.',
  })
}
