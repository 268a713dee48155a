import { ChevronRight, Cog, Database, MoveRight, SquareDashed, User } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { openCounts } from '../../../core/comments/threads.ts'
import { type OutlineRow, outlineOf } from '../../../core/dfd/outline.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Design } from '../../../core/model/types.ts'
import { selectObjects } from '../../commands/definitions/select.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { kindName } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { CommentMark } from '../../ui/comment-mark.tsx'
import { Empty } from '../../ui/empty.tsx'
import { PeerMarks } from '../../ui/peer-marks.tsx'
import { t } from '../../words/translate.ts'
import styles from './outline.module.css'
import { parentsIn, placesIn, rowStarting, visibleRows } from './outline-model.ts'

const ICONS = { process: Cog, dataStore: Database, externalEntity: User, boundary: SquareDashed, flow: MoveRight } as const

type Props = {
  /** Open findings by object. */
  readonly open: ReadonlyMap<string, number>
}

/** The drawing as a tree: the same things, the same keys, no pointer needed. */
export function Outline({ open }: Props) {
  const design = useDesign()
  const all = useMemo(() => outlineOf(design), [design])
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => visibleRows(all, folded), [all, folded])
  const places = useMemo(() => placesIn(all), [all])
  const parents = useMemo(() => parentsIn(all), [all])
  const said = openCounts(design.comments)
  const run = useRun()
  const selected = useSession(session => session.selection)
  const tree = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const current = rows.find(row => row.id === selected[0]) ?? rows[0]
  if (rows.length === 0)
    return (
      <div tabIndex={-1} data-focus="outline" data-place="canvas">
        <Empty title={t('Nothing is drawn yet.')} />
      </div>
    )

  function goTo(next: OutlineRow | undefined) {
    if (!next) return
    run(selectObjects, [next.id])
    tree.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(next.id)}"]`)?.focus()
  }
  function fold(id: string, isFolded: boolean) {
    const next = new Set(folded)
    if (isFolded) next.add(id)
    else next.delete(id)
    setFolded(next)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return
    const at = rows.indexOf(current)
    const isParent = parents.has(current.id)
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => goTo(rows[at + 1]),
      ArrowUp: () => goTo(rows[at - 1]),
      Home: () => goTo(rows[0]),
      End: () => goTo(rows.at(-1)),
      ArrowRight: () =>
        isParent && folded.has(current.id) ? fold(current.id, false) : isParent ? goTo(rows[at + 1]) : undefined,
      ArrowLeft: () =>
        isParent && !folded.has(current.id) ? fold(current.id, true) : goTo(rows.find(row => row.id === current.under)),
      '*': () => setFolded(new Set()),
    }
    const move = moves[event.key]
    if (move && !event.shiftKey) {
      event.preventDefault()
      move()
    }
  }
  /** Letters with Shift find a row by its name: bare letters are commands here, as on the canvas. */
  function onKeyDownCapture(event: KeyboardEvent) {
    if (!event.shiftKey || event.key.length !== 1 || event.ctrlKey || event.metaKey || !/[\p{L}\p{N}]/u.test(event.key)) return
    const isOn = event.timeStamp - typed.current.at < 700
    typed.current = { text: isOn ? typed.current.text + event.key : event.key, at: event.timeStamp }
    const texts = rows.map(row => textOf(design, row))
    const found = rowStarting(texts, typed.current.text, current ? rows.indexOf(current) : 0)
    if (found < 0) return
    event.preventDefault()
    event.stopPropagation()
    goTo(rows[found])
  }

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={t('Outline of the model')}
      aria-multiselectable
      className={styles.outline}
      data-place="canvas"
      onKeyDown={onKeyDown}
      onKeyDownCapture={onKeyDownCapture}
    >
      {rows.map(row => {
        const kind = kindOf(design, row)
        const Icon = ICONS[kind]
        const place = places.get(row.id)
        const isParent = parents.has(row.id)
        const findings = open.get(row.id) ?? 0
        const count = findings > 0 ? t('{{count}} open', { count: findings }) : ''
        const comments = said.get(row.id) ?? 0
        const talk = comments > 0 ? t('{{count}} open comments', { count: comments }) : ''
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree holds the keys
          <div
            key={row.id}
            role="treeitem"
            aria-level={row.depth + 1}
            aria-posinset={place?.at}
            aria-setsize={place?.of}
            aria-expanded={isParent ? !folded.has(row.id) : undefined}
            aria-selected={selected.includes(row.id)}
            aria-label={[`${kindName(kind)} ${textOf(design, row)}`, count, talk].filter(Boolean).join(', ')}
            tabIndex={row.id === current?.id ? 0 : -1}
            data-id={row.id}
            {...(row.id === current?.id ? { 'data-focus': 'outline' } : {})}
            className={`${styles.row} ${styles[`depth${Math.min(8, row.depth)}`] ?? ''}`}
            onClick={event => run(selectObjects, event.shiftKey || event.ctrlKey ? toggled(selected, row.id) : [row.id])}
          >
            {isParent ? (
              // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys do the same
              // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys do the same
              <span
                className={`${styles.fold} ${folded.has(row.id) ? '' : styles.unfolded}`}
                onClick={event => {
                  event.stopPropagation()
                  fold(row.id, !folded.has(row.id))
                }}
              >
                <ChevronRight size={14} aria-hidden />
              </span>
            ) : (
              <span className={styles.fold} />
            )}
            <Icon size={14} aria-hidden className={row.kind === 'boundary' ? styles.boundaryIcon : styles.icon} />
            <span
              className={`${styles.name} ${row.kind === 'boundary' ? styles.boundary : row.kind === 'flow' ? styles.flow : ''}`}
            >
              {textOf(design, row)}
            </span>
            <PeerMarks id={row.id} />
            <CommentMark id={row.id} />
            {count ? <span className={styles.count}>{count}</span> : null}
          </div>
        )
      })}
    </div>
  )
}

function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id]
}

function kindOf(design: Design, row: OutlineRow): keyof typeof ICONS {
  if (row.kind !== 'element') return row.kind
  return design.elements[row.id]?.kind ?? 'process'
}

function textOf(design: Design, row: OutlineRow): string {
  if (row.kind !== 'flow') return labelOf(design, row.id)
  const flow = design.flows[row.id]
  const to = flow?.target === undefined ? t('a loose end') : labelOf(design, flow.target)
  const name = flow?.name ?? row.id
  // A flow that nobody named is called after its ends; saying the end twice helps nobody.
  const text = name.endsWith(` to ${to}`) ? name : t('{{name}} to {{end}}', { name, end: to })
  return `${text}${flow?.protocol ? `, ${flow.protocol}` : ''}`
}
