import { editOneRequirement } from '../../commands/definitions/scope.ts'
import { selectObjects } from '../../commands/definitions/select.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { PeerMarks } from '../../ui/peer-marks.tsx'
import { RequirementHintLine } from './requirement-hint.tsx'
import { EARS_NAMES, type RequirementLine } from './scope-model.ts'
import styles from './scope-view.module.css'

const SHOWN_HINTS = 4

/** One requirement: its words to edit in place, its pattern, and what could be said better. */
export function RequirementRow({ line }: { readonly line: RequirementLine }) {
  const { row, pattern, hints } = line
  const run = useRun()
  const isCurrent = useSession(session => session.selection[0] === row.id)
  return (
    <li
      className={styles.requirement}
      data-current={isCurrent}
      data-retired={row.status === 'retired'}
      onFocus={() => (isCurrent ? undefined : run(selectObjects, [row.id]))}
    >
      <span>
        <Chip id={row.id} />
        <PeerMarks id={row.id} />
      </span>
      <span className={styles.ears}>
        <Badge tone={pattern === 'none' ? 'plain' : 'accent'}>{EARS_NAMES[pattern]}</Badge>
      </span>
      <DraftField
        label={`Statement of ${row.id}`}
        hideLabel
        bare
        multiline
        value={row.statement}
        focus={`object ${row.id}`}
        onCommit={statement => run(editOneRequirement, { id: row.id, fields: { statement } })}
        onEnter={focusNew}
      />
      <span className={styles.status}>
        {row.status === 'approved' ? (
          <Badge tone="good">Approved</Badge>
        ) : (
          <Badge>{row.status === 'draft' ? 'Draft' : 'Retired'}</Badge>
        )}
      </span>
      {hints.length > 0 ? (
        <ul className={styles.hints} aria-label={`Hints for ${row.id}`}>
          {hints.slice(0, SHOWN_HINTS).map(hint => (
            <RequirementHintLine key={`${hint.rule} ${hint.offset}`} hint={hint} requirement={row} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}

function focusNew(): void {
  document.querySelector<HTMLElement>('[data-focus="new-requirement"]')?.focus()
}
