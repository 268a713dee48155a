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
  useStoreApi,
} from '@xyflow/react'
import { type FocusEvent, type MouseEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Point } from '../../core/dfd/geometry.ts'
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
import { FarLayer, FarName } from './far-layer.tsx'
import { viewOn, ZOOM } from './fit.ts'
import { ArrowHeads, FlowEdge } from './flow-edge.tsx'
import { labelsIn } from './labels.ts'
import { Overview } from './minimap.tsx'
import { type BoxNode, edgesOf, type FlowEdge as FlowEdgeType, nodesOf } from './nodes.ts'
import { Peers, useGlide } from './peers.tsx'
import { around, middleOf, type Rect, type Scene, sceneOf, thingsWithin, withMovedContents } from './scene.ts'
import { MOST_LIVE, mountedOf, type Size } from './seen.ts'
import { type LooseEnd, ShapePicker } from './shape-picker.tsx'
import { useClearOfSheet } from './use-clear-of-sheet.ts'
import { useClipboard } from './use-clipboard.ts'
import { useHeld } from './use-held.ts'
import { useRows } from './use-rows.ts'
import { useSeen } from './use-seen.ts'
import { useWalk } from './use-walk.ts'

const NODE_TYPES = { element: ElementNode, boundary: BoundaryNode }
const SNAP: [number, number] = [8, 8]
const EDGE_TYPES = { flow: FlowEdge }
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

const SEVERAL = ['Shift', 'Control', 'Meta']

type Props = { readonly drawing: Drawing; readonly open: ReadonlyMap<string, number> }

/** The diagram as a drawing: everything here can also be done from the keyboard or in the outline. */
export function Canvas(props: Props) {
  const place = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>()
  useLayoutEffect(() => {
    const box = place.current?.getBoundingClientRect()
    if (box) setSize({ width: box.width, height: box.height })
  }, [])
  return (
    <div ref={place} className={styles.place}>
      {size ? (
        <ReactFlowProvider>
          <Surface {...props} size={size} />
        </ReactFlowProvider>
      ) : null}
    </div>
  )
}

