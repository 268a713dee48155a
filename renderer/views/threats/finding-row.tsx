import { memo, useEffect, useRef } from 'react'
import { inWords } from '../../state/attribute-words.ts'
import { ATTENTION_NAMES, counted, DECISION_NAMES } from '../../state/words.ts'
import { Badge } from '../../ui/badge.tsx'
import { PeerMarks } from '../../ui/peer-marks.tsx'
import table from '../../ui/table.module.css'
import { CategoryTiles } from './category-tile.tsx'
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
  const { finding, others, subject } = line
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
      aria-label={labelFor(line, isMarked)}
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
        <CategoryTiles finding={finding} />
      </td>
      <td className={styles.titleCell}>
        {finding.title} <PeerMarks id={id} />{' '}
        {others.length > 0 ? <span className={styles.sources}>+{counted(others.length, 'source')}</span> : null}
      </td>
      <td className={styles.subject}>{subject}</td>
      <td className={styles.why}>{whyOf(line)}</td>
      <td>
        <DecisionBadge line={line} />
      </td>
    </tr>
  )
})

function labelFor({ finding, others, decision }: FindingLine, isMarked: boolean): string {
  const state = decision.state === 'undecided' ? 'undecided' : DECISION_NAMES[decision.state]
  return [
    finding.title,
    state,
    ...(others.length > 0 ? [`${others.length + 1} sources`] : []),
    ...(isMarked ? ['marked'] : []),
  ].join(', ')
}

function whyOf({ finding }: FindingLine): string {
  if (finding.applicability === 'gone') return finding.reason
  if (finding.suppressedBy) return inWords(finding.suppressedBy.states)
  return finding.attentionReasons.map(reason => ATTENTION_NAMES[reason] ?? reason).join(', ')
}

function DecisionBadge({ line: { finding, decision } }: { readonly line: FindingLine }) {
  if (decision.state !== 'undecided')
    return <Badge tone={decision.state === 'real' ? 'bad' : 'good'}>{DECISION_NAMES[decision.state]}</Badge>
  if (finding.applicability === 'suppressed' && decision.decided === 0) return <Badge>Kept back</Badge>
  return (
    <Badge tone={finding.attention === 'now' ? 'warn' : 'plain'}>
      {decision.decided > 0 ? `${decision.decided} of ${decision.of} decided` : 'Undecided'}
    </Badge>
  )
}
