import { X } from 'lucide-react'
import { labelOf } from '../../../core/model/lookup.ts'
import { clearFilter, filterFindings, TRIAGE_KEYS } from '../../commands/definitions/threats.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { CATEGORY_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import type { FindingLists } from './threats-model.ts'
import styles from './threats-view.module.css'

/** What is shown of the findings, and the deeds for what is marked. */
export function FilterBar({ lists }: { readonly lists: FindingLists }) {
  const design = useDesign()
  const filter = useSession(session => session.filter)
  const marked = useSession(session => session.marked)
  const run = useRun()
  const cell = [
    filter.element === undefined ? '' : labelOf(design, filter.element),
    filter.category ? CATEGORY_NAMES[filter.category] : '',
  ].filter(Boolean)
  return (
    <div className={styles.bar}>
      <h2 className={panel.cardTitle}>Findings</h2>
      <span className={panel.count}>{lists.now.length + lists.later.length}</span>
      <input
        type="search"
        aria-label="Filter findings"
        className={styles.search}
        placeholder="Filter by word, element, category, CWE"
        value={filter.text}
        onChange={event => run(filterFindings, { text: event.target.value })}
      />
      {cell.length > 0 ? (
        <Button small icon={<X size={13} aria-hidden />} onPress={() => run(clearFilter)}>
          {cell.join(', ')}
        </Button>
      ) : null}
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
        <>
          <span className={panel.count}>{marked.length} marked</span>
          {TRIAGE_KEYS.map(command => (
            <Button key={command.id} small onPress={() => run(command)}>
              {command.title
                .replace('Judge ', '')
                .replace('…', '')
                .replace(/^./, letter => letter.toUpperCase())}
            </Button>
          ))}
        </>
      ) : (
        <span className={styles.keys}>
          {TRIAGE_KEYS.map(command => (
            <span key={command.id}>
              <Keys chord={command.keys?.[0]?.chord ?? ''} /> {command.title.replace('Judge ', '').replace('…', '')}
            </span>
          ))}
          <span>
            <Keys chord="Space" /> mark
          </span>
        </span>
      )}
    </div>
  )
}
