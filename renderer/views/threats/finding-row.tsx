import { type MouseEvent, memo } from 'react'
import { riskOf } from '../../../core/mitigations/risk.ts'
import { inWords } from '../../state/attribute-words.ts'
import { ATTENTION_NAMES, DECISION_NAMES } from '../../state/words.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { CommentMark } from '../../ui/comment-mark.tsx'
import { Keys } from '../../ui/keys.tsx'
import { PeerMarks } from '../../ui/peer-marks.tsx'
import { RiskBadge } from '../../ui/risk-badge.tsx'
import table from '../../ui/table.module.css'
import { t } from '../../words/translate.ts'
import { CategoryTiles } from './category-tile.tsx'
import styles from './findings-table.module.css'
import { standingName } from './standing-words.ts'
import type { RegisterLine } from './threats-model.ts'

type Props = {
  readonly line: RegisterLine
  /** Its place in the whole list, from 0. */
  readonly index: number
  readonly isSelected: boolean
  readonly isMarked: boolean
  /** The one row of the table that Tab reaches. */
  readonly isStop: boolean
  readonly onSelect: (id: string) => void
  readonly onMark: (id: string) => void
  readonly onClick: (event: MouseEvent, id: string) => void
}

/** One finding or threat: what, why, where, and where it stands. Suggestions are grey until somebody takes them. */
export const FindingRow = memo(function FindingRow({ line, index, isSelected, isMarked, isStop, ...does }: Props) {
  const { id, title, subject, found } = line
  const isGhost = line.standing === 'triage' || line.standing === 'later'
  return (
    <tr
      className={`${table.row} ${styles.line}`}
      data-current={isSelected}
      data-ghost={isGhost}
      data-marked={isMarked}
      data-id={id}
      data-focus={`object ${id}`}
      tabIndex={isStop ? 0 : -1}
      aria-rowindex={index + 2}
      aria-label={labelFor(line, isMarked)}
      onFocus={event => (event.target === event.currentTarget && !isSelected ? does.onSelect(id) : undefined)}
      onClick={event => does.onClick(event, id)}
    >
      <td className={styles.markColumn}>
        {found ? (
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('Mark {{id}}', { id })}
            checked={isMarked}
            onClick={event => event.stopPropagation()}
            onChange={() => does.onMark(id)}
          />
        ) : null}
      </td>
      <td>
        <CategoryTiles categories={line.categories} privacy={line.privacy} />
      </td>
      <td>
        <span className={styles.title} title={title}>
          {title} <PeerMarks id={id} />
          <CommentMark id={id} />
        </span>
        <span className={styles.why}>{whyOf(line)}</span>
      </td>
      <td className={styles.onColumn}>
        <span className={styles.subject} title={subject}>
          {subject || t('nothing drawn')}
        </span>
      </td>
      <td className={styles.stateColumn}>
        <span className={styles.state}>
          {isGhost && isSelected ? (
            <span className={styles.keys} aria-hidden>
              <Keys chord="Tab" /> {t('take')} <Keys chord="⌫" /> {t('leave')}
            </span>
          ) : (
            <StateBadge line={line} />
          )}
        </span>
      </td>
    </tr>
  )
})

function labelFor({ title, standing, found }: RegisterLine, isMarked: boolean): string {
  const isAsking = standing === 'triage' || standing === 'later'
  const sources = found?.others.length ?? 0
  return [
    title,
    isAsking ? t('undecided') : found && found.decision.state !== 'undecided' ? DECISION_NAMES[found.decision.state] : '',
    isAsking ? t('suggested') : standingName(standing),
    ...(sources > 0 ? [t('{{count}} sources', { count: sources + 1 })] : []),
    ...(isMarked ? [t('marked')] : []),
  ]
    .filter(Boolean)
    .join(', ')
}

function whyOf({ found, standing }: RegisterLine): string {
  if (!found) return t('Written by hand.')
  const { finding, others } = found
  const more = others.length > 0 ? ` +${t('{{count}} sources', { count: others.length })}` : ''
  if (finding.suppressedBy && standing === 'kept') return inWords(finding.suppressedBy.states)
  if (standing === 'triage' && finding.attentionReasons.length > 0)
    return `${finding.attentionReasons.map(reason => ATTENTION_NAMES[reason] ?? reason).join(', ')}. ${inWords(finding.reason)}${more}`
  return `${inWords(finding.reason)}${more}`
}

const TONES: Readonly<Record<RegisterLine['standing'], Tone>> = {
  triage: 'warn',
  later: 'plain',
  open: 'bad',
  mitigated: 'good',
  accepted: 'info',
  notApplicable: 'plain',
  duplicate: 'plain',
  kept: 'plain',
  gone: 'plain',
}

function StateBadge({ line: { standing, found } }: { readonly line: RegisterLine }) {
  if (standing === 'triage' || standing === 'later') {
    const { decided, of } = found?.decision ?? { decided: 0, of: 1 }
    if (decided > 0) return <Badge tone="warn">{t('{{decided}} of {{of}} decided', { decided, of })}</Badge>
    return found ? <RiskBadge risk={riskOf(found.finding.likelihood, found.finding.impact)} /> : null
  }
  return <Badge tone={TONES[standing]}>{standing === 'duplicate' ? t('Duplicate') : standingName(standing)}</Badge>
}
