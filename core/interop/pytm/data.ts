import type { DataClass } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { type Item, nameOf, originOf, tellMissing } from '../reading/items.ts'
import { defined, listOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Model } from './read.ts'
import { answerTo, type Find, memberOf, nameIn, titled, toldOf } from './values.ts'

/** Never lower than the word sounds: what pytm calls secret is secret here. */
const CLASSES: Readonly<Record<string, DataClass>> = {
  PUBLIC: 'D0',
  RESTRICTED: 'D2',
  SENSITIVE: 'D3',
  SECRET: 'D4',
  TOP_SECRET: 'D4',
}

/** Data with its class: credentials are D4, and personal data at least D3, by our definition of them. */
export function addData(building: Building, model: Model): void {
  for (const data of model.data) {
    const { item, facts } = toldOf(data, model.isDump)
    const { raw, id, place } = item
    const word = memberOf(raw.classification)
    const stated = word !== undefined && Object.hasOwn(CLASSES, word) ? CLASSES[word] : undefined
    const personal = answerTo(facts, ['isPII'])
    const least = facts.isCredentials === true ? 'D4' : personal === 'yes' ? 'D3' : undefined
    const { provenance, foreign } = originOf(building, item, {
      keys: [...(personal ? ['isPII'] : []), 'carriedBy'],
      texts: { description: 100_000 },
      name: 'name',
    })
    building.data[id] = defined({
      id,
      name: nameOf(item, 'name'),
      class: highest(stated, least),
      personal,
      description: textOf(raw.description),
      provenance,
      foreign,
    })
    const tell = (what: string, why: string) =>
      tally(place.report, place.at, { what: count => `${what} of ${many(count, 'data asset')}`, why })
    if (stated) tell('Classification', 'Its words are not those of the classes here: kept under foreign; look at each class.')
    else if (!least) tell('Class', 'The file states none: choose a class.')
    if (listOf(raw.processedBy).length > 0)
      tell('What would process', 'Data is linked to the flows that carry it and the stores that hold it: kept under foreign.')
  }
}

function highest(a: DataClass | undefined, b: DataClass | undefined): DataClass | undefined {
  return a !== undefined && b !== undefined ? (a > b ? a : b) : (a ?? b)
}

/** The data that a flow or store names, by name or uuid; one may stand there without a list around it. */
export function dataIn(item: Item, find: Find): { readonly links: { readonly [id: string]: true }; readonly isWhole: boolean } {
  const value = item.raw.data
  const names = Array.isArray(value) ? value : value === undefined || value === null || value === '' ? [] : [value]
  const links: Record<string, true> = {}
  let missing = 0
  for (const [i, name] of names.entries()) {
    const found = find(name)
    if (found) links[found.id] = true
    else {
      missing++
      tellMissing(titled(item), Array.isArray(value) ? `data/${i}` : 'data', nameIn(name))
    }
  }
  return { links, isWhole: missing === 0 && names.every(name => typeof name === 'string') }
}
