import { modelReport } from '../../../core/reports/model-report.ts'
import type { Session } from '../../state/session.ts'
import { type Command, plan, session } from '../command.ts'

/** Copies the report as Markdown. */
export const copyReport: Command = {
  id: 'report.copy',
  category: 'Report',
  title: 'Copy report as Markdown',
  plan: ({ design, facts }) =>
    plan({ kind: 'copy', text: modelReport(design, facts.packs, { at: facts.at }), said: 'Copied the report as Markdown.' }),
}

/** Shows the report or the ledger. */
export const showReports: Command<Session['reportsView']> = {
  id: 'report.show',
  category: 'Report',
  title: 'Show',
  plan: (_context, reportsView) => plan(session({ reportsView })),
}
