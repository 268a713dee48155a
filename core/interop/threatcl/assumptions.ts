import type { Building } from '../reading/building.ts'
import { defined, lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { type Block, blocksOf, keptOf, type Model } from './items.ts'
import { LABEL, partsIn } from './parts.ts'

/** What a model leaves out and whom it depends on is taken as true: exclusions and third parties become assumptions. */
export function addAssumptions(building: Building, { part, name, path }: Model): void {
  for (const [type, noun] of KINDS) {
    const as = { path: `${path}/${type}`, origin: name, prefix: 'A', noun }
    for (const block of blocksOf(building, partsIn(part.parts, type), as)) addAssumption(building, block)
  }
}

const KINDS = [
  ['exclusion', 'exclusion'],
  ['third_party_dependency', 'third-party dependency'],
] as const

const WHY: Readonly<Record<string, string>> = {
  exclusion:
    'What is left out of the model is taken as true: it came in as an assumption. Where it is an element, call that out of scope.',
  third_party_dependency:
    'That somebody else does their part is taken as true: it came in as an assumption. What kind of dependency it is is kept under foreign.',
}

/** A dependency is called by its name; what its failure would do is what breaks. */
function addAssumption(building: Building, block: Block): void {
  const { raw, id, place, noun, part } = block
  const description = textOf(raw.description)
  const said = [lineOf(raw[LABEL], 400), lineOf(description, 4000)].filter(one => one !== undefined)
  const statement = lineOf(said.join(': '), 4000)
  const consequence = lineOf(raw.uptime_notes, 4000)
  const keys = consequence !== undefined && consequence === raw.uptime_notes ? ['uptime_notes'] : []
  const { provenance, foreign } = keptOf(building, block, { keys, texts: { description: 100_000 } })
  const why = WHY[part.type] ?? ''
  tally(place.report, place.at, { what: count => `Kind of ${many(count, noun)}`, why })
  if (statement === undefined)
    tally(place.report, place.at, { what: count => `Description of ${many(count, noun)}`, why: 'The file gives none as text.' })
  building.assumptions[id] = defined({
    id,
    statement: statement ?? `Unnamed ${noun}`,
    consequence,
    description: statement?.endsWith(description ?? '') ? undefined : description,
    provenance,
    foreign,
  })
}
