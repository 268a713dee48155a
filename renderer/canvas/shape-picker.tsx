import { ViewportPortal } from '@xyflow/react'
import { Circle, Database, type LucideIcon, Square } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { Point } from '../../core/dfd/geometry.ts'
import type { Element } from '../../core/model/types.ts'
import { placeConnected } from '../commands/definitions/model.ts'
import { useRun } from '../state/use-commands.ts'
import { kindName } from '../state/words.ts'
import { Keys } from '../ui/keys.tsx'
import { t } from '../words/translate.ts'
import type { DrawnBox } from './drawing.ts'
import styles from './shape-picker.module.css'

/** A drag that ended on empty space: from which element, and where. */
export type LooseEnd = { readonly source: string; readonly at: Point }

const SHAPES: readonly { readonly kind: Element['kind']; readonly chord: string; readonly Icon: LucideIcon }[] = [
  { kind: 'process', chord: 'P', Icon: Circle },
  { kind: 'dataStore', chord: 'S', Icon: Database },
  { kind: 'externalEntity', chord: 'E', Icon: Square },
]

type Props = LooseEnd & { readonly from: DrawnBox | undefined; readonly onClose: () => void }

/** Asks under the cursor what the flow leads to; arrows walk, the tool's letter chooses, Escape drops the flow. */
export function ShapePicker({ source, at, from, onClose }: Props) {
  const run = useRun()
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The library takes the focus when a drag ends; the picker comes after it.
    const frame = requestAnimationFrame(() => menu.current?.querySelector('button')?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])

  function choose(kind: Element['kind']) {
    onClose()
    run(placeConnected, { source, kind, at })
  }
  function leave() {
    onClose()
    document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(source)}"]`)?.focus()
  }
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
    const now = items.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: now + 1, ArrowUp: now - 1 + items.length, Home: 0, End: items.length - 1 }[event.key]
    const shape = SHAPES.find(one => one.chord === event.key.toUpperCase())
    if (event.key !== 'Enter' && event.key !== ' ') event.stopPropagation()
    if (event.key === 'Escape' || event.key === 'Tab') leave()
    else if (to !== undefined) items[to % items.length]?.focus()
    else if (shape && !event.ctrlKey && !event.metaKey && !event.altKey) choose(shape.kind)
    else return
    event.preventDefault()
  }
  return (
    <ViewportPortal>
      {from ? (
        <svg className={styles.pending} aria-hidden>
          <path d={`M${from.x + from.width / 2} ${from.y + from.height / 2}L${at.x} ${at.y}`} />
        </svg>
      ) : null}
      <div
        ref={menu}
        role="menu"
        tabIndex={-1}
        aria-label={t('What does the flow lead to?')}
        className={`${styles.picker} nodrag nopan nowheel`}
        style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
        onKeyDown={onKeyDown}
        onBlur={event => (event.currentTarget.contains(event.relatedTarget) ? undefined : onClose())}
      >
        {SHAPES.map(({ kind, chord, Icon }) => (
          <button key={kind} type="button" role="menuitem" className={styles.shape} onClick={() => choose(kind)}>
            <Icon size={15} aria-hidden />
            <span>{kindName(kind)}</span>
            <Keys chord={chord} />
          </button>
        ))}
      </div>
    </ViewportPortal>
  )
}
