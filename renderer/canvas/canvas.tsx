import '@xyflow/react/dist/style.css'
import {
  Background,
  type Connection,
  ConnectionMode,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import { type FocusEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react'
import { connectElements, placeThing, startRenaming } from '../commands/definitions/model.ts'
import { resetTool, selectObjects } from '../commands/definitions/select.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { BoundaryNode } from './boundary-node.tsx'
import styles from './canvas.module.css'
import { offerCanvas } from './canvas-port.ts'
import type { Drawing } from './drawing.ts'
import { ElementNode } from './element-node.tsx'
import { ArrowHeads, FlowEdge } from './flow-edge.tsx'
import { type BoxNode, edgesOf, type FlowEdge as FlowEdgeType, nodesOf } from './nodes.ts'
import { useHeld } from './use-held.ts'

const NODE_TYPES = { element: ElementNode, boundary: BoundaryNode }
const EDGE_TYPES = { flow: FlowEdge }
const FIT = { padding: 0.12, maxZoom: 1.15 }
const ARIA = {
  'node.a11yDescription.default':
    'Arrow keys move it, C connects it, M moves it into a boundary, Enter opens the inspector, Delete removes it.',
  'node.a11yDescription.keyboardDisabled': '',
  'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }: { direction: string; x: number; y: number }) =>
    `Moved ${direction} to ${x}, ${y}`,
  'edge.a11yDescription.default': 'Enter opens the inspector, Delete removes it.',
}

type Props = { readonly drawing: Drawing; readonly open: ReadonlyMap<string, number> }

/** The diagram as a drawing: everything here can also be done from the keyboard or in the outline. */
export function Canvas(props: Props) {
  return (
    <ReactFlowProvider>
      <Surface {...props} />
    </ReactFlowProvider>
  )
}

function Surface({ drawing, open }: Props) {
  const run = useRun()
  const flow = useReactFlow<BoxNode, FlowEdgeType>()
  const tool = useSession(session => session.tool)
  const selected = useSession(session => session.selection)
  const renaming = useSession(session => session.renaming)
  const { held, onPlaces } = useHeld(drawing)
  const isPointing = useRef(false)
  const selection = useMemo(() => new Set(selected), [selected])
  const nodes = useRows(before => nodesOf(drawing, { selection, renaming, held, open }, before))
  const edges = useRows<FlowEdgeType>(before => edgesOf(drawing, { selection, renaming, held, open }, before))
  useOfferedCanvas()
  const { surface, onMoveStart } = useFitWhileUntouched()

  function onNodesChange(changes: readonly NodeChange<BoxNode>[]) {
    onPlaces(changes)
    onSelect(changes)
  }
  function onSelect(changes: readonly (NodeChange<BoxNode> | EdgeChange<FlowEdgeType>)[]) {
    const next = new Set(selected.filter(id => /^[EFB]-/.test(id)))
    for (const change of changes)
      if (change.type === 'select') {
        if (change.selected) next.add(change.id)
        else next.delete(change.id)
      }
    if (next.size !== selected.length || selected.some(id => !next.has(id))) run(selectObjects, [...next])
  }
  function onPaneClick(event: MouseEvent | globalThis.MouseEvent) {
    if (tool === 'select' || tool === 'flow') return run(resetTool)
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    run(placeThing, { kind: tool, at })
  }
  function onNodeClick(_event: MouseEvent, node: BoxNode) {
    const [source] = selected
    if (tool === 'flow' && source && source !== node.id && node.type === 'element')
      run(connectElements, { source, target: node.id })
  }
  function onConnect({ source, target }: Connection) {
    if (source !== target) run(connectElements, { source, target })
  }
  /** Letting go anywhere on an element connects to it, not only on one of its grips. */
  function onConnectEnd(event: MouseEvent | globalThis.MouseEvent | TouchEvent, { isValid, fromNode }: FinalConnectionState) {
    if (isValid || !fromNode || !('clientX' in event)) return
    const under = document.elementsFromPoint(event.clientX, event.clientY)
    const target = under.map(one => one.closest<HTMLElement>('.react-flow__node-element')?.dataset.id).find(Boolean)
    if (target && target !== fromNode.id) run(connectElements, { source: fromNode.id, target })
  }
  function onFocus(event: FocusEvent<HTMLElement>) {
    const id = event.target.closest<HTMLElement>('.react-flow__node, .react-flow__edge')?.dataset.id
    // A pointer selects by its click, which may add to what is selected; everything else selects by focus.
    if (id && !isPointing.current && !selection.has(id)) run(selectObjects, [id])
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears which box has the focus
    <div
      className={`${styles.canvas} ${tool === 'select' ? '' : styles.armed}`}
      data-place="canvas"
      ref={surface}
      onFocus={onFocus}
      onPointerDownCapture={() => {
        isPointing.current = true
      }}
      onPointerUpCapture={() => {
        isPointing.current = false
      }}
    >
      <ArrowHeads />
      <ReactFlow<BoxNode, FlowEdgeType>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onSelect}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onPaneClick={onPaneClick}
        onMoveStart={onMoveStart}
        onNodeClick={onNodeClick}
        onNodeDoubleClick={(_event, node) => run(startRenaming, node.id)}
        connectionMode={ConnectionMode.Loose}
        onlyRenderVisibleElements
        fitView
        fitViewOptions={FIT}
        minZoom={0.15}
        maxZoom={2.5}
        snapToGrid
        snapGrid={SNAP}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        elevateNodesOnSelect={false}
        zIndexMode="manual"
        zoomOnDoubleClick={false}
        ariaLabelConfig={ARIA}
        aria-label="Data-flow diagram"
      >
        <Background gap={24} size={1.2} color="var(--dots)" />
      </ReactFlow>
    </div>
  )
}

const SNAP: [number, number] = [8, 8]

/** Rows for the canvas library; a row that did not change stays the same object. */
function useRows<Row extends { readonly id: string } = BoxNode>(
  build: (before: ReadonlyMap<string, Row>) => readonly Row[],
): Row[] {
  const before = useRef<ReadonlyMap<string, Row>>(new Map())
  const last = useRef<Row[]>([])
  const rows = build(before.current)
  if (rows.length !== last.current.length || rows.some((row, i) => row !== last.current[i])) {
    before.current = new Map(rows.map(row => [row.id, row]))
    last.current = [...rows]
  }
  return last.current
}

function useOfferedCanvas(): void {
  const flow = useReactFlow()
  useEffect(() => {
    const middle = () => {
      const box = document.querySelector('.react-flow')?.getBoundingClientRect()
      return flow.screenToFlowPosition({
        x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
      })
    }
    return offerCanvas({
      fit: () => void flow.fitView({ ...FIT, duration: 180 }),
      fitSelection: ids => void flow.fitView({ ...FIT, duration: 180, nodes: ids.map(id => ({ id })) }),
      centre: middle,
      zoom: by => void (by === 'in' ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 })),
    })
  }, [flow])
}

/** Keeps everything in view while the room changes, until the person chooses a view of their own. */
function useFitWhileUntouched() {
  const flow = useReactFlow()
  const surface = useRef<HTMLDivElement>(null)
  const isTouched = useRef(false)
  useEffect(() => {
    if (!surface.current) return
    const watch = new ResizeObserver(() => {
      if (!isTouched.current) void flow.fitView(FIT)
    })
    watch.observe(surface.current)
    return () => watch.disconnect()
  }, [flow])
  return {
    surface,
    onMoveStart: (event: unknown) => {
      if (event) isTouched.current = true
    },
  }
}
