import { originOf } from '../reading/items.ts'
import { defined, lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Reading } from './entries.ts'
import type { Lists } from './read.ts'

/** Domain properties are what the file takes as true of the world around the system. */
export function addAssumptions({ building }: Reading, lists: Lists): void {
  for (const entry of lists.properties) {
    const { id, raw, place } = entry
    const statement = lineOf(raw.definition, 4000) ?? entry.originalId
    const keys = statement === raw.definition ? ['definition'] : []
    const { provenance, foreign } = originOf(building, entry, { keys, texts: {} })
    tally(place.report, place.at, {
      what: count => `Type and originator of ${many(count, 'domain property')}`,
      why: 'It became an assumption, which has neither: kept under foreign.',
    })
    const description = textOf(raw.definition)
    building.assumptions[id] = defined({
      id,
      statement: statement ?? 'Unnamed assumption',
      description: description === statement ? undefined : description,
      provenance,
      foreign,
    })
  }
}
