import { useMemo } from 'react'
import { sizeOf } from '../../../core/model/table.ts'
import { clearFilter } from '../../commands/definitions/threats-look.ts'
import { type FindingFilter, useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { DeedBar, FilterBar } from './filter-bar.tsx'
import { FindingsTable } from './findings-table.tsx'
import { StandingTabs, tabId } from './standing-tabs.tsx'
import { standingEmpty, standingName, standingNote } from './standing-words.ts'
import { StrideMap } from './stride-map.tsx'
import { countsOf, fitting, privacyIn, registerOf, standingAt } from './threats-model.ts'
import styles from './threats-view.module.css'
import { useEmptiedFocus } from './use-emptied-focus.ts'

/** Step 3: what the rules suggest and what became of it, decided line by line or in bulk, and the map of what was looked at. */
export function ThreatsView() {
  const design = useDesign()
  const facts = useFacts()
  const filter = useSession(session => session.filter)
  const register = useMemo(() => registerOf(design, facts), [design, facts])
  const fit = useMemo(() => fitting(register, filter), [register, filter])
  const counts = useMemo(() => countsOf(fit), [fit])
  const lines = useMemo(() => standingAt(fit, filter.standing), [fit, filter.standing])
  const privacy = useMemo(() => privacyIn(register), [register])
  const asking = facts.asking().length
  const isMarking = useSession(session => session.marked.length > 0)
  useEmptiedFocus(lines.length, tabId(filter.standing))
  return (
    <section aria-label={t('Threats')} className={panel.page}>
      <div className={panel.head}>
        <h1 className={panel.title}>{t('Threats')}</h1>
        {asking > 0 ? <p className={panel.sub}>{askingWords(asking)}</p> : null}
      </div>
      {sizeOf(design.elements) === 0 && register.length === 0 ? (
        <div className={panel.card}>
          <Empty title={t('No elements yet, so nothing to threaten.')}>
            <p>
              <a href="#/model">{t('Go to the model')}</a> {t('and draw how data moves.')}
            </p>
          </Empty>
        </div>
      ) : (
        <div className={panel.stack}>
          <section aria-label={t('Findings')} className={panel.card} data-place="findings" tabIndex={-1} data-focus="findings">
            <StandingTabs counts={counts} />
            <FilterBar privacy={privacy} />
            <div role="tabpanel" id="findings-panel" aria-labelledby={tabId(filter.standing)}>
              <div className={styles.under}>
                {isMarking ? null : <p className={panel.sub}>{standingNote(filter.standing)}</p>}
                {lines.length > 0 && (isMarking || filter.standing !== 'gone') ? <DeedBar /> : null}
              </div>
              {lines.length > 0 ? (
                <FindingsTable title={standingName(filter.standing)} lines={lines} />
              ) : (
                <Nothing filter={filter} isFiltered={fit.length < register.length} />
              )}
            </div>
          </section>
          <StrideMap />
        </div>
      )}
    </section>
  )
}

function Nothing({ filter, isFiltered }: { readonly filter: FindingFilter; readonly isFiltered: boolean }) {
  const run = useRun()
  return (
    <Empty title={isFiltered ? t('Nothing fits the filter.') : standingEmpty(filter.standing)}>
      {isFiltered || filter.standing !== 'all' ? (
        <Button small onPress={() => run(clearFilter)}>
          {t('Show all findings')}
        </Button>
      ) : null}
    </Empty>
  )
}

function askingWords(asking: number): string {
  const minutes = Math.max(1, Math.round(asking * 0.5))
  return `${t('{{count}} findings ask:', { count: asking })} ${t('triage them, about {{minutes}} min.', { minutes })}`
}
