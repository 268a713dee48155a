import { Copy, Printer } from 'lucide-react'
import { useMemo } from 'react'
import { modelReport } from '../../../core/reports/model-report.ts'
import { copyReport, showReports } from '../../commands/definitions/reports.ts'
import { printPage } from '../../commands/definitions/review.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import panel from '../../ui/panel.module.css'
import { Segments } from '../../ui/segments.tsx'
import { LedgerView } from './ledger-view.tsx'
import { Markdown } from './markdown.tsx'
import styles from './reports-view.module.css'

/** Step 9: the report of the whole model, and the ledger of what was done with it. */
export function ReportsView() {
  const run = useRun()
  const shown = useSession(session => session.reportsView)
  return (
    <section aria-label="Reports" className={panel.page}>
      <div className={styles.column}>
        <div className={`${panel.head} ${styles.head}`}>
          <h1 className={panel.title}>Reports</h1>
          <Segments
            label="Show"
            value={shown}
            choices={[
              { value: 'report', label: 'Report' },
              { value: 'ledger', label: 'Ledger' },
            ]}
            onPick={next => run(showReports, next)}
          />
          <span className={panel.grow} />
          {shown === 'report' ? (
            <div className={panel.actions}>
              <Button icon={<Copy size={14} aria-hidden />} onPress={() => run(copyReport)}>
                Copy as Markdown
              </Button>
              <Button icon={<Printer size={14} aria-hidden />} onPress={() => run(printPage)}>
                Print
              </Button>
            </div>
          ) : null}
        </div>
        {shown === 'report' ? <Report /> : <LedgerView />}
      </div>
    </section>
  )
}

function Report() {
  const design = useDesign()
  const facts = useFacts()
  const text = useMemo(() => modelReport(design, facts.packs, { at: facts.at }), [design, facts])
  return (
    <article aria-label="Threat model report" className={panel.card}>
      <Markdown text={text} />
    </article>
  )
}
