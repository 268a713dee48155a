import { applyChanges, type Change } from '../model/change.ts'
import type { Design } from '../model/types.ts'
import { containersOn } from './drawing.ts'
import { chainFrom } from './interactions.ts'

/**
 * Moves into another boundary whatever has another one drawn around it after a drop than before.
 * Only what the drop changed counts: a membership stated against the drawing stays.
 */
export function membershipChanges(before: Design, after: Design, diagram: string): readonly Change[] {
  const was = containersOn(before, diagram)
  const changes: Change[] = []
  let next = after
  for (const [id, boundary] of containersOn(after, diagram)) {
    const change = was.get(id) === boundary ? undefined : moveInto(next, id, boundary)
    if (!change) continue
    changes.push(change)
    next = applyChanges(next, [change])
  }
  return changes
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
