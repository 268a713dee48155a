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
import { type FocusEvent, type MouseEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { connectElements, placeThing, startRenaming } from '../commands/definitions/model.ts'
import { resetTool, selectObjects } from '../commands/definitions/select.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { t } from '../words/translate.ts'
import { BoundaryNode } from './boundary-node.tsx'
import styles from './canvas.module.css'
import { offerCanvas } from './canvas-port.ts'
import type { Drawing } from './drawing.ts'
import { ElementNode } from './element-node.tsx'
import { ArrowHeads, FlowEdge } from './flow-edge.tsx'
import { Overview } from './minimap.tsx'
import { type BoxNode, edgesOf, type FlowEdge as FlowEdgeType, nodesOf } from './nodes.ts'
import { Peers, useGlide } from './peers.tsx'
import { type LooseEnd, ShapePicker } from './shape-picker.tsx'
import { useClipboard } from './use-clipboard.ts'
import { useHeld } from './use-held.ts'

const NODE_TYPES = { element: ElementNode, boundary: BoundaryNode }
const EDGE_TYPES = { flow: FlowEdge }
const FIT = { padding: 0.12, maxZoom: 1.15 }

/** What the library says aloud, in the language of the window. */
function ariaLabels() {
  return {
    'node.a11yDescription.default': t(
      'Arrow keys move it, C connects it, M moves it into a boundary, Enter opens the inspector, Delete removes it.',
    ),
    'node.a11yDescription.keyboardDisabled': '',
    'node.a11yDescription.ariaLiveMessage': ({ x, y }: { x: number; y: number }) => t('Moved to {{x}}, {{y}}', { x, y }),
    'edge.a11yDescription.default': t('Enter opens the inspector, Delete removes it.'),
  }
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
  const [loose, setLoose] = useState<LooseEnd>()
  const selection = useMemo(() => new Set(selected), [selected])
  const nodes = useRows(before => nodesOf(drawing, { selection, renaming, held, open }, before))
  const edges = useRows<FlowEdgeType>(before => edgesOf(drawing, { selection, renaming, held, open }, before))
  useOfferedCanvas()
  // What is drawn by hand on empty ground stays where it was put; only a drawing that was there before is brought into view.
  const [beganEmpty] = useState(drawing.boxes.length === 0)
  const { surface, onMoveStart } = useFitWhileUntouched(beganEmpty)
  useGlide(surface)
  useKeptFocus(surface, selected)
  useClipboard()

  function onNodesChange(changes: readonly NodeChange<BoxNode>[]) {
    onPlaces(changes)
    onSelect(changes)
  }
  function onSelect(changes: readonly (NodeChange<BoxNode> | EdgeChange<FlowEdgeType>)[]) {
    // A box around several tells of the nodes and of the edges one after the other; both count.
    const selected = useSession.getState().selection
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
    run(placeThing, { kind: tool, at: pointOf(event) })
  }
  function pointOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) {
    return flow.screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false })
  }
  /** Two clicks on empty ground make a process, also on the ground of a boundary; on a name they rename. */
  function onDoubleClick(event: MouseEvent<HTMLElement>) {
    const target = event.target as HTMLElement
    const node = target.closest<HTMLElement>('.react-flow__node')
    const isGround = node
      ? node.classList.contains('boundary') && !target.closest('[data-name]')
      : target.closest('.react-flow__pane')
    if (node?.dataset.id && !isGround) run(startRenaming, node.dataset.id)
    else if (isGround) run(placeThing, { kind: 'process', at: pointOf(event) })
  }
  function onNodeClick(event: MouseEvent, node: BoxNode) {
    const [source] = selected
    if (node.type === 'boundary' && tool !== 'select' && tool !== 'flow') return onPaneClick(event)
    if (tool === 'flow' && source && source !== node.id && node.type === 'element')
      run(connectElements, { source, target: node.id })
  }
  /** A box takes what it covers and the flows between; the library would take every flow that touches it. */
  function onSelectionEnd() {
    const taken = new Set(useSession.getState().selection.filter(id => !id.startsWith('F-')))
    const between = drawing.flows.filter(one => taken.has(one.source) && taken.has(one.target)).map(one => one.id)
    run(selectObjects, [...taken, ...between])
  }
  /** With Shift the browser would select the text of the page between the last click and this one. */
  function onMouseDownCapture(event: MouseEvent<HTMLElement>) {
    if (!event.shiftKey || !(event.target instanceof Element) || event.target.closest('input')) return
    event.preventDefault()
    event.target.closest<HTMLElement>('.react-flow__node, .react-flow__edge')?.focus({ preventScroll: true })
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
    else if (!target) setLoose({ source: fromNode.id, at: pointOf(event) })
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
      onDoubleClick={onDoubleClick}
      onMouseDownCapture={onMouseDownCapture}
      onPointerDownCapture={event => {
        isPointing.current = true
        // Empty ground takes no focus by itself, and the keys of the drawing count where the focus is.
        if (event.target instanceof Element && event.target.matches('.react-flow__pane'))
          stageOf(surface.current)?.focus({ preventScroll: true })
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
        onSelectionEnd={onSelectionEnd}
        connectionMode={ConnectionMode.Loose}
        onlyRenderVisibleElements
        fitView={!beganEmpty}
        fitViewOptions={FIT}
        minZoom={0.15}
        maxZoom={2.5}
        snapToGrid
        snapGrid={SNAP}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={SEVERAL}
        elevateNodesOnSelect={false}
        zIndexMode="manual"
        zoomOnDoubleClick={false}
        ariaLabelConfig={ariaLabels()}
        aria-label={t('Data-flow diagram')}
      >
        <Background gap={24} size={1.2} color="var(--dots)" />
        <Peers drawing={drawing} />
        {loose ? (
          <ShapePicker {...loose} from={drawing.boxes.find(box => box.id === loose.source)} onClose={() => setLoose(undefined)} />
        ) : null}
        {nodes.length > 0 ? <Overview /> : null}
      </ReactFlow>
    </div>
  )
}

const SNAP: [number, number] = [8, 8]
const SEVERAL = ['Shift', 'Control', 'Meta']

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
      reveal: ids => reveal(flow, ids),
      sees: places => {
        const seen = seenBy(flow)
        return places.some(({ x, y }) => x !== undefined && y !== undefined && holds(seen, { x, y }))
      },
      fitSelection: ids => void flow.fitView({ ...FIT, duration: 180, nodes: ids.map(id => ({ id })) }),
      centre: middle,
      zoom: by => void (by === 'in' ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 })),
    })
  }, [flow])
}

