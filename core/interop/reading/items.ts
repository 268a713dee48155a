import { many, tally } from '../report.ts'
import { type Building, provenanceFor } from './building.ts'
import { type Foreign, foreignOf, type Place } from './foreign.ts'
import { fitting, idOf, lineOf, type Raw, recordOf } from './json-fields.ts'

/** One object of a list that a file keeps by name, with the id its row gets. */
export type Item = {
  readonly id: string
  readonly originalId: string | undefined
  readonly raw: Raw
  readonly place: Place
  /** What it is, in our words: "data flow". */
  readonly noun: string
  /** Under which key it names itself. */
  readonly key: string
}

/** A list of a file: where it stands, what its objects are, and under which key they name themselves. */
export type ListOf = {
  readonly list: unknown
  readonly at: string
  readonly prefix: string
  readonly noun: string
  readonly key: string
  /** Where a file of ours keeps the id that a row of ours had. */
  readonly own?: (raw: Raw) => unknown
}

/** The objects of a list; what is no object is a loss. Of two with one name the first is meant by whoever uses it. */
export function itemsOf(building: Building, { list, at, prefix, noun, key, own }: ListOf): readonly Item[] {
  const seen = new Map<string, number>()
  return (Array.isArray(list) ? list : []).flatMap((value, i): Item[] => {
    const place = { at: `${at}/${i}`, report: building.report }
    const raw = recordOf(value)
    if (!raw) {
      place.report.losses.push({ at: place.at, what: `One ${noun}`, why: 'It is no object: nothing can be read from it.' })
      return []
    }
    const originalId = idOf(raw[key])
    const times = originalId === undefined ? 0 : (seen.get(originalId) ?? 0)
    if (originalId !== undefined) seen.set(originalId, times + 1)
    const called = originalId === undefined ? `#${i}` : times === 0 ? originalId : `${originalId} ${times + 1}`
    const id = building.ownId(prefix, own?.(raw)) ?? building.idFor(prefix, building.model, at, called)
    if (times > 0) tellTwin(building, id, originalId)
    return [{ id, originalId, raw, place, noun, key }]
  })
}

function tellTwin({ report }: Building, id: string, originalId: string | undefined): void {
  report.problems.push({
    code: 'import.sameId',
    severity: 'warning',
    at: id,
    message: `Another object of its list is called "${originalId?.slice(0, 80)}" as well; what names it was joined to the first.`,
    cure: 'Check what is joined to both.',
  })
}

/** Items by the name the file gives them. */
export function byName(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.toReversed().flatMap(item => (item.originalId === undefined ? [] : [[item.originalId, item]])))
}

/** The text of a key as a name of one line; what does not fit stays under foreign. */
export function nameOf({ raw, place, noun }: Item, key: string): string {
  const name = lineOf(raw[key], 400)
  if (name !== undefined) return name
  tally(place.report, place.at, {
    what: count => `Name of ${many(count, noun)}`,
    why: `The file gives none; called "Unnamed ${noun}".`,
  })
  return `Unnamed ${noun}`
}

/** How messages call an item. */
export function calledItem({ raw, noun }: Item, key: string): string {
  const name = lineOf(raw[key], 80)
  const word = noun.charAt(0).toUpperCase() + noun.slice(1)
  return name === undefined ? `${word} without a name` : `${word} "${name}"`
}

/** Keys a reader has used up, those whose text it has if it fits, and the one that became the name. */
export type Used = { readonly keys?: readonly string[]; readonly texts: Readonly<Record<string, number>>; readonly name?: string }

/** Provenance of an item's row, and all of it that no field holds: a null says nothing; a name over several lines is kept as it was. */
export function originOf(building: Building, { raw, place, originalId, key }: Item, { keys = [], texts, name }: Used) {
  const empty = Object.keys(raw).filter(one => raw[one] === null)
  const used = new Set([...keys, ...empty, ...fitting(raw, texts)])
  if (originalId !== undefined) used.add(key)
  if (name !== undefined && lineOf(raw[name], 400) === raw[name]) used.add(name)
  const foreign: Foreign | undefined = foreignOf(raw, used, place)
  return { provenance: provenanceFor(building, originalId), foreign }
}

/** Links of an item; whole when each name of the list was found. */
export type Links = { readonly links: { readonly [id: string]: true }; readonly isWhole: boolean }

/** A list of references as a map of ids. What names nothing is a loss, and the list is then to be kept as it was. */
export function linksTo(item: Item, key: string, find: (name: string) => Item | undefined): Links {
  const values = Array.isArray(item.raw[key]) ? (item.raw[key] as readonly unknown[]) : []
  const links: Record<string, true> = {}
  let missing = (item.raw[key] ?? values) === values ? 0 : 1
  for (const [i, value] of values.entries()) {
    const name = idOf(value)
    const found = name === undefined ? undefined : find(name)
    if (found) links[found.id] = true
    else {
      missing++
      tellMissing(item, `${key}/${i}`, name)
    }
  }
  return { links, isWhole: missing === 0 }
}

/** A reference that leads nowhere. */
export function tellMissing(item: Item, at: string, name: string | undefined): void {
  item.place.report.losses.push({
    at: `${item.place.at}/${at}`,
    what: `A link of ${calledItem(item, 'title')}`,
    why: `It names ${name === undefined ? 'nothing' : `"${name.slice(0, 80)}"`}, which the file does not hold; kept under foreign.`,
  })
}
