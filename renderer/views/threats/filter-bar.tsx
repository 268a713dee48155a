import { PenLine, X } from 'lucide-react'
import { labelOf } from '../../../core/model/lookup.ts'
import type { PrivacyCategory } from '../../../core/model/types.ts'
import { reopenChosen, TRIAGE_KEYS } from '../../commands/definitions/threats.ts'
import { clearMarks, filterFindings } from '../../commands/definitions/threats-look.ts'
import { writeNewThreat } from '../../commands/definitions/threats-write.ts'
import { whyFinding } from '../../commands/definitions/why.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { CategoryFilter } from './category-filter.tsx'
import styles from './threats-view.module.css'

/** What is shown of the findings, and how a threat is written by hand. */
export function FilterBar({ privacy }: { readonly privacy: readonly PrivacyCategory[] }) {
  const design = useDesign()
  const filter = useSession(session => session.filter)
  const run = useRun()
  return (
    <div className={styles.bar}>
      <input
        type="search"
        aria-label={t('Filter findings by word, element, rule or CWE')}
        className={styles.search}
        placeholder={t('Word, element, rule, CWE')}
        value={filter.text}
        onChange={event => run(filterFindings, { text: event.target.value })}
      />
      <CategoryFilter privacy={privacy} />
      {filter.element === undefined ? null : (
        <Button small icon={<X size={13} aria-hidden />} onPress={() => run(filterFindings, { element: undefined })}>
          {labelOf(design, filter.element)}
        </Button>
      )}
      <span className={panel.grow} />
      <Button small icon={<PenLine size={13} aria-hidden />} onPress={() => run(writeNewThreat)}>
        {t('Write a threat')} <Keys chord="N" />
      </Button>
    </div>
  )
}

/** The deeds for what is marked, or the keys that decide where nothing is. */
export function DeedBar() {
  const marked = useSession(session => session.marked)
  const run = useRun()
  if (marked.length === 0)
    return (
      <p className={styles.keys}>
        {[...TRIAGE_KEYS, reopenChosen].map(command => (
          <span key={command.id}>
            <Keys chord={command.keys?.[0]?.chord ?? ''} /> {deedWord(command.title)}
          </span>
        ))}
        <span>
          <Keys chord={whyFinding.keys?.[0]?.chord ?? ''} /> {t('why')}
        </span>
        <span>
          <Keys chord="Space" /> {t('mark')}
        </span>
      </p>
    )
  return (
    <div className={styles.deeds} role="toolbar" aria-label={t('Decide what is marked')}>
      <strong className={styles.marked}>{t('{{count}} marked', { count: marked.length })}</strong>
      {[...TRIAGE_KEYS, reopenChosen].map(command => (
        <Button key={command.id} small onPress={() => run(command)}>
          {deedWord(command.title).replace(/^./u, letter => letter.toUpperCase())} <Keys chord={command.keys?.[0]?.chord ?? ''} />
        </Button>
      ))}
      <span className={panel.grow} />
      <Button small look="quiet" onPress={() => run(clearMarks)}>
        {t('Unmark')} <Keys chord="Escape" />
      </Button>
    </div>
  )
}

/** A command in the one word that stands on its key. */
export function deedWord(title: string): string {
  const words: Readonly<Record<string, string>> = {
    'Judge real…': t('real'),
    'Judge real and accept…': t('accept'),
    'Judge not applicable…': t('not applicable'),
    'Judge a duplicate…': t('a duplicate'),
    'Take the decision back': t('take back'),
  }
  return words[title] ?? t(title)
}
