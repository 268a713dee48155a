import { howOf } from '../../../core/checklists/how.ts'
import type { Check } from '../../../core/model/types.ts'
import { Badge } from '../../ui/badge.tsx'
import { Chips } from '../../ui/chip.tsx'
import styles from './checklist-view.module.css'

/** One check: a box nobody ticked, a sentence a stranger can decide, and how. */
export function CheckRow({ check }: { readonly check: Check }) {
  return (
    <li className={styles.check}>
      <span className={styles.box} aria-hidden />
      <div className={styles.words}>
        <p className={styles.statement}>{check.statement}</p>
        <p className={styles.how}>
          <code>{check.id}</code> · {check.how === 'machine' ? 'evidence' : 'person'}: {howOf(check).replaceAll('`', '')}
          {check.allowSelfReported ? ' · self-reported is enough' : ''}
        </p>
      </div>
      <Chips ids={check.from.filter(id => /^[A-Z]-/.test(id))} />
      <Badge tone={check.severity === 'blocker' ? 'bad' : check.severity === 'major' ? 'warn' : 'plain'}>
        {SEVERITIES[check.severity]}
      </Badge>
    </li>
  )
}

const SEVERITIES = { blocker: 'Blocker', major: 'Major', minor: 'Minor' } as const
