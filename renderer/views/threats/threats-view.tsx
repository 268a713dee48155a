import { useMemo } from 'react'
import { filterFindings } from '../../commands/definitions/threats.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { counted } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { FilterBar } from './filter-bar.tsx'
import { FindingsTable } from './findings-table.tsx'
import { StrideMap } from './stride-map.tsx'
import { findingLists } from './threats-model.ts'
import styles from './threats-view.module.css'

/** Step 3: what the rules found, decided line by line or in bulk, and the map of what was looked at. */
export function ThreatsView() {
  const design = useDesign()
  const facts = useFacts()
  const filter = useSession(session => session.filter)
  const run = useRun()
  const findings = facts.findings()
  const lists = useMemo(() => findingLists(design, findings, filter), [design, findings, filter])
  const open = facts.open().length
  return (
    <section aria-label="Threats" className={panel.page}>
      <div className={panel.head}>
        <h1 className={panel.title}>Threats</h1>
        {findings.length > 0 ? <p className={panel.sub}>{openWords(open)}</p> : null}
      </div>
      {findings.length === 0 ? (
        <Empty title="No elements yet, so nothing to threaten.">
          <p>
            <a href="#/model">Go to step 2</a> and draw how data moves.
          </p>
        </Empty>
      ) : (
        <div className={panel.stack}>
          <section aria-label="Findings" className={panel.card} data-place="findings" tabIndex={-1} data-focus="findings">
            <FilterBar lists={lists} />
            <FindingsTable title="Now" lines={lists.now} empty="Nothing fits the filter." />
            <div className={styles.later}>
              <button
                type="button"
                className={styles.fold}
                aria-expanded={filter.later}
                onClick={() => run(filterFindings, { later: !filter.later })}
              >
                {filter.later ? '▾' : '▸'} Later: {counted(lists.later.length, 'finding')}
              </button>
              <span className={panel.sub}>No boundary crossed, no sensitive data, nothing exposed. May be decided in bulk.</span>
            </div>
            {filter.later ? <FindingsTable title="Later" lines={lists.later} empty="Nothing fits the filter." /> : null}
            {lists.gone.length > 0 ? (
              <>
                <p className={styles.later}>Gone, decision kept: {counted(lists.gone.length, 'finding')}</p>
                <FindingsTable title="Gone" lines={lists.gone} empty="" />
              </>
            ) : null}
          </section>
          <StrideMap />
        </div>
      )}
    </section>
  )
}

function openWords(open: number): string {
  if (open === 0) return 'Every finding that asks for an answer now has one.'
  return `${counted(open, 'finding')} to decide, about ${Math.max(1, Math.round(open * 0.5))} min.`
}
