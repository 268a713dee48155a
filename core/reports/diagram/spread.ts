import type { Drawing, DrawnBox } from '../../dfd/drawn.ts'
import { centreOf, type Point } from '../../dfd/geometry.ts'
import { type Routed, routed } from './labels.ts'

/** How far a drawing is pulled apart, across and down; labels are wide, so across comes first. */
const PULLS = [
  [1, 1],
  [1.2, 1],
  [1.2, 1.2],
  [1.45, 1.2],
  [1.45, 1.45],
  [1.75, 1.45],
  [2, 1.75],
] as const
/** Square units of labels on something else that nobody minds. */
const LITTLE = 60
/** So many flows and no more are tried again and again. */
const MOST = 80

export type Spread = Routed & { readonly drawing: Drawing }

/**
 * The drawing with room for its labels: as it is where they have it, else with everything pulled apart, boxes as large as before and
 * all where they lie to each other. Of several the one that covers the least, and of those the smallest.
 */
export function spread(drawing: Drawing): Spread {
  let best: Spread | undefined
  for (const [across, down] of drawing.flows.length > MOST ? PULLS.slice(0, 1) : PULLS) {
    const pulled = across === 1 && down === 1 ? drawing : apart(drawing, across, down)
    const tried = { ...routed(pulled), drawing: pulled }
    if (best === undefined || tried.covered < best.covered) best = tried
    if (tried.covered <= LITTLE) break
  }
  return best as Spread
}

function apart({ boxes, flows }: Drawing, across: number, down: number): Drawing {
  const pull = ({ x, y }: Point): Point => ({ x: x * across, y: y * down })
  const box = (one: DrawnBox): DrawnBox => {
    if (one.kind === 'boundary')
      return { ...one, ...pull(one), width: one.width * across, height: one.height * down, line: one.line?.map(pull) }
    const { x, y } = pull(centreOf(one))
    return { ...one, x: x - one.width / 2, y: y - one.height / 2 }
  }
  return {
    boxes: boxes.map(box),
    flows: flows.map(flow => ({ ...flow, vertices: flow.vertices?.map(pull), label: flow.label && pull(flow.label) })),
  }
}
