import { rowsOf } from '../../model/table.ts'
import type { Design, Layout } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import { type Loss, many } from '../report.ts'
import type { Drawn } from './draw.ts'
import type { Page } from './pages.ts'

/** What of the drawings a Threat Dragon file does not hold. */
export function layoutLosses(design: Design, drawn: readonly Drawn[]): readonly Loss[] {
  const pages = new Map(drawn.map(one => [one.page.diagram?.id ?? '', { ...one, shown: new Set(shownOn(one.page)) }]))
  const rows = rowsOf(design.layout).map(row => ({ row, on: pages.get(row.id.slice(0, 7)), id: row.id.slice(8) }))
  const labels = rows.filter(({ row }) => row.label !== undefined).length
  const unseen = rows.filter(({ on, id }) => !on?.shown.has(id)).length
  const sizes = rows.filter(({ row, on }) => on && !on.isRearranged && isSmall(row)).length
  const ends = rows.filter(({ row, on, id }) => on?.shown.has(id) && isBroken(row)).length
  const places = 'Threat Dragon wants it otherwise'
  return [
    ...drawn.flatMap(rearranged),
    ...drawn.flatMap(({ page }) => unshown(design, page)),
    ...entry(labels, 'layout/label', 'Label', 'Threat Dragon puts names into the middle of lines.'),
    ...entry(unseen, 'layout', 'All', 'The thing is not on the diagram.'),
    ...entry(sizes, 'layout/size', 'Size', `${places}: no side is shorter than 10.`),
    ...entry(ends, 'layout/ends', 'Loose ends', `${places}: their places are whole numbers.`),
  ]
}

function entry(count: number, at: string, what: string, why: string): Loss[] {
  return count === 0 ? [] : [{ at, what: `${what} of ${many(count, 'place')}`, why }]
}

function shownOn({ elements, flows, areas, curves }: Page): readonly string[] {
  return [...elements, ...flows, ...areas, ...curves]
}

function isSmall({ width, height }: Layout): boolean {
  return [width, height].some(length => length !== undefined && length < 10)
}

function isBroken({ start, end }: Layout): boolean {
  return [start, end].some(point => point && !(Number.isInteger(point.x) && Number.isInteger(point.y)))
}

function rearranged({ page, isRearranged }: Drawn): Loss[] {
  const at = page.diagram?.id
  if (at === undefined)
    return [
      {
        at: 'diagrams',
        what: `${many(shownOn(page).length, 'thing')} on no diagram`,
        why: 'Threat Dragon keeps everything on a diagram: they are drawn on one more.',
      },
    ]
  if (!isRearranged) return []
  const why = 'Some things were drawn outside their boundary or inside another, which there would say so: drawn anew.'
  return [{ at, what: 'Positions on the diagram', why }]
}

/** Flows that the diagram shows without their ends. */
function unshown(design: Design, { diagram, flows }: Page): Loss[] {
  const lost = idsOf(diagram?.flows).filter(id => design.flows[id]?.id === id && !flows.includes(id)).length
  if (!diagram || lost === 0) return []
  return [
    { at: diagram.id, what: many(lost, 'data flow'), why: 'An end of it is not on the diagram, and no line may lead nowhere.' },
  ]
}
