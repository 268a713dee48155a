import type { LedgerState } from '../../../core/model/ledger.ts'
import { ledgerWarning } from '../../../core/reports/ledger-warning.ts'
import { modelReport } from '../../../core/reports/model-report.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import { renderRecord } from '../../../core/verdict/render.ts'
import type { ReportShown, Session } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, type Context, type Effect, notNow, plan, session } from '../command.ts'
import { workItemShown } from './prompts.ts'
import { recordOf } from './review-verdict.ts'

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

/** The last verdict that the ledger notes for a work item. */
export function lastRecordOf({ entries }: LedgerState, workItem: string) {
  const last = entries.findLast(({ entry }) => entry.type === 'verdict' && entry.payload.workItem === workItem)
  return recordOf(last?.entry.payload.record)
}

/** What stands on top of every report while the ledger is broken; it goes out with the text and is not translated. */
function warningOf(ledger: LedgerState | undefined): string {
  return ledger ? ledgerWarning(ledger) : ''
}

/** The ledger is asked anew, for the warning must not be missing because nobody had opened it. */
function taking(id: string, title: string, then: (taken: TakenReport) => Effect): Command {
  return {
    id,
    category: 'Report',
    title,
    plan: context =>
      plan(
        ask('ledger.read', {}, ledger => {
          const taken = reportTaken(context, ledger)
          return [taken.ok ? then(taken.value) : { kind: 'say', text: taken.problems[0].message }]
        }),
      ),
  }
}

/** Copies the report in view. */
export const copyReport = taking('report.copy', 'Copy report', ({ text }) => ({
  kind: 'copy',
  text,
  said: t('Copied the report.'),
}))

/** Hands the report in view over as a file. */
export const saveReport = taking('report.save', 'Save report as a file', ({ name, text }) => ({
  kind: 'download',
  name,
  text,
  said: t('{{name}} was handed over.', { name }),
}))

/** Shows a report or the ledger. */
export const showReports: Command<Session['reportsView']> = {
  id: 'report.show',
  category: 'Report',
  title: 'Show',
  plan: (_context, reportsView) => plan(session({ reportsView })),
}

/** Chooses which report is shown, and in which form it is taken away. */
export const chooseReport: Command<ReportShown> = {
  id: 'report.choose',
  category: 'Report',
  title: 'Choose report',
  plan: (_context, report) => plan(session({ report })),
}

/** Lists only the entries of the ledger from one to another. */
export const chooseRange: Command<readonly [string, string] | null> = {
  id: 'ledger.range',
  category: 'Report',
  title: 'Choose time of the ledger',
  plan: (_context, range) => plan(session({ ledgerRange: range ?? undefined })),
}

/** Hands the ledger over as one file, whole or broken; what is broken stands on top of it. */
export const saveLedger: Command = {
  id: 'ledger.save',
  category: 'Report',
  title: 'Save the ledger as a file',
  plan: () =>
    plan(
      ask('ledger.read', {}, ({ ok: isWhole, problems, heads, entries }) => [
        {
          kind: 'download',
          name: 'ledger.json',
          text: `${JSON.stringify({ ok: isWhole, problems, heads, entries }, null, 2)}\n`,
          said: t('{{name}} was handed over.', { name: 'ledger.json' }),
        },
      ]),
    ),
}
