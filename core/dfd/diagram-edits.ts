import { applyChanges, type Change } from '../model/change.ts'
import { freshId, provenanceOf } from '../model/create.ts'
import { tableOf } from '../model/lookup.ts'
import { hasRow } from '../model/table.ts'
import type { Design, Stamp } from '../model/types.ts'
import { missing, putRow } from '../requirements/fields.ts'
import { byText } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { layoutId, type Place } from './drawing.ts'
import { placeOn } from './edits.ts'
import { membershipChanges } from './membership.ts'

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
  const layout = all.map(id => layoutId(diagram, id)).filter(id => hasRow(design.layout, id))
  return ok([
    ...(Object.keys(fields).length > 0 ? [{ kind: 'patch', table: 'diagrams', id: diagram, fields } as const] : []),
    ...layout.map((id): Change => ({ kind: 'remove', table: 'layout', id })),
  ])
}

/** Draws things where a person dropped them, and lets what now has another boundary drawn around it belong to that. */
export function dropOn(design: Design, input: { readonly diagram: string; readonly places: readonly Place[] }): Edit {
  const placed = placeOn(design, input)
  if (!placed.ok) return placed
  return ok([...placed.value, ...membershipChanges(design, applyChanges(design, placed.value), input.diagram)])
}
