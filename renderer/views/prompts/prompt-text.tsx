import { MessageSquareText, Pencil } from 'lucide-react'
import { type KeyboardEvent, memo, useEffect, useMemo, useState } from 'react'
import { openRemarks } from '../../../core/prompts/remarks.ts'
import { useDesign } from '../../state/workbench.ts'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { useLit, usePoint } from './lit.ts'
import { Origin } from './origin.tsx'
import styles from './prompt-text.module.css'
import { type GutterLine, lookOf, tellingFirst } from './prompts-model.ts'

const IN_GUTTER = 3

type Props = {
  readonly lines: readonly GutterLine[]
  /** The lines are of an old version: their origins are read from the ids they name. */
  readonly isOld: boolean
}

/** The prompt line by line; the gutter says which requirement, threat or mitigation put a line there. One tab stop, arrows walk. */
export function PromptText({ lines, isOld }: Props) {
  const design = useDesign()
  const { line: pointed, id } = useLit()
  const point = usePoint()
  const [current, setCurrent] = useState(1)
  const ids = useMemo(() => new Set(lines.flatMap(line => line.from)), [lines])
  const remarked = useMemo(() => new Set(openRemarks(design, ids).map(row => row.anchor.id)), [design, ids])
  useEffect(() => setCurrent(at => Math.min(at, lines.length)), [lines])
  return (
    <section aria-label={t('Prompt text')} className={styles.lines}>
      {/** biome-ignore lint/a11y/useSemanticElements: a table would not scroll as one text with a gutter */}
      <div
        role="grid"
        aria-label={isOld ? t('Lines and the ids they name') : t('Lines and where they come from')}
        onKeyDown={walk}
      >
        {lines.map(line => (
          <Line
            key={line.number}
            line={line}
            isCurrent={line.number === current}
            isPointed={pointed?.number === line.number}
            isLit={id !== undefined && line.from.includes(id)}
            litId={id !== undefined && line.from.includes(id) ? id : undefined}
            isRemarked={line.from.some(one => remarked.has(one))}
            onPoint={point.atLine}
            onFocus={setCurrent}
          />
        ))}
      </div>
    </section>
  )
}

type LineProps = {
  readonly line: GutterLine
  readonly isCurrent: boolean
  readonly isPointed: boolean
  readonly isLit: boolean
  readonly litId: string | undefined
  readonly isRemarked: boolean
  readonly onPoint: (line: GutterLine) => void
  readonly onFocus: (line: number) => void
}

const Line = memo(function Line({ line, isCurrent, isPointed, isLit, litId, isRemarked, onPoint, onFocus }: LineProps) {
  const isBlank = line.text.trim() === ''
  const ids = tellingFirst(line.from)
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid around it
    <div
      role="row"
      tabIndex={isCurrent ? 0 : -1}
      className={styles.row}
      data-focus={`prompt line ${line.number}`}
      data-line={line.number}
      data-blank={isBlank}
      data-edited={line.edited !== undefined}
      data-lit={isLit}
      data-pointed={isPointed}
      onMouseEnter={() => (isBlank ? undefined : onPoint(line))}
      onFocus={() => {
        onFocus(line.number)
        if (!isBlank) onPoint(line)
      }}
    >
      {/** biome-ignore lint/a11y/useSemanticElements: see the grid around it */}
      <span role="cell" lang={CONTENT_LANGUAGE} className={`${styles.text} ${styles[lookOf(line.text)]}`}>
        {line.text || ' '}
      </span>
      {/** biome-ignore lint/a11y/useSemanticElements: see the grid around it */}
      <span role="cell" className={styles.gutter}>
        {line.edited ? <Pencil size={12} role="img" aria-label={t('Edited by hand')} /> : null}
        {isRemarked ? <MessageSquareText size={13} role="img" aria-label={t('Somebody argues with this line')} /> : null}
        {ids.slice(0, IN_GUTTER).map(id => (
          <Origin key={id} id={id} isLit={isPointed || id === litId} tabIndex={-1} />
        ))}
        {ids.length > IN_GUTTER ? (
          <span className={styles.more} title={ids.slice(IN_GUTTER).join(', ')}>
            +{ids.length - IN_GUTTER}
          </span>
        ) : null}
      </span>
    </div>
  )
})

/** Up and down from line to line, right into the origins of a line, left and Escape back out. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target as HTMLElement
  const row = from.closest<HTMLElement>('[role="row"]')
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="row"]:not([data-blank="true"])')]
  const next = row ? stepFrom(from, row, { rows, key: event.key }) : undefined
  if (!next) return
  event.preventDefault()
  next.focus()
}

type Walk = { readonly rows: readonly HTMLElement[]; readonly key: string }

function stepFrom(from: HTMLElement, row: HTMLElement, { rows, key }: Walk): HTMLElement | undefined {
  const at = rows.indexOf(row)
  const origins = [...row.querySelectorAll<HTMLElement>('button')]
  const inside = origins.indexOf(from)
  switch (key) {
    case 'ArrowDown':
      return rows[at + 1] ?? rows.find(other => Number(other.dataset.line) > Number(row.dataset.line))
    case 'ArrowUp':
      return at < 0 ? rows.findLast(other => Number(other.dataset.line) < Number(row.dataset.line)) : rows[at - 1]
    case 'PageDown':
      return rows[Math.min(rows.length - 1, at + 12)]
    case 'PageUp':
      return rows[Math.max(0, at - 12)]
    case 'Home':
      return rows[0]
    case 'End':
      return rows.at(-1)
    case 'Enter':
      return inside < 0 ? origins[0] : undefined
    case 'ArrowRight':
      return origins[inside + 1]
    case 'ArrowLeft':
      return inside > 0 ? origins[inside - 1] : inside === 0 ? row : undefined
    case 'Escape':
      return inside >= 0 ? row : undefined
    default:
      return undefined
  }
}
