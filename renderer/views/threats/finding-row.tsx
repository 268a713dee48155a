import { memo, useEffect, useRef } from 'react'
import { ATTENTION_NAMES, CATEGORY_NAMES, DECISION_NAMES, letterOf } from '../../state/words.ts'
import { Badge } from '../../ui/badge.tsx'
import table from '../../ui/table.module.css'
import type { FindingLine } from './threats-model.ts'
import styles from './threats-view.module.css'

type Props = {
  readonly line: FindingLine
  readonly isSelected: boolean
  readonly isMarked: boolean
  /** The one row of the table that Tab reaches. */
  readonly isStop: boolean
  readonly onSelect: (id: string) => void
  readonly onMark: (id: string) => void
}

/** One finding: what, where, why now, and what was decided. */
export const FindingRow = memo(function FindingRow({ line, isSelected, isMarked, isStop, onSelect, onMark }: Props) {
  const { finding, subject, decision } = line
  const { id } = finding
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isSelected])
  return (
    <tr
      ref={row}
      className={table.row}
      data-current={isSelected}
      data-id={id}
      data-focus={`object ${id}`}
      tabIndex={isStop ? 0 : -1}
      aria-label={`${finding.title}, ${decision ? DECISION_NAMES[decision.decision] : 'undecided'}${isMarked ? ', marked' : ''}`}
      onFocus={event => (event.target === event.currentTarget && !isSelected ? onSelect(id) : undefined)}
      onClick={event => {
        onSelect(id)
        event.currentTarget.focus()
      }}
    >
      <td className={styles.markColumn}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Mark ${id}`}
          checked={isMarked}
          onClick={event => event.stopPropagation()}
          onChange={() => onMark(id)}
        />
      </td>
      <td>
        {finding.categories.map(category => (
          <span key={category} className={styles.category}>
            <span className={styles.letter} aria-hidden>
              {letterOf(category)}
            </span>
            <span className={styles.word}>{CATEGORY_NAMES[category]}</span>
          </span>
        ))}
      </td>
      <td className={styles.titleCell}>{finding.title}</td>
      <td>{subject}</td>
      <td className={styles.why}>
        {finding.applicability === 'gone'
          ? finding.reason
          : finding.attentionReasons.map(reason => ATTENTION_NAMES[reason] ?? reason).join(', ')}
      </td>
      <td>
        {decision ? (
          <Badge tone={decision.decision === 'real' ? 'bad' : 'good'}>{DECISION_NAMES[decision.decision]}</Badge>
        ) : (
          <Badge tone={finding.attention === 'now' ? 'warn' : 'plain'}>Undecided</Badge>
        )}
      </td>
    </tr>
  )
})
