import { applyChanges, type Change } from '../../../core/model/change.ts'
import { freshId, provenanceOf } from '../../../core/model/create.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { type Drawing, diagramShown, drawingOf } from '../../canvas/drawing.ts'
import type { Context } from '../command.ts'

/** The diagram that an edit draws on, and the changes that make it where the design has none yet. */
export type DrawingBoard = {
  readonly design: Design
  readonly diagram: string
  readonly before: readonly Change[]
  readonly drawing: Drawing
}

/** The diagram in view; a first one that shows everything where the design has none. */
export function drawingBoard({ design, session, stamp }: Context): DrawingBoard {
  const shown = diagramShown(design, session.diagram)
  if (shown) return { design, diagram: shown.id, before: [], drawing: drawingOf(design, shown) }
  const id = freshId(design, 'diagrams', stamp)
  const all = (rows: readonly { readonly id: string }[]) => Object.fromEntries(rows.map(row => [row.id, true as const]))
  const put: Change = {
    kind: 'put',
    table: 'diagrams',
    row: {
      id,
      name: 'Overview',
      ...filled('elements', all(rowsOf(design.elements))),
      ...filled('flows', all(rowsOf(design.flows))),
      ...filled('boundaries', all(rowsOf(design.boundaries))),
      provenance: provenanceOf(stamp),
    },
  }
  const next = applyChanges(design, [put])
  return { design: next, diagram: id, before: [put], drawing: drawingOf(next, next.diagrams[id]) }
}

function filled(field: string, links: Readonly<Record<string, true>>) {
  return Object.keys(links).length > 0 ? { [field]: links } : {}
}