function Surface({ drawing, open, size }: Props & { readonly size: Size }) {
  const run = useRun()
  const flow = useReactFlow<BoxNode, FlowEdgeType>()
  const tool = useSession(session => session.tool)
  const selected = useSession(session => session.selection)
  const renaming = useSession(session => session.renaming)
  const scene = sceneOf(drawing)
  const [start] = useState(() => viewOn(scene.bounds, size))
  const seen = useSeen(scene, start, size)
  const selection = useMemo(() => new Set(selected.filter(id => /^[EFB]-/.test(id))), [selected])
  const { hovered, focused, setFocused, isPointing, downAt, under, pointer } = useWalk(scene, seen.far)
  const { held, onPlaces } = useHeld(scene, selection)
  const moved = useMemo(() => withMovedContents(scene, held), [scene, held])
  const mounted = useMemo(() => {
    const live = [hovered, renaming, ...[...selection].slice(0, MOST_LIVE), ...held.keys()]
    return mountedOf(scene, seen, { focused, others: live.filter(id => id !== undefined).slice(0, MOST_LIVE + 2) })
  }, [scene, seen, hovered, renaming, selection, focused, held])
  const labels = useMemo(() => (seen.far ? undefined : labelsIn(scene, seen.rect, open)), [scene, seen, open])
  const state = { selection, renaming, held: moved, open, hidden: mounted.hidden, ...(labels ? { labels } : {}) }
  const nodes = useRows<BoxNode>(before => nodesOf(mounted, state, before))
  const edges = useRows<FlowEdgeType>(before => edgesOf(mounted, state, before))
  // What is drawn by hand on empty ground stays where it was put; only a drawing that was there before is brought into view.
  const [beganEmpty] = useState(scene.box.size === 0)
  const { surface, onMoveStart } = useFitWhileUntouched(scene, beganEmpty)
  useOfferedCanvas(scene)
  useCloserToRename(scene, renaming, seen.far)
  const onMarquee = useMarquee(scene, seen.far, downAt)
  const [loose, setLoose] = useState<LooseEnd>()
  useGlide(surface)
  useKeptFocus(surface, selected)
  useClearOfSheet(scene, selected, isPointing)
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
    const client = { x: event.clientX, y: event.clientY }
    if (place(event, under(client))) return
    // A finger comes without hovering first: what it meets may be no more than a picture.
    const met = seen.far ? under(client) : undefined
    if (met === undefined) run(resetTool)
    else if (!connectsTo(met)) run(selectObjects, [met])
  }
  /** With a tool in hand a click puts its thing there, or beside the element that is there already. */
  function place(at: { readonly clientX: number; readonly clientY: number }, met: string | undefined): boolean {
    if (tool === 'select' || tool === 'flow') return false
    const isTaken = met !== undefined && tool !== 'boundary' && met.startsWith('E-')
    run(placeThing, { kind: tool, at: pointOf(at), ...(isTaken ? { beside: met } : {}) })
    return true
  }
  function connectsTo(target: string): boolean {
    const [source] = selected
    if (tool !== 'flow' || !source || source === target || scene.box.get(target)?.kind === 'boundary') return false
    if (!scene.box.has(target)) return false
    run(connectElements, { source, target })
    return true
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
    const met = seen.far ? under({ x: event.clientX, y: event.clientY }) : undefined
    if (met !== undefined) run(startRenaming, met)
    else if (node?.dataset.id && !isGround) run(startRenaming, node.dataset.id)
    else if (isGround) run(placeThing, { kind: 'process', at: pointOf(event) })
  }
  function onNodeClick(event: MouseEvent, node: BoxNode) {
    if (!place(event, node.id)) connectsTo(node.id)
  }
  /** A box takes what it covers and the flows between; the library would take every flow that touches it. */
  function onSelectionEnd(event: MouseEvent) {
    if (seen.far) return onMarquee(event)
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
    const met = under({ x: event.clientX, y: event.clientY })
    const kind = met === undefined ? undefined : scene.box.get(met)?.kind
    if (met !== undefined && kind !== undefined && kind !== 'boundary' && met !== fromNode.id)
      run(connectElements, { source: fromNode.id, target: met })
    else if (met === undefined || kind === 'boundary') setLoose({ source: fromNode.id, at: pointOf(event) })
  }
  function onFocus(event: FocusEvent<HTMLElement>) {
    const id = event.target.closest<HTMLElement>('.react-flow__node, .react-flow__edge')?.dataset.id
    if (id) setFocused(id)
    // A pointer selects by its click, which may add to what is selected; everything else selects by focus.
    if (id && !isPointing.current && !selection.has(id)) run(selectObjects, [id])
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears which box has the focus
    <div
      className={`${styles.canvas} ${tool === 'select' ? '' : styles.armed} ${seen.far ? styles.far : ''}`}
      data-place="canvas"
      ref={surface}
      onFocus={onFocus}
      onDoubleClick={onDoubleClick}
      onMouseDownCapture={onMouseDownCapture}
      {...pointer}
      onPointerDownCapture={event => {
        pointer.onPointerDownCapture(event)
        // Empty ground takes no focus by itself, and the keys of the drawing count where the focus is.
        if (event.target instanceof Element && event.target.matches('.react-flow__pane'))
          stageOf(surface.current)?.focus({ preventScroll: true })
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
        onEdgeClick={event => void place(event, undefined)}
        onSelectionEnd={onSelectionEnd}
        connectionMode={ConnectionMode.Loose}
        defaultViewport={start}
        minZoom={ZOOM.least}
        maxZoom={ZOOM.most}
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
        {seen.far ? (
          <FarLayer scene={scene} moved={moved} selection={selection} open={open} />
        ) : (
          <Background gap={24} size={1.2} color="var(--dots)" />
        )}
        {seen.far && hovered !== undefined && held.size === 0 ? <FarName scene={scene} id={hovered} /> : null}
        <Peers drawing={drawing} />
        {loose ? <ShapePicker {...loose} from={scene.box.get(loose.source)} onClose={() => setLoose(undefined)} /> : null}
        {scene.box.size > 0 ? <Overview scene={scene} selection={selection} /> : null}
      </ReactFlow>
    </div>
  )
}

function useOfferedCanvas(scene: Scene): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  useEffect(() => {
    const fitTo = (rect: Rect) => void flow.setViewport(viewOn(rect, store.getState()), { duration: 180 })
    const middle = () => {
      const box = document.querySelector('.react-flow')?.getBoundingClientRect()
      return flow.screenToFlowPosition({
        x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.top ?? 0) + (box?.height ?? 0) / 2,
      })
    }
    return offerCanvas({
      fit: () => fitTo(scene.bounds),
      reveal: ids => {
        const places = placesOf(scene, ids)
        const seen = seenBy(flow)
        if (places.length === 0) return
        const { x, y, width, height } = around(places)
        const isSeen = x + width > seen.x && y + height > seen.y && x < seen.x + seen.width && y < seen.y + seen.height
        if (!isSeen) void flow.setCenter(x + width / 2, y + height / 2, { zoom: flow.getZoom(), duration: 180 })
      },
      sees: places => {
        const seen = seenBy(flow)
        return places.some(({ x, y }) => x !== undefined && y !== undefined && holds(seen, { x, y }))
      },
      fitSelection: ids => {
        const rects = placesOf(scene, ids)
        if (rects.length > 0) fitTo(around(rects))
      },
      centre: middle,
      zoom: by => void (by === 'in' ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 })),
    })
  }, [flow, store, scene])
}

function placesOf(scene: Scene, ids: readonly string[]): readonly Rect[] {
  return ids.flatMap(id => scene.box.get(id) ?? scene.route.get(id) ?? [])
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

/** Keeps everything in view while the room changes, until the person chooses a view of their own. */
function useFitWhileUntouched(scene: Scene, beganEmpty: boolean) {
  const flow = useReactFlow()
  const surface = useRef<HTMLDivElement>(null)
  const isTouched = useRef(beganEmpty)
  const bounds = useRef(scene.bounds)
  useEffect(() => {
    bounds.current = scene.bounds
  }, [scene])
  useEffect(() => {
    if (!surface.current) return
    const watch = new ResizeObserver(([entry]) => {
      if (!isTouched.current && entry) void flow.setViewport(viewOn(bounds.current, entry.contentRect))
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

/** A name is typed where it can be read: whoever renames from far is taken there. */
function useCloserToRename(scene: Scene, renaming: string | undefined, isFar: boolean): void {
  const flow = useReactFlow()
  useEffect(() => {
    const at = renaming === undefined || !isFar ? undefined : middleOf(scene, renaming)
    if (at) void flow.setCenter(at.x, at.y, { zoom: 0.8 })
  }, [flow, scene, renaming, isFar])
}

/** Dragging a frame around things selects them; seen from far the canvas library knows too few of them to do it. */
function useMarquee(scene: Scene, isFar: boolean, downAt: RefObject<Point | undefined>) {
  const run = useRun()
  const flow = useReactFlow()
  return (event: MouseEvent) => {
    if (!isFar || !downAt.current) return
    const corners = [downAt.current, { x: event.clientX, y: event.clientY }]
    const points = corners.map(point => flow.screenToFlowPosition(point, { snapToGrid: false }))
    run(selectObjects, thingsWithin(scene, around(points.map(point => ({ ...point, width: 0, height: 0 })))))
  }
}
