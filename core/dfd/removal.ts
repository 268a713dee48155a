import type { Change } from '../model/change.ts'
import { tableOf } from '../model/lookup.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { Design } from '../model/types.ts'
import { removeAttached, unlinkChanges } from '../requirements/links.ts'
import { byText } from '../support/order.ts'
import { chainFrom } from './interactions.ts'

/** All changes that take these ids away and leave no scar. Decisions on findings stay: they explain why a finding is gone. */
export function removalOf(design: Design, ids: readonly string[]): readonly Change[] {
  const gone = new Set(ids)
  for (const flow of rowsOf(design.flows)) if (isIn(gone, flow.source) || isIn(gone, flow.target)) gone.add(flow.id)
  return [
    ...movedOut(design, gone),
    ...unlinkChanges(design, gone),
    ...removeAttached(design, gone),
    ...[...gone].sort(byText).flatMap((id): Change[] => {
      const table = tableOf(id)
      return table && hasRow(design[table], id) ? [{ kind: 'remove', table, id }] : []
    }),
  ]
}

/** What lies directly in a boundary that goes comes to lie in the nearest one that stays. */
function movedOut(design: Design, gone: ReadonlySet<string>): readonly Change[] {
  const stays = (id: string | undefined) => chainFrom(design.boundaries, id).find(around => !gone.has(around))
  return [
    ...rowsOf(design.elements)
      .filter(row => isIn(gone, row.boundary) && !gone.has(row.id))
      .map(row => patch('elements', row.id, { boundary: stays(row.boundary) })),
    ...rowsOf(design.boundaries)
      .filter(row => isIn(gone, row.parent) && !gone.has(row.id))
      .map(row => patch('boundaries', row.id, { parent: stays(row.parent) })),
  ]
}

function patch(table: 'elements' | 'boundaries', id: string, fields: Readonly<Record<string, unknown>>): Change {
  return { kind: 'patch', table, id, fields }
}

function isIn(ids: ReadonlySet<string>, id: string | undefined): boolean {
  return id !== undefined && ids.has(id)
}
