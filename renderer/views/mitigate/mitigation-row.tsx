import { X } from 'lucide-react'
import { controlOf } from '../../../core/model/lookup.ts'
import type { Mitigation } from '../../../core/model/types.ts'
import { editStatement, removeAnswer, setStatus } from '../../commands/definitions/mitigate.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Pick } from '../../ui/pick.tsx'
import styles from './mitigate-view.module.css'

const STATUSES: readonly { readonly value: Mitigation['status']; readonly label: string }[] = [
  { value: 'planned', label: 'Planned' },
  { value: 'implemented', label: 'Implemented' },
  { value: 'verified', label: 'Verified' },
]

/** One mitigation: its words, its control, how far it is, and whether a check can show it. */
export function MitigationRow({ mitigation }: { readonly mitigation: Mitigation }) {
  const run = useRun()
  const control = controlOf(useFacts().packs.controls, mitigation.control)
  const checks = Object.keys(mitigation.checks ?? {}).length + (control?.checks.length ?? 0)
  return (
    <li className={styles.mitigation}>
      <Chip id={mitigation.id} />
      <div className={styles.mitigationText}>
        <DraftField
          label={`Statement of ${mitigation.id}`}
          hideLabel
          bare
          multiline
          value={mitigation.statement}
          focus={`object ${mitigation.id}`}
          onCommit={statement => run(editStatement, { mitigation: mitigation.id, statement })}
        />
        <p className={styles.mitigationMore}>
          {control ? `Control: ${control.title}. ` : 'Own words. '}
          {checks > 0 ? `${checks} ${checks === 1 ? 'check shows' : 'checks show'} it.` : ''}
          {checks === 0 ? <Badge tone="warn">No check: a hope</Badge> : null}
        </p>
      </div>
      <Pick
        label={`Status of ${mitigation.id}`}
        hideLabel
        value={mitigation.status}
        choices={STATUSES}
        onPick={status => run(setStatus, { mitigation: mitigation.id, status })}
      />
      <IconButton label={`Remove ${mitigation.id}`} onPress={() => run(removeAnswer, mitigation.id)}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  )
}
