import { X } from 'lucide-react'
import { labelOf } from '../../../core/model/lookup.ts'
import type { PrivacyCategory } from '../../../core/model/types.ts'
import { filterFindings, TRIAGE_KEYS } from '../../commands/definitions/threats.ts'
import { whyFinding } from '../../commands/definitions/why.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { CategoryFilter } from './category-filter.tsx'
import styles from './threats-view.module.css'

type Props = { readonly count: number; readonly privacy: readonly PrivacyCategory[] }

/** What is shown of the findings, and the deeds for what is marked. */
export function FilterBar({ count, privacy }: Props) {
  const design = useDesign()
  const filter = useSession(session => session.filter)
  const marked = useSession(session => session.marked)
  const run = useRun()
  return (
    <div className={styles.bar}>
      <h2 className={panel.cardTitle}>Findings</h2>
      <span className={panel.count}>{count.toLocaleString('en-GB')}</span>
      <input
        type="search"
        aria-label="Filter findings by word, element, rule or CWE"
        className={styles.search}
        placeholder="Word, element, rule, CWE"
        value={filter.text}
        onChange={event => run(filterFindings, { text: event.target.value })}
      />
      <CategoryFilter privacy={privacy} />
      {filter.element === undefined ? null : (
        <Button small icon={<X size={13} aria-hidden />} onPress={() => run(filterFindings, { element: undefined })}>
          {labelOf(design, filter.element)}
        </Button>
      )}
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={filter.decided}
          onChange={event => run(filterFindings, { decided: event.target.checked })}
        />
        Show decided
      </label>
      <span className={panel.grow} />
      {marked.length > 0 ? (
        <span className={styles.deeds}>
          <span className={panel.count}>{marked.length.toLocaleString('en-GB')} marked</span>
          {TRIAGE_KEYS.map(command => (
            <Button key={command.id} small onPress={() => run(command)}>
              {deedWord(command.title).replace(/^./, letter => letter.toUpperCase())}
            </Button>
          ))}
        </span>
      ) : (
        <span className={styles.keys}>
          {TRIAGE_KEYS.map(command => (
            <span key={command.id}>
              <Keys chord={command.keys?.[0]?.chord ?? ''} /> {deedWord(command.title)}
            </span>
          ))}
          <span>
            <Keys chord={whyFinding.keys?.[0]?.chord ?? ''} /> why
          </span>
          <span>
            <Keys chord="Space" /> mark
          </span>
        </span>
      )}
    </div>
  )
}

function deedWord(title: string): string {
  return title.replace('Judge ', '').replace('…', '')
}
