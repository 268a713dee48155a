import { Cog, Database, MoveRight, SquareDashed, User } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { type OutlineRow, outlineOf } from '../../../core/dfd/outline.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Design } from '../../../core/model/types.ts'
import { selectObjects } from '../../commands/definitions/select.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { kindName } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Empty } from '../../ui/empty.tsx'
import { PeerMarks } from '../../ui/peer-marks.tsx'
import styles from './model-view.module.css'

const ICONS = { process: Cog, dataStore: Database, externalEntity: User, boundary: SquareDashed, flow: MoveRight } as const

/** The drawing as a tree: the same things, the same keys, no pointer needed. */
export function Outline() {
  const design = useDesign()
  const rows = outlineOf(design)
  const run = useRun()
  const selected = useSession(session => session.selection[0])
  const tree = useRef<HTMLDivElement>(null)
  const current = rows.find(row => row.id === selected) ?? rows[0]
  if (rows.length === 0) return <Empty title="Nothing is drawn yet." />

  function onKeyDown(event: KeyboardEvent) {
    const at = rows.findIndex(row => row.id === current?.id)
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: rows.length - 1,
      ArrowLeft: rows.findIndex(row => row.id === current?.under),
    }[event.key]
    const next = to === undefined ? undefined : rows[to]
    if (!next) return
    event.preventDefault()
    run(selectObjects, [next.id])
    tree.current?.querySelector<HTMLElement>(`[data-id="${next.id}"]`)?.focus()
  }

  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Outline of the model"
      className={styles.outline}
      data-place="canvas"
      onKeyDown={onKeyDown}
    >
      {rows.map(row => {
        const kind = kindOf(design, row)
        const Icon = ICONS[kind]
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree holds the keys
          <div
            key={row.id}
            role="treeitem"
            aria-level={row.depth + 1}
            aria-selected={row.id === selected}
            aria-label={`${kindName(kind)} ${textOf(design, row)}`}
            tabIndex={row.id === current?.id ? 0 : -1}
            data-id={row.id}
            {...(row.id === current?.id ? { 'data-focus': 'outline' } : {})}
            className={`${styles.row} ${styles[`depth${Math.min(6, row.depth)}`]}`}
            onClick={() => run(selectObjects, [row.id])}
          >
            <Icon size={14} aria-hidden className={row.kind === 'boundary' ? styles.boundaryIcon : ''} />
            <span
              className={`${styles.rowName} ${row.kind === 'boundary' ? styles.boundaryName : row.kind === 'flow' ? styles.flowName : ''}`}
            >
              {textOf(design, row)}
            </span>
            <PeerMarks id={row.id} />
          </div>
        )
      })}
    </div>
  )
}

function kindOf(design: Design, row: OutlineRow): keyof typeof ICONS {
  if (row.kind !== 'element') return row.kind
  return design.elements[row.id]?.kind ?? 'process'
}

function textOf(design: Design, row: OutlineRow): string {
  if (row.kind !== 'flow') return labelOf(design, row.id)
  const flow = design.flows[row.id]
  const to = flow?.target === undefined ? 'a loose end' : labelOf(design, flow.target)
  const name = flow?.name ?? row.id
  // A flow that nobody named is called after its ends; saying the end twice helps nobody.
  return `${name.endsWith(` to ${to}`) ? name : `${name} to ${to}`}${flow?.protocol ? `, ${flow.protocol}` : ''}`
}
