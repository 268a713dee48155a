import ELK, { type ElkEdgeSection, type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { Point } from '../../core/dfd/geometry.ts'
import { trustedWorker } from '../state/trusted-worker.ts'
import type { Drawing, DrawnBox, DrawnFlow } from './drawing.ts'

/** Where the layout engine puts a thing: boxes have a place and size, flows a route and a label. */
export type TidyPlace = {
  readonly id: string
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
  readonly vertices?: readonly Point[]
  readonly label?: Point
}

/** Lays a drawing out from left to right in a worker; routes and label places are the engine's own. */
export async function tidy(drawing: Drawing): Promise<readonly TidyPlace[]> {
  const laid = await engine().layout(graphOf(drawing))
  return [...placesIn(laid, new Map(drawing.boxes.map(box => [box.id, box]))), ...routesIn(laid)]
}

let started: InstanceType<typeof ELK> | undefined

function engine() {
  started ??= new ELK({ workerFactory: () => new Worker(trustedWorker(new URL(workerUrl, import.meta.url).href)) })
  return started
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.edgeCoords': 'ROOT',
  'elk.edgeLabels.placement': 'CENTER',
  'elk.spacing.nodeNode': '44',
  'elk.spacing.edgeNode': '24',
  'elk.layered.spacing.nodeNodeBetweenLayers': '48',
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
}

function graphOf(drawing: Drawing): ElkNode {
  const childrenOf = (parent: string | undefined): ElkNode[] =>
    drawing.boxes.filter(box => box.parent === parent).map(box => nodeOf(box, childrenOf(box.id)))
  return { id: 'root', layoutOptions: OPTIONS, children: childrenOf(undefined), edges: drawing.flows.map(edgeOf) }
}

function nodeOf(box: DrawnBox, children: ElkNode[]): ElkNode {
  const padding = { 'elk.padding': '[top=40,left=28,bottom=28,right=28]' }
  if (children.length > 0) return { id: box.id, children, layoutOptions: padding }
  return { id: box.id, width: box.width, height: box.height }
}

function edgeOf(flow: DrawnFlow): ElkExtendedEdge {
  const wanted = Math.max(flow.name.length * 6.4, (flow.protocol?.length ?? 0) * 5.8) + 14
  const lines = Math.ceil(wanted / 170) + (flow.protocol ? 1 : 0)
  const label = { text: flow.name, width: Math.min(170, wanted), height: lines * 16 + 2 }
  return { id: flow.id, sources: [flow.source], targets: [flow.target], labels: [label] }
}

function placesIn(node: ElkNode, boxes: ReadonlyMap<string, DrawnBox>, origin: Point = { x: 0, y: 0 }): TidyPlace[] {
  return (node.children ?? []).flatMap(child => {
    const at = { x: Math.round(origin.x + (child.x ?? 0)), y: Math.round(origin.y + (child.y ?? 0)) }
    const isBoundary = boxes.get(child.id)?.kind === 'boundary'
    const size = isBoundary ? { width: Math.round(child.width ?? 0), height: Math.round(child.height ?? 0) } : {}
    return [{ id: child.id, ...at, ...size }, ...placesIn(child, boxes, at)]
  })
}

function routesIn(node: ElkNode): TidyPlace[] {
  const own = (node.edges ?? []).flatMap(edge => {
    const section = edge.sections?.[0]
    return section ? [routeOf(edge, section)] : []
  })
  return [...own, ...(node.children ?? []).flatMap(routesIn)]
}

function routeOf(edge: ElkExtendedEdge, section: ElkEdgeSection): TidyPlace {
  const label = edge.labels?.[0]
  const vertices = (section.bendPoints ?? []).map(rounded)
  return {
    id: edge.id,
    vertices,
    ...(label
      ? { label: rounded({ x: (label.x ?? 0) + (label.width ?? 0) / 2, y: (label.y ?? 0) + (label.height ?? 0) / 2 }) }
      : {}),
  }
}

function rounded(point: Point): Point {
  return { x: Math.round(point.x), y: Math.round(point.y) }
}
