import { Check, TriangleAlert } from 'lucide-react'
import { toggleRequirement } from '../../commands/definitions/approve.ts'
import { indentRequirement, outdentRequirement } from '../../commands/definitions/requirement-outline.ts'
import { editOneRequirement } from '../../commands/definitions/scope.ts'
import { selectObjects } from '../../commands/definitions/select.ts'
import { siblingAbove } from '../../state/requirement-order.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { PeerMarks } from '../../ui/peer-marks.tsx'
import { t } from '../../words/translate.ts'
import { RequirementHintLine } from './requirement-hint.tsx'
import { earsName, type RequirementLine } from './scope-model.ts'
import styles from './scope-view.module.css'

const SHOWN_HINTS = 4
/** Deeper ones are drawn no further in: the words need the room. */
const DEEPEST = 4

/** One requirement: its words to edit in place, its pattern, and what could be said better. */
export function RequirementRow({ line }: { readonly line: RequirementLine }) {
  const { row, depth, pattern, hints } = line
  const { id } = row
  const design = useDesign()
  const run = useRun()
  const isCurrent = useSession(session => session.selection[0] === id)
  const isMarked = useSession(session => session.markedRequirements.includes(id))
  return (
    <li
      className={styles.requirement}
      data-current={isCurrent}
      data-retired={row.status === 'retired'}
      data-requirement={id}
      data-depth={Math.min(depth, DEEPEST)}
      onFocus={() => (isCurrent ? undefined : run(selectObjects, [id]))}
    >
      <span className={styles.mark}>
        {row.status === 'draft' ? (
          <input
            type="checkbox"
            aria-label={t('Mark {{id}}', { id })}
            checked={isMarked}
            onChange={() => run(toggleRequirement, id)}
          />
        ) : null}
      </span>
      <span className={styles.mark}>
        {hints.length > 0 ? (
          <TriangleAlert size={14} aria-label={t('{{count}} hints', { count: hints.length })} className={styles.warn} />
        ) : (
          <Check size={14} aria-label={t('no hint')} className={styles.good} />
        )}
      </span>
      <span className={styles.id}>
        {depth > 0 ? <span className="visually-hidden">{t('part of {{id}}', { id: row.parent ?? '' })}</span> : null}
        <Chip id={id} />
        <PeerMarks id={id} />
      </span>
      <span className={styles.ears}>
        <Badge tone={pattern === 'none' ? 'plain' : 'accent'}>{earsName(pattern)}</Badge>
      </span>
      <DraftField
        label={t('Statement of {{id}}', { id })}
        hideLabel
        bare
        multiline
        value={row.statement}
        focus={`object ${id}`}
        onCommit={statement => run(editOneRequirement, { id, fields: { statement } })}
        onEnter={() => focusAfter(id)}
        onTab={by => {
          const canMove = by === 1 ? siblingAbove(design, id) !== undefined : row.parent !== undefined
          if (canMove) run(by === 1 ? indentRequirement : outdentRequirement)
          return canMove
        }}
      />
      <span className={styles.status}>
        {row.priority ? <span className={styles.priority}>{priorityName(row.priority)}</span> : null}
        {row.status === 'approved' ? (
          <Badge tone="good">{t('Approved')}</Badge>
        ) : (
          <Badge>{row.status === 'draft' ? t('Draft') : t('Retired')}</Badge>
        )}
      </span>
      {hints.length > 0 ? (
        <ul className={styles.hints} aria-label={t('Hints for {{id}}', { id })}>
          {hints.slice(0, SHOWN_HINTS).map(hint => (
            <RequirementHintLine key={`${hint.rule} ${hint.offset}`} hint={hint} requirement={row} />
          ))}
          {hints.length > SHOWN_HINTS ? (
            <li className={styles.hint}>{t('and {{count}} more', { count: hints.length - SHOWN_HINTS })}</li>
          ) : null}
        </ul>
      ) : null}
    </li>
  )
}

function priorityName(priority: NonNullable<RequirementLine['row']['priority']>): string {
  return { must: t('Must'), should: t('Should'), could: t('Could') }[priority]
}

/** The next sentence, or the line where a new one is written. */
function focusAfter(id: string): void {
  const next = document.querySelector(`[data-requirement="${CSS.escape(id)}"] + [data-requirement] textarea`)
  const field = next ?? document.querySelector('[data-focus="new-requirement"]')
  if (field instanceof HTMLElement) field.focus()
}
