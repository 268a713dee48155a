import { nameOf, originOf } from '../reading/items.ts'
import { defined, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { INSIDE, partOf, type Shapes } from './elements.ts'
import { type Entry, partsOf, type Reading, tellMissing } from './entries.ts'
import type { Lists } from './read.ts'

/** Boundaries around the elements they name. In which environment is kept beside them. */
export function addBoundaries(reading: Reading, lists: Lists, shapes: Shapes): void {
  for (const boundary of lists.boundaries) {
    const { building } = reading
    const { provenance, foreign } = originOf(building, boundary, { texts: { description: 100_000 }, name: 'name' })
    building.boundaries[boundary.id] = defined({
      id: boundary.id,
      name: nameOf(boundary, 'name'),
      kind: 'unknown' as const,
      membership: 'stated' as const,
      description: textOf(boundary.raw.description),
      provenance,
      foreign,
    })
    fill(reading, boundary, shapes)
  }
}

function fill({ building, places }: Reading, boundary: Entry, { shapeOf }: Shapes): void {
  for (const node of partsOf(boundary.node, ...INSIDE)) {
    const mention = partOf(node)
    const shape = shapeOf(mention)
    const row = shape && building.elements[shape.id]
    const at = places.at(node.at)
    if (!row) tellMissing({ at, from: boundary, name: mention.name })
    else if (row.boundary === undefined) building.elements[row.id] = { ...row, boundary: boundary.id }
    else if (row.boundary !== boundary.id)
      tally(building.report, at, {
        what: count => `Another trust boundary around ${many(count, 'element')}`,
        why: 'An element lies in one innermost boundary, and the file does not say which that is: the first was taken; all are kept under foreign of the boundaries.',
      })
  }
}
