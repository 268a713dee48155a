import type { KeyboardEvent } from 'react'
import { STANDINGS, type Standing } from '../../../core/mitigations/standing.ts'
import { filterFindings } from '../../commands/definitions/threats-look.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { numberWords } from '../../words/format.ts'
import { t } from '../../words/translate.ts'
import styles from './standing-tabs.module.css'
import { standingName } from './standing-words.ts'

/** Tabs that are there even where nothing stands under them. */
const ALWAYS: readonly Standing[] = ['triage', 'later', 'open', 'mitigated', 'accepted', 'notApplicable']

type Props = { readonly counts: Readonly<Record<Standing, number>> }

/** Where findings stand, each with how many: one tab stop, arrows move. */
export function StandingTabs({ counts }: Props) {
  const run = useRun()
  const current = useSession(session => session.filter.standing)
  const all = STANDINGS.reduce((sum, standing) => sum + counts[standing], 0)
  const shown = STANDINGS.filter(standing => ALWAYS.includes(standing) || counts[standing] > 0 || standing === current)
  const tabs: readonly (Standing | 'all')[] = [...shown, 'all']
  function onKeyDown(event: KeyboardEvent) {
    const at = tabs.indexOf(current)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length]
    if (next === undefined) return
    event.preventDefault()
    run(filterFindings, { standing: next })
    document.getElementById(tabId(next))?.focus()
  }
  return (
    <div role="tablist" aria-label={t('Findings by where they stand')} className={styles.tabs} onKeyDown={onKeyDown}>
      {tabs.map(standing => (
        <button
          key={standing}
          type="button"
          role="tab"
          id={tabId(standing)}
          aria-selected={standing === current}
          aria-controls="findings-panel"
          tabIndex={standing === current ? 0 : -1}
          className={styles.tab}
          data-standing={standing}
          onClick={() => run(filterFindings, { standing })}
        >
          {standingName(standing)}{' '}
          <span className={styles.count}>{numberWords(standing === 'all' ? all : counts[standing])}</span>
        </button>
      ))}
    </div>
  )
}

/** The tab of a standing, by which its panel is labelled. */
export function tabId(standing: Standing | 'all'): string {
  return `standing-${standing}`
}
