import { useStore, useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useInk } from './far-ink.ts'
import styles from './far-layer.module.css'
import type { Look } from './far-paint.ts'
import { type FarPainter, farPainter } from './far-painter.ts'
import { middleOf, type Scene } from './scene.ts'

type Props = Omit<Look, 'ink'>

/** The drawing seen from far, as pictures. Eyes only: what is hovered, focused or selected is mounted over it, and Tab walks all. */
export function FarLayer({ scene, moved, selection, open }: Props) {
  const [probe, setProbe] = useState<HTMLElement | null>(null)
  const pictures = useRef<HTMLDivElement>(null)
  const painter = useRef<FarPainter>(undefined)
  const store = useStoreApi()
  const ink = useInk(probe)
  const look = useMemo(() => (ink ? { scene, moved, selection, open, ink } : undefined), [scene, moved, selection, open, ink])
  useEffect(() => {
    if (!pictures.current) return
    const made = farPainter(pictures.current, styles.picture ?? '')
    painter.current = made
    const tell = ({ transform: [x, y, zoom], width, height }: ReturnType<typeof store.getState>) =>
      made.move({ x, y, zoom }, { width, height })
    tell(store.getState())
    let before = store.getState()
    const leave = store.subscribe(now => {
      if (now.transform !== before.transform || now.width !== before.width || now.height !== before.height) tell(now)
      before = now
    })
    return () => {
      leave()
      made.stop()
    }
  }, [store])
  useEffect(() => {
    if (look) painter.current?.show(look)
  }, [look])
  return (
    <div className={styles.layer} aria-hidden data-far>
      <div ref={pictures} />
      <span ref={setProbe} className={styles.probe} />
    </div>
  )
}

/** The name of what the pointer is on, in a size that can be read. */
export function FarName({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const [x, y, zoom] = useStore(store => store.transform)
  const chip = useRef<HTMLSpanElement>(null)
  const at = middleOf(scene, id)
  const box = scene.box.get(id)
  const below = box ? box.y + (box.kind === 'boundary' ? 0 : box.height) : (at?.y ?? 0)
  useEffect(() => {
    if (!chip.current || !at) return
    chip.current.style.transform = `translate(${at.x * zoom + x}px, ${below * zoom + y + 6}px) translateX(-50%)`
  })
  return (
    <span ref={chip} className={styles.name} aria-hidden>
      {box?.name ?? scene.route.get(id)?.flow.name}
    </span>
  )
}
