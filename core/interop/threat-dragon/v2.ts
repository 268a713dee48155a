import type { DrawnEnd, DrawnKind, DrawnShape, DrawnThing } from '../reading/drawing.ts'
import { foreignOf, type Place } from '../reading/foreign.ts'
import { defined, idOf, listOf, numberOf, pointOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { factsOf } from './facts.ts'
import { oursIn } from './ours.ts'
import { threatsOf } from './threats.ts'

const KIND_OF_SHAPE: Readonly<Record<string, DrawnKind>> = {
  actor: 'externalEntity',
  process: 'process',
  store: 'dataStore',
  flow: 'flow',
  'trust-boundary-box': 'box',
  'trust-boundary-curve': 'line',
  'td-text-block': 'other',
}

/** The types of both versions; `tm.Boundary` is a line in both. */
export const KIND_OF_TYPE: Readonly<Record<string, DrawnKind>> = {
  'tm.Actor': 'externalEntity',
  'tm.Process': 'process',
  'tm.Store': 'dataStore',
  'tm.Flow': 'flow',
  'tm.BoundaryBox': 'box',
  'tm.Boundary': 'line',
  'tm.Text': 'other',
}

/** How a thing is drawn, beyond position, size and bends; Threat Dragon makes all of it anew. */
export const DECORATION: ReadonlySet<string> = new Set([
  ...['angle', 'attrs', 'connector', 'labels', 'markup', 'ports', 'router', 'smooth', 'tools', 'visible', 'z', 'zIndex'],
])

const CELL: ReadonlySet<string> = new Set([
  ...DECORATION,
  ...['id', 'shape', 'data', 'position', 'size', 'width', 'height', 'source', 'target', 'vertices', 'threats'],
])

/** A cell of `diagrams[].cells[]`, as AntV X6 draws it: properties under `data`, ends as `{cell}` or `{x, y}`. */
export function thingOfV2(cell: Raw, place: Place): DrawnThing {
  const data = recordOf(cell.data) ?? {}
  const kind = kindOf(cell, data)
  const { facts, foreign } = factsOf(kind, data, place)
  const { id: ownId, inside } = oursIn(data)
  const own = foreignOf(cell, CELL, place)
  return {
    place: place.at,
    kind,
    originalId: idOf(cell.id),
    ownId,
    inside,
    name: nameOf(cell, data),
    facts,
    shape: shapeOf(cell, 'cell'),
    threats: [
      ...threatsOf(listOf(data.threats), { ...place, at: `${place.at}/data/threats` }),
      ...threatsOf(listOf(cell.threats), { ...place, at: `${place.at}/threats` }),
    ],
    foreign: own ? { ...foreign, cell: own } : foreign,
  }
}

/** By shape; Threat Dragon itself wrote "broundary" for a while, and other programs leave the shape out. */
function kindOf(cell: Raw, data: Raw): DrawnKind {
  const shape = (textOf(cell.shape) ?? '').replace('broundary', 'boundary')
  const type = textOf(data.type) ?? ''
  if (Object.hasOwn(KIND_OF_SHAPE, shape)) return KIND_OF_SHAPE[shape] ?? 'other'
  return Object.hasOwn(KIND_OF_TYPE, type) ? (KIND_OF_TYPE[type] ?? 'other') : 'other'
}

/** Some cells have their name only where it is drawn. */
function nameOf(cell: Raw, data: Raw): string | undefined {
  const attrs = recordOf(cell.attrs)
  const label = listOf(cell.labels)[0]
  const labelled = recordOf(recordOf(label)?.attrs)
  const drawn = [attrs?.label, attrs?.text, labelled?.labelText, labelled?.label, labelled?.text].map(at => recordOf(at)?.text)
  return [data.name, ...drawn, label].map(value => textOf(value)).find(name => name !== undefined)
}

/** Position, size, ends and bends; `key` is how the version names the thing an end is on. */
export function shapeOf(cell: Raw, key: 'cell' | 'id'): DrawnShape {
  const width = numberOf(recordOf(cell.size)?.width)
  const height = numberOf(recordOf(cell.size)?.height)
  const vertices = listOf(cell.vertices).flatMap(vertex => pointOf(vertex) ?? [])
  return defined({
    position: pointOf(cell.position),
    size: width !== undefined && height !== undefined && width > 0 && height > 0 ? { width, height } : undefined,
    source: endOf(cell.source, key),
    target: endOf(cell.target, key),
    vertices: vertices.length > 0 ? vertices.slice(0, 1000) : undefined,
  })
}

function endOf(value: unknown, key: string): DrawnEnd | undefined {
  const end = recordOf(value)
  return end && defined({ on: idOf(end[key]), at: pointOf(end) })
}
