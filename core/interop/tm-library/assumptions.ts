import type { Building } from '../reading/building.ts'
import { type Item, originOf } from '../reading/items.ts'
import { defined, lineOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'

/** Whether the file itself takes an assumption back; then nobody assumes it, and the design only keeps the words. */
export function isRejected({ validity }: Raw): boolean {
  return validity === 'rejected'
}

/** Assumptions as the file states them. */
export function addAssumptions(building: Building, lists: Lists): void {
  for (const item of lists.assumptions) {
    tellAssumption(item)
    if (!isRejected(item.raw)) addAssumption(building, item)
  }
}

function addAssumption(building: Building, item: Item): void {
  const { raw, id } = item
  const statement = lineOf(raw.description, 4000)
  const keys = [
    ...(statement === raw.description ? ['description'] : []),
    ...(raw.validity === 'unconfirmed' ? ['validity'] : []),
  ]
  const { provenance, foreign } = originOf(building, item, { keys, texts: {} })
  const description = textOf(raw.description)
  building.assumptions[id] = defined({
    id,
    statement: statement ?? 'Unnamed assumption',
    description: description === statement ? undefined : description,
    provenance,
    foreign,
  })
}

function tellAssumption({ raw, place }: Item): void {
  if (isRejected(raw))
    place.report.losses.push({
      at: place.at,
      what: `Assumption "${lineOf(raw.description, 80) ?? ''}"`,
      why: 'The file calls it rejected, so it is not assumed here; kept under foreign of the design.',
    })
  else if (raw.validity !== undefined && raw.validity !== 'unconfirmed')
    tally(place.report, place.at, {
      what: count => `Validity "${lineOf(raw.validity, 80) ?? ''}" of ${many(count, 'assumption')}`,
      why: 'An assumption here is what nobody has shown: kept under foreign.',
    })
  if (raw.topics !== undefined)
    tally(place.report, place.at, { what: count => `topics of ${many(count, 'assumption')}`, why: 'Kept under foreign.' })
}
