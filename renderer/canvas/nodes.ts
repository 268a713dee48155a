import type { Edge, Node } from '@xyflow/react'
import { Position } from '@xyflow/react'
import type { Point } from '../../core/dfd/geometry.ts'
import { kindName } from '../state/words.ts'
import { t } from '../words/translate.ts'
import type { Drawing, DrawnBox, DrawnFlow } from './drawing.ts'

/** What the shape of a box needs to draw itself. */
export type BoxData = {
  readonly name: string
  readonly kind: DrawnBox['kind']
  readonly open: number
  readonly line: readonly Point[] | undefined
  readonly x: number
  readonly y: number
  readonly renaming: boolean
}

/** A box as the canvas library holds it. */
export type BoxNode = Node<BoxData, 'element' | 'boundary'>

/** What the line of a flow needs; a route is fresh while neither end is being moved, and then its label has a place found for it. */
export type FlowData = {
  readonly flow: DrawnFlow
  readonly open: number
  readonly isFresh: boolean
  readonly label: Point | undefined
}

/** A flow as the canvas library holds it. */
export type FlowEdge = Edge<FlowData, 'flow'>

/** Where boxes are while the pointer holds them, on the drawing: not yet written. */
export type Held = ReadonlyMap<
  string,
  { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number }
>

/** What of the session and the pointer shows on the drawing. */
export type CanvasState = {
  readonly selection: ReadonlySet<string>
  readonly renaming: string | undefined
  readonly held: Held
  readonly open: ReadonlyMap<string, number>
  /** Boxes that are only there as ends of flows; nothing of them is mounted. */
  readonly hidden?: ReadonlySet<string>
  /** Where labels stand so that they do not cover each other, by flow. */
  readonly labels?: ReadonlyMap<string, Point>
}

/**
 * Node objects for the canvas library, in places on the drawing: what lies in a boundary need not be there for the boundary to be.
 * A node of which nothing changed stays the same object.
 */
export function nodesOf(drawing: Drawing, state: CanvasState, before: ReadonlyMap<string, BoxNode>): readonly BoxNode[] {
  return drawing.boxes.map(box => {
    const held = state.held.get(box.id)
    const position = { x: held?.x ?? box.x, y: held?.y ?? box.y }
    const hidden = state.hidden?.has(box.id) === true
    const size = { width: held?.width ?? box.width, height: held?.height ?? box.height }
    const data = {
      name: box.name,
      kind: box.kind,
      line: box.line,
      x: box.x,
      y: box.y,
      open: state.open.get(box.id) ?? 0,
      renaming: state.renaming === box.id,
    }
    const old = before.get(box.id)
    const selected = state.selection.has(box.id)
    if (old && old.hidden === hidden && old.selected === selected && samePlace(old, position, size) && sameData(old.data, data))
      return old
    return {
      id: box.id,
      type: box.kind === 'boundary' ? ('boundary' as const) : ('element' as const),
      position,
      ...size,
      measured: size,
      handles: handlesOf(size, box.kind !== 'boundary'),
      hidden,
      selected,
      data,
      connectable: box.kind !== 'boundary',
      zIndex: box.kind === 'boundary' ? 0 : 3,
      ariaLabel: spoken(data),
      className: box.kind === 'boundary' ? 'boundary' : '',
    }
  })
}

/** Edge objects for the canvas library; the same object while nothing of the flow changed. */
export function edgesOf(drawing: Drawing, state: CanvasState, before: ReadonlyMap<string, FlowEdge>): readonly FlowEdge[] {
  return drawing.flows.map(flow => {
    const old = before.get(flow.id)
    const selected = state.selection.has(flow.id)
    const open = state.open.get(flow.id) ?? 0
    const isFresh = !state.held.has(flow.source) && !state.held.has(flow.target)
    const label = state.labels?.get(flow.id)
    if (
      old?.data &&
      old.selected === selected &&
      old.data.open === open &&
      old.data.isFresh === isFresh &&
      isSamePoint(old.data.label, label) &&
      sameFlow(old.data.flow, flow)
    )
      return old
    return {
      id: flow.id,
      type: 'flow' as const,
      source: flow.source,
      target: flow.target,
      selected,
      data: { flow, open, isFresh, label },
      zIndex: 1,
      ariaLabel: [
        `${kindName('flow')} ${flow.name}`,
        ...(flow.crossing ? [t('crosses a boundary')] : []),
        ...openText(open),
      ].join(', '),
    }
  })
}

function spoken(data: BoxData): string {
  return [`${kindName(data.kind)} ${data.name}`, ...openText(data.open)].join(', ')
}

function openText(open: number): readonly string[] {
  return open === 0 ? [] : [t('{{count}} open findings', { count: open })]
}

function samePlace(node: BoxNode, position: Point, size: { readonly width: number; readonly height: number }): boolean {
  return (
    node.position.x === position.x && node.position.y === position.y && node.width === size.width && node.height === size.height
  )
}

function sameData(a: BoxData, b: BoxData): boolean {
  return (Object.keys(b) as (keyof BoxData)[]).every(key => a[key] === b[key])
}

function isSamePoint(a: Point | undefined, b: Point | undefined): boolean {
  return a?.x === b?.x && a?.y === b?.y
}

function sameFlow(a: DrawnFlow, b: DrawnFlow): boolean {
  return a === b || (Object.keys(b) as (keyof DrawnFlow)[]).every(key => a[key] === b[key])
}

/** One grip in the middle of each side; given, so that the library need not measure. */
function handlesOf(size: { readonly width: number; readonly height: number }, hasGrips: boolean) {
  if (!hasGrips) return []
  const grip = { type: 'source' as const, width: 24, height: 24 }
  const middle = { x: size.width / 2 - 12, y: size.height / 2 - 12 }
  return [
    { ...grip, id: 'top', position: Position.Top, x: middle.x, y: -12 },
    { ...grip, id: 'right', position: Position.Right, x: size.width - 12, y: middle.y },
    { ...grip, id: 'bottom', position: Position.Bottom, x: middle.x, y: size.height - 12 },
    { ...grip, id: 'left', position: Position.Left, x: -12, y: middle.y },
  ]
}
