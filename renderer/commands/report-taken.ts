import type { LedgerState } from '../../core/model/ledger.ts'
import { ledgerWarning } from '../../core/reports/ledger-warning.ts'
import { modelReport } from '../../core/reports/model-report.ts'
import { ok, type Result } from '../../core/support/result.ts'
import { renderRecord } from '../../core/verdict/render.ts'
import { t } from '../words/translate.ts'
import { type Context, notNow } from './command.ts'
import { workItemShown } from './definitions/prompts.ts'
import { lastRecordOf } from './definitions/reports.ts'

/** A report as it is taken away: its text and the name of its file. */
export type TakenReport = { readonly name: string; readonly text: string }

/** The report in view, with the warning on top where the ledger does not hold together. */
export function reportTaken(context: Context, ledger: LedgerState | undefined): Result<TakenReport> {
  const { report } = context.session
  return report.kind === 'model' ? modelTaken(context, ledger) : reviewTaken(context, report.format, ledger)
}

function modelTaken({ design, facts }: Context, ledger: LedgerState | undefined): Result<TakenReport> {
  const text = modelReport(design, facts.packs, { at: facts.at })
  return ok({ name: 'threat-model.md', text: `${warningOf(ledger)}${text}` })
}

const ENDINGS: Readonly<Record<string, string>> = {
  md: 'md',
  text: 'txt',
  json: 'json',
  sarif: 'sarif',
  junit: 'xml',
  intoto: 'intoto.json',
  svr: 'svr.json',
  cyclonedx: 'cdx.json',
  oscal: 'oscal.json',
}

function reviewTaken(context: Context, format: string, ledger: LedgerState | undefined): Result<TakenReport> {
  const workItem = workItemShown(context)
  const record = workItem === undefined || !ledger ? undefined : lastRecordOf(ledger, workItem)
  if (!record) return notNow(t('No verdict is noted for this work item yet. Finish a review in step 8.'))
  const rendered = renderRecord([record], format)
  if (!rendered.ok) return rendered
  const isProse = format === 'md' || format === 'text'
  const name = `review-${record.workItem}.${ENDINGS[format] ?? format}`
  return ok({ name, text: `${isProse ? warningOf(ledger) : ''}${rendered.value}` })
}

/** What stands on top of every report while the ledger is broken; it goes out with the text and is not translated. */
function warningOf(ledger: LedgerState | undefined): string {
  return ledger ? ledgerWarning(ledger) : ''
}
