import type { DrawnThing } from '../reading/drawing.ts'
import type { Place } from '../reading/foreign.ts'
import { idOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { factsOf } from './facts.ts'
import { threatsOf } from './threats.ts'
import { DECORATION, KIND_OF_TYPE, shapeOf } from './v2.ts'

const CELL: ReadonlySet<string> = new Set([
  ...DECORATION,
  ...['id', '$$hashKey', 'position', 'size', 'source', 'target', 'vertices'],
])

/** A cell of `diagrams[].diagramJson.cells[]`, as JointJS draws it: properties on the cell, ends as `{id}` or `{x, y}`. */
export function thingOfV1(cell: Raw, place: Place): DrawnThing {
  const type = textOf(cell.type) ?? ''
  const kind = Object.hasOwn(KIND_OF_TYPE, type) ? (KIND_OF_TYPE[type] ?? 'other') : 'other'
  const { facts, foreign } = factsOf(kind, cell, place, CELL)
  return {
    place: place.at,
    kind,
    originalId: idOf(cell.id),
    name: nameOf(cell),
    facts,
    shape: shapeOf(cell, 'id'),
    threats: threatsOf(listOf(cell.threats), { ...place, at: `${place.at}/threats` }),
    foreign,
  }
}

/** The name is where it is drawn: on the thing, or on the first label of a line. */
function nameOf(cell: Raw): string | undefined {
  const onThing = recordOf(recordOf(cell.attrs)?.text)?.text
  const onLine = recordOf(recordOf(recordOf(listOf(cell.labels)[0])?.attrs)?.text)?.text
  return [cell.name, onThing, onLine].map(value => textOf(value)).find(name => name !== undefined)
}
