import type { Building } from '../reading/building.ts'
import { type Item, nameOf, originOf } from '../reading/items.ts'
import { defined, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'
import { TITLE } from './sections.ts'
import { CLASSES, meaningOf, NEED, SECRECY } from './words.ts'

const KEPT = ['usage', 'origin', 'owner', 'quantity', 'justification_cia_rating']

/** Data assets with their class and need for protection. */
export function addData(building: Building, lists: Lists): void {
  for (const item of lists.data) addDataAsset(building, item)
}

function addDataAsset(building: Building, item: Item): void {
  const { raw, id, place } = item
  const dataClass = meaningOf(CLASSES, raw.confidentiality)
  const keys = dataClass ? ['confidentiality'] : []
  const empty = Array.isArray(raw.tags) && raw.tags.length === 0 ? ['tags'] : []
  const { provenance, foreign } = originOf(building, item, {
    keys: [...keys, ...empty],
    texts: { description: 100_000 },
    name: TITLE,
  })
  building.data[id] = defined({
    id,
    name: nameOf(item, TITLE),
    class: dataClass,
    confidentiality: meaningOf(SECRECY, raw.confidentiality),
    integrity: meaningOf(NEED, raw.integrity),
    availability: meaningOf(NEED, raw.availability),
    description: textOf(raw.description),
    provenance,
    foreign,
  })
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} of ${many(count, 'data asset')}`, why })
  if (dataClass)
    tell(
      'Own meaning of the class',
      'The five words of the file became D0 to D4 in their order; D3 here means personal data and D4 secrets: look at each.',
    )
  else tell('Class', 'The file states no confidentiality of the format: choose a class.')
  if (raw.integrity !== undefined || raw.availability !== undefined)
    tell('Words for integrity and availability', 'Five words became low, medium and high: kept under foreign.')
  if (KEPT.some(key => raw[key] !== undefined && raw[key] !== null))
    tell('Other keys', `There is no field for ${KEPT.join(', ')}: kept under foreign.`)
}
