import { applyChanges, type Change } from '../model/change.ts'
import { freshId, provenanceOf } from '../model/create.ts'
import { tableOf } from '../model/lookup.ts'
import type { Design, Stamp } from '../model/types.ts'
import { missing, putRow } from '../requirements/fields.ts'
import { byText } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { containersOn, layoutId, type Place } from './drawing.ts'
import { placeOn } from './edits.ts'
import { chainFrom } from './interactions.ts'

type Edit = Result<readonly Change[]>

/** A new, empty diagram. */
export function addDiagram(design: Design, input: { readonly name: string; readonly description?: string }, stamp: Stamp): Edit {
  return putRow(design, 'diagrams', { ...input, id: freshId(design, 'diagrams', stamp), provenance: provenanceOf(stamp) })
}

/** Takes things off one diagram; they stay in the design. Flows whose end goes off go too. */
export function takeOff(design: Design, { diagram, ids }: { readonly diagram: string; readonly ids: readonly string[] }): Edit {
  const row = design.diagrams[diagram]
  if (!row) return refuse(missing(diagram))
  const off = new Set(ids)
  const hanging = Object.keys(row.flows ?? {}).filter(id => {
    const flow = design.flows[id]
    return off.has(flow?.source ?? '') || off.has(flow?.target ?? '')
  })
  const all = [...new Set([...ids, ...hanging])].sort(byText)
  const fields = Object.fromEntries(
    all.flatMap(id => {
      const field = tableOf(id)
      const isShown = (field === 'elements' || field === 'flows' || field === 'boundaries') && Object.hasOwn(row[field] ?? {}, id)
      return isShown ? [[`${field}/${id}`, undefined] as const] : []
    }),
  )
  const layout = all.map(id => layoutId(diagram, id)).filter(id => Object.hasOwn(design.layout, id))
  return ok([
    ...(Object.keys(fields).length > 0 ? [{ kind: 'patch', table: 'diagrams', id: diagram, fields } as const] : []),
    ...layout.map((id): Change => ({ kind: 'remove', table: 'layout', id })),
  ])
}

/**
 * Draws things where a person dropped them, and moves into another boundary whatever now has another one drawn around it.
 * Only what the drop changed counts: a membership stated against the drawing stays.
 */
export function dropOn(design: Design, input: { readonly diagram: string; readonly places: readonly Place[] }): Edit {
  const placed = placeOn(design, input)
  if (!placed.ok) return placed
  const before = containersOn(design, input.diagram)
  const after = containersOn(applyChanges(design, placed.value), input.diagram)
  let next = design
  const moves: Change[] = []
  for (const [id, boundary] of after) {
    if (before.get(id) === boundary) continue
    const move = moveInto(next, id, boundary)
    if (!move) continue
    moves.push(move)
    next = applyChanges(next, [move])
  }
  return ok([...placed.value, ...moves])
}

/** Nothing when it lies there already, be it deeper in a boundary this diagram does not show, or when it would lie in itself. */
function moveInto(design: Design, id: string, boundary: string | undefined): Change | undefined {
  const isBoundary = id.startsWith('B-')
  const field = isBoundary ? 'parent' : 'boundary'
  const current = isBoundary ? design.boundaries[id]?.parent : design.elements[id]?.boundary
  if (current === boundary) return undefined
  if (boundary !== undefined && chainFrom(design.boundaries, current).includes(boundary)) return undefined
  if (isBoundary && chainFrom(design.boundaries, boundary).includes(id)) return undefined
  return { kind: 'patch', table: isBoundary ? 'boundaries' : 'elements', id, fields: { [field]: boundary } }
}
