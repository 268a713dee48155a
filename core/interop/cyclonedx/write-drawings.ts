import { rowsOf } from '../../model/table.ts'
import type { Diagram, Layout } from '../../model/types.ts'
import type { Raw } from '../reading/json-fields.ts'
import { isOf } from '../writing/returned.ts'
import { propertiesOf } from './marks.ts'
import { type Pen, refsOf, TOOL } from './write-objects.ts'

/** Whether a diagram came in as a blueprint: only those have types of model. */
export function isPage(row: Diagram): boolean {
  return isOf(row, TOOL) && row.foreign?.modelTypes !== undefined
}

/** Every diagram with what it shows, and its drawing in our own form: nobody else reads it, and it comes back as it was. */
export function drawingsOf(pen: Pen, page: Diagram | undefined, isFirst: boolean): readonly Raw[] {
  const { design } = pen
  const layout = layoutByDiagram(design)
  const here = rowsOf(design.diagrams).filter(row => (isPage(row) ? row.id === page?.id : isFirst))
  return here.map(row => {
    const elements = refsOf(pen, row.boundaries, row.elements, row.flows)
    const places = layout.get(row.id) ?? []
    const marks = { own: 'true', id: row.id, ...pen.plan.marks.get(row.id), ...(isPage(row) ? { page: 'true' } : {}) }
    return {
      'bom-ref': row.id,
      name: row.name,
      ...(row.description === undefined || isPage(row) ? {} : { description: row.description }),
      type: { type: 'data-flow' },
      ...(elements ? { elements } : {}),
      ...(places.length > 0 ? { attachment: { mediaType: 'application/json', content: JSON.stringify(places) } } : {}),
      properties: propertiesOf(marks),
    }
  })
}

function layoutByDiagram({ layout }: Pen['design']): ReadonlyMap<string, readonly Layout[]> {
  const places = new Map<string, Layout[]>()
  for (const row of rowsOf(layout)) {
    const diagram = row.id.slice(0, row.id.indexOf('.'))
    const known = places.get(diagram)
    if (known) known.push(row)
    else places.set(diagram, [row])
  }
  return places
}
