import { rowAt, rowsOf, sizeOf } from '../../model/table.ts'
import type { Design, Diagram, Layout } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import { defined, listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { foreignFrom } from '../writing/foreign.ts'
import { isOtm, type Names, TOOL } from './names.ts'
import { attributesWith, ourAttribute } from './ours.ts'

/** Pages of the file, and where each thing is drawn on them. */
export type WrittenPages = {
  readonly pages: readonly Raw[]
  readonly drawn: (id: string) => readonly Raw[]
  /** Every page that the file had or gets: what was kept of drawings on them is not needed any more. */
  readonly isPage: (name: unknown) => boolean
}

/** Positions count from the corner of whatever lies around a thing and is drawn on the same page. */
export function pagesOf(design: Design, around: (id: string) => string | undefined, nameOf: Names): WrittenPages {
  const kept = listOf(design.settings.design?.foreign?.representations).flatMap((value): readonly Raw[] =>
    recordOf(value) === undefined ? [] : [value as Raw],
  )
  const drawn = new Map<string, Raw[]>()
  const shown = rowsOf(design.diagrams).filter(row => thingsOn(design, row).length > 0 && !isOverview(design, row))
  for (const diagram of shown)
    for (const id of thingsOn(design, diagram)) {
      const list = drawn.get(id) ?? []
      drawn.set(id, list)
      list.push(drawingOf(design, { id, diagram, around, page: nameOf(diagram.id) }))
    }
  const ours = shown.map(row => pageOf(row, nameOf(row.id), kept))
  const named = new Set(ours.map(page => page.id))
  const before = keptDrawings(design)
  const others = kept.filter(page => !named.has(page.id) && !before.has(page.id) && isWhole(page))
  const all = new Set([...named, ...kept.map(page => page.id)])
  return { pages: [...others, ...ours], drawn: id => drawn.get(id) ?? [], isPage: name => all.has(name) }
}

/** The view of everything that reading a file without drawings makes; the next reader makes it again. */
function isOverview(design: Design, row: Diagram): boolean {
  const { name } = design.settings.design ?? {}
  if (!isOtm(row) || row.provenance.originalId !== undefined || row.name !== name || sizeOf(design.diagrams) > 1) return false
  const all = sizeOf(design.elements) + sizeOf(design.boundaries)
  const flows = rowsOf(design.flows).every(({ id }) => Object.hasOwn(row.flows ?? {}, id))
  return sizeOf(design.layout) === 0 && flows && thingsOn(design, row).length === all && row.description === undefined
}

/** Pages that something was drawn on became diagrams; a diagram that was deleted since must not come back by them. */
function keptDrawings(design: Design): ReadonlySet<unknown> {
  const rows = [...rowsOf(design.elements), ...rowsOf(design.boundaries)]
  const drawings = rows.flatMap(row => listOf(foreignFrom(TOOL, row).representations))
  return new Set(drawings.map(one => recordOf(one)?.representation))
}

function isWhole(page: Raw): boolean {
  return [page.id, page.name, page.type].every(value => typeof value === 'string')
}

/** Elements and boundaries that a diagram shows and that are there. */
export function thingsOn(design: Design, { elements, boundaries }: Diagram): readonly string[] {
  return [
    ...idsOf(elements).filter(id => rowAt(design.elements, id)),
    ...idsOf(boundaries).filter(id => rowAt(design.boundaries, id)),
  ]
}

function pageOf(row: Diagram, id: string, kept: readonly Raw[]): Raw {
  const before = kept.find(page => page.id === id) ?? {}
  const type = typeof before.type === 'string' ? before.type : 'diagram'
  const attributes = attributesWith(before.attributes, ourAttribute('id', row.id))
  return { ...before, ...defined({ id, name: row.name, type, description: row.description, attributes }) }
}

type Drawing = {
  readonly id: string
  readonly diagram: Diagram
  readonly page: string
  readonly around: (id: string) => string | undefined
}

function drawingOf(design: Design, { id, diagram, page, around }: Drawing): Raw {
  const at = placeOf(design, diagram, id)
  const corner = at && cornerAround(design, { id, diagram, page, around })
  const position = at && corner && { x: less(at.x, corner.x), y: less(at.y, corner.y) }
  const size = at?.width !== undefined && at.height !== undefined ? { width: at.width, height: at.height } : undefined
  return {
    ...keptDrawing(design, id, page),
    ...defined({ representation: page, id: `${page} ${id}`, position, size }),
    ...keptId(design, id, page),
  }
}

function keptDrawing(design: Design, id: string, page: string): Raw {
  const row = rowAt(design.elements, id) ?? rowAt(design.boundaries, id)
  const list = row ? listOf(foreignFrom(TOOL, row).representations) : []
  const { position: _position, size: _size, ...rest } = list.map(recordOf).find(one => one?.representation === page) ?? {}
  return rest
}

function keptId(design: Design, id: string, page: string): Raw {
  const kept = keptDrawing(design, id, page).id
  return typeof kept === 'string' ? { id: kept } : {}
}

type Placed = Layout & { readonly x: number; readonly y: number }

/** Where a thing is drawn; what is out of reach of readers is drawn nowhere. */
export function placeOf(design: Design, diagram: Diagram, id: string): Placed | undefined {
  const row = rowAt(design.layout, `${diagram.id}.${id}`)
  const { x, y } = row ?? {}
  return row && x !== undefined && y !== undefined && Math.max(Math.abs(x), Math.abs(y)) <= 1e6 ? { ...row, x, y } : undefined
}

function cornerAround(design: Design, { id, diagram, around }: Drawing): { readonly x: number; readonly y: number } {
  const seen = new Set([id])
  for (let at = around(id); at !== undefined && !seen.has(at); at = around(at)) {
    seen.add(at)
    const place = placeOf(design, diagram, at)
    if (place && thingShown(diagram, at)) return place
  }
  return { x: 0, y: 0 }
}

function thingShown({ elements, boundaries }: Diagram, id: string): boolean {
  return Object.hasOwn(elements ?? {}, id) || Object.hasOwn(boundaries ?? {}, id)
}

/** The difference without the dust of binary fractions. */
function less(a: number, b: number): number {
  return Math.round((a - b) * 1e6) / 1e6
}