/** The place around the drawing that can hold the focus. */
function stageOf(surface: HTMLElement | null): HTMLElement | null | undefined {
  return surface?.parentElement?.closest<HTMLElement>('[tabindex]')
}

/** What had the focus may leave with the selection; the drawing keeps it then, so that its keys go on to count. */
function useKeptFocus(surface: RefObject<HTMLElement | null>, selected: readonly string[]): void {
  const wasHere = useRef(false)
  useEffect(() => {
    const onFocusIn = () => {
      wasHere.current = surface.current?.contains(document.activeElement) === true
    }
    document.addEventListener('focusin', onFocusIn)
    return () => document.removeEventListener('focusin', onFocusIn)
  }, [surface])
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks after every change of the selection
  useEffect(() => {
    // The library takes its own parts away a moment after the selection went.
    const frame = requestAnimationFrame(() => {
      if (wasHere.current && document.activeElement === document.body) stageOf(surface.current)?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [selected, surface])
}

type Flow = ReturnType<typeof useReactFlow>

/** The part of the drawing that is on screen. */
function seenBy(flow: Flow) {
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  const corner = flow.screenToFlowPosition({ x: box?.left ?? 0, y: box?.top ?? 0 }, { snapToGrid: false })
  const { zoom } = flow.getViewport()
  return { ...corner, width: (box?.width ?? 0) / zoom, height: (box?.height ?? 0) / zoom }
}

function holds(seen: ReturnType<typeof seenBy>, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= seen.x && y >= seen.y && x <= seen.x + seen.width && y <= seen.y + seen.height
}

/** Leaves the view alone while any of the things is in it; else their middle comes to its middle, as large as before. */
function reveal(flow: Flow, ids: readonly string[]): void {
  const ends = ids.flatMap(id => {
    const edge = flow.getEdge(id)
    return edge ? [edge.source, edge.target] : [id]
  })
  const nodes = ends.filter(id => flow.getNode(id)).map(id => ({ id }))
  if (nodes.length === 0) return
  const { x, y, width, height } = flow.getNodesBounds(nodes.map(node => node.id))
  const seen = seenBy(flow)
  const isSeen = x + width > seen.x && y + height > seen.y && x < seen.x + seen.width && y < seen.y + seen.height
  if (!isSeen) void flow.setCenter(x + width / 2, y + height / 2, { zoom: flow.getZoom(), duration: 180 })
}

/** Keeps everything in view while the room changes, until the person chooses a view of their own. */
function useFitWhileUntouched(isTouchedAtFirst: boolean) {
  const flow = useReactFlow()
  const surface = useRef<HTMLDivElement>(null)
  const isTouched = useRef(isTouchedAtFirst)
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
