import { Copy, Download, FileOutput, Printer } from 'lucide-react'
import { rowsOf } from '../../../core/model/table.ts'
import { RECORD_FORMATS } from '../../../core/verdict/render.ts'
import { printPage } from '../../commands/definitions/checklist.ts'
import { openExport } from '../../commands/definitions/import.ts'
import { showWorkItem, workItemShown } from '../../commands/definitions/prompts.ts'
import { chooseReport, copyReport, saveLedger, saveReport, showReports } from '../../commands/definitions/reports.ts'
import type { ReportShown } from '../../state/session.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Late, lateView } from '../../ui/late-view.tsx'
import panel from '../../ui/panel.module.css'
import { Pick } from '../../ui/pick.tsx'
import { Segments } from '../../ui/segments.tsx'
import { t } from '../../words/translate.ts'
import { LedgerView } from './ledger-view.tsx'
import { ReportPreview } from './report-preview.tsx'
import styles from './reports-view.module.css'

/** Comparing brings the forms of two states with it, which nobody needs who came for a report. */
const LATER = {
  compare: lateView(() => import('./compare-view.tsx').then(module => module.CompareView)),
  history: lateView(() => import('./history-view.tsx').then(module => module.HistoryView)),
  frameworks: lateView(() => import('../frameworks/frameworks-view.tsx').then(module => module.FrameworksView)),
  monitoring: lateView(() => import('../monitoring/late.ts').then(module => module.LATE.MonitoringView)),
}

/** Step 9: the reports as they will be read, and the ledger of what was done. */
export function ReportsView() {
  const run = useRun()
  const shown = useSession(session => session.reportsView)
  return (
    <section aria-label={t('Reports')} className={`${panel.page} ${styles.reports}`}>
      <div className={panel.column}>
        <div className={`${panel.head} ${styles.head}`}>
          <h1 className={panel.title}>{t('Reports')}</h1>
          <Segments
            label={t('Show')}
            value={shown}
            choices={[
              { value: 'report', label: t('Report') },
              { value: 'ledger', label: t('Ledger') },
              { value: 'compare', label: t('Compare') },
              { value: 'history', label: t('History') },
              { value: 'frameworks', label: t('Frameworks') },
              { value: 'monitoring', label: t('Monitoring') },
            ]}
            onPick={next => run(showReports, next)}
          />
          <span className={panel.grow} />
          <Button icon={<FileOutput size={14} aria-hidden />} onPress={() => run(openExport)}>
            {t('Export…')}
          </Button>
          {shown === 'ledger' ? (
            <Button icon={<Download size={14} aria-hidden />} onPress={() => run(saveLedger)}>
              {t('Save')}
            </Button>
          ) : null}
        </div>
        {shown === 'report' ? (
          <div className={`${panel.head} ${styles.head}`}>
            <Choices />
            <span className={panel.grow} />
            <div className={panel.actions}>
              <Button icon={<Copy size={14} aria-hidden />} onPress={() => run(copyReport)}>
                {t('Copy')}
              </Button>
              <Button icon={<Download size={14} aria-hidden />} onPress={() => run(saveReport)}>
                {t('Save')}
              </Button>
              <Button icon={<Printer size={14} aria-hidden />} onPress={() => run(printPage)}>
                {t('Print')}
              </Button>
            </div>
          </div>
        ) : null}
        {shown === 'report' ? <ReportPreview /> : null}
        {shown === 'ledger' ? <LedgerView /> : null}
        {shown === 'report' || shown === 'ledger' ? null : <Late key={shown} view={LATER[shown]} />}
      </div>
    </section>
  )
}

/** Which report, of which work item, in which form: only what exists is offered. */
function Choices() {
  const run = useRun()
  const design = useDesign()
  const session = useSession()
  const { report } = session
  const workItem = workItemShown({ design, session })
  return (
    <div className={styles.choices}>
      <Pick<ReportShown['kind']>
        label={t('Report')}
        hideLabel
        value={report.kind}
        choices={[
          { value: 'model', label: t('Threat model') },
          { value: 'executive', label: t('Executive page') },
          { value: 'gate', label: t('Gate certificate') },
          { value: 'review', label: t('Review record') },
          { value: 'trace', label: t('Traceability') },
          { value: 'frameworks', label: t('Framework coverage') },
        ]}
        onPick={kind => run(chooseReport, { kind, format: kind === 'review' ? 'md' : 'html' })}
      />
      {report.kind === 'review' ? null : (
        <Pick
          label={t('Form')}
          hideLabel
          value={report.format}
          choices={PAGE_FORMS.map(format => ({ value: format, label: FORMAT_NAMES[format] }))}
          onPick={format => run(chooseReport, { kind: report.kind, format })}
        />
      )}
      {report.kind === 'review' && workItem !== undefined ? (
        <>
          <Pick
            label={t('Work item')}
            hideLabel
            value={workItem}
            choices={rowsOf(design.workItems).map(item => ({ value: item.id, label: item.name }))}
            onPick={id => run(showWorkItem, id)}
          />
          <Pick
            label={t('Form')}
            hideLabel
            value={report.format}
            choices={(['html', 'pdf', 'docx', ...RECORD_FORMATS] as const).map(format => ({
              value: format,
              label: FORMAT_NAMES[format],
            }))}
            onPick={format => run(chooseReport, { kind: 'review', format })}
          />
        </>
      ) : null}
    </div>
  )
}

/** What a report is taken away as; it is shown as the page whichever is chosen. */
const PAGE_FORMS = ['html', 'pdf', 'docx', 'md', 'csv', 'json'] as const

/** Names of forms, which are names in every language. */
const FORMAT_NAMES: Readonly<Record<(typeof RECORD_FORMATS | typeof PAGE_FORMS)[number], string>> = {
  html: 'HTML',
  pdf: 'PDF',
  docx: 'Word',
  csv: 'CSV',
  json: 'JSON',
  md: 'Markdown',
  text: 'Text',
  sarif: 'SARIF',
  junit: 'JUnit',
  intoto: 'in-toto',
  svr: 'SVR',
  cyclonedx: 'CycloneDX',
  oscal: 'OSCAL',
}
