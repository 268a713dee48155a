import { Panel, useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, useMemo, useRef } from 'react'
import { useSession } from '../state/session.ts'
import { t } from '../words/translate.ts'
import styles from './minimap.module.css'
import type { Rect, Scene } from './scene.ts'

type Props = { readonly scene: Scene; readonly selection: ReadonlySet<string> }

const ROOM = 60

/**
 * The whole drawing, small; pressing or dragging in it moves the view. It reads the drawing, since the canvas library knows only what is
 * in view, and draws thousands of boxes as three paths. The outline is its twin for keyboards and screen readers.
 */
export function Overview({ scene, selection }: Props) {
  const isShown = useSession(session => session.preferences.minimap)
  return isShown ? <Small scene={scene} selection={selection} /> : null
}

function Small({ scene, selection }: Props) {
  const flow = useReactFlow()
  const seen = useStore(
    ({ transform: [x, y, zoom], width, height }) => `${-x / zoom} ${-y / zoom} ${width / zoom} ${height / zoom}`,
  )
  const [left = 0, top = 0, width = 0, height = 0] = seen.split(' ').map(Number)
  const place = useRef<SVGSVGElement>(null)
  const boxes = useMemo(() => [...scene.box.values()], [scene])
  const boundaries = useMemo(() => pathOf(boxes.filter(box => box.kind === 'boundary')), [boxes])
  const elements = useMemo(() => pathOf(boxes.filter(box => box.kind !== 'boundary')), [boxes])
  const chosen = useMemo(() => pathOf(boxes.filter(box => selection.has(box.id))), [boxes, selection])
  const { bounds } = scene
  const view = { x: bounds.x - ROOM, y: bounds.y - ROOM, width: bounds.width + 2 * ROOM, height: bounds.height + 2 * ROOM }
  function go(event: PointerEvent<SVGSVGElement>) {
    if (event.buttons !== 1 || !place.current) return
    const matrix = place.current.getScreenCTM()?.inverse()
    if (!matrix) return
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix)
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() })
  }
  return (
    <Panel position="bottom-right" className={styles.map ?? ''}>
      <svg
        ref={place}
        role="img"
        aria-label={t('Minimap; the outline says the same in words')}
        viewBox={`${view.x} ${view.y} ${Math.max(1, view.width)} ${Math.max(1, view.height)}`}
        className={styles.picture}
        onPointerDown={event => {
          event.stopPropagation()
          event.currentTarget.setPointerCapture(event.pointerId)
          go(event)
        }}
        onPointerMove={go}
      >
        <path d={boundaries} className={styles.boundary} />
        <path d={elements} className={styles.box} />
        <path d={chosen} className={styles.selected} />
        <rect x={left} y={top} width={Math.max(0, width)} height={Math.max(0, height)} className={styles.seen} />
      </svg>
    </Panel>
  )
}

function pathOf(rects: readonly Rect[]): string {
  return rects.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join('')
}
