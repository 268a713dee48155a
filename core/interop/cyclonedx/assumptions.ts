import { originOf } from '../reading/items.ts'
import { defined, lineOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Thing } from './lists.ts'
import { partyName } from './party.ts'
import type { Model } from './read.ts'

/** Whether the file itself takes an assumption back; then nobody assumes it, and the design only keeps the words. */
export function isInvalid({ validity }: Raw): boolean {
  return validity === 'invalid'
}

/** Assumptions with what breaks if they are false. */
export function addAssumptions(model: Model): void {
  for (const item of model.lists.assumptions) {
    tellAssumption(item)
    if (!isInvalid(item.raw)) addAssumption(model, item)
  }
}

function addAssumption({ building, links }: Model, item: Thing): void {
  const { raw, id } = item
  const statement = lineOf(raw.description, 4000)
  const keys = [
    ...(statement === raw.description ? ['description'] : []),
    ...(raw.validity === 'unverified' ? ['validity'] : []),
    ...(lineOf(raw.impact, 4000) === raw.impact ? ['impact'] : []),
  ]
  const { provenance, foreign } = originOf(building, item, { keys, texts: {} })
  const description = textOf(raw.description)
  building.assumptions[id] = defined({
    id,
    statement: statement ?? 'Unnamed assumption',
    consequence: lineOf(raw.impact, 4000),
    owner: partyName(raw.owner, links),
    description: description === statement ? undefined : description,
    provenance,
    foreign,
  })
}

function tellAssumption({ raw, place }: Thing): void {
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} of ${many(count, 'assumption')}`, why })
  if (isInvalid(raw))
    place.report.losses.push({
      at: place.at,
      what: `Assumption "${lineOf(raw.description, 80) ?? ''}"`,
      why: 'The file calls it invalid, so it is not assumed here; kept under foreign of the design.',
    })
  else if (raw.validity !== undefined && raw.validity !== 'unverified')
    tell(`Validity "${lineOf(raw.validity, 80) ?? ''}"`, 'An assumption here is what nobody has shown: kept under foreign.')
  for (const key of ['topic', 'relatedAssets', 'validationMethod', 'validationDate'])
    if (raw[key] !== undefined) tell(key, 'Kept under foreign.')
}
