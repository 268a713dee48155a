import { plain } from '../checklists/plain.ts'
import { shown } from '../evidence/show.ts'
import { byText } from '../support/order.ts'
import { changeWords } from './as-markdown.ts'
import type { CheckVerdict, VerdictRecord } from './record.ts'

/** What somebody said when they could not tell, by the check they were asked. */
export type Doubt = { readonly check: string; readonly by: string; readonly observation: string }

/** What the author of the change is asked, as text for a pull request: what failed first, then what nobody could tell. */
export function textToAuthor(record: VerdictRecord, doubts: readonly Doubt[]): string {
  const of = (verdict: CheckVerdict['verdict']) =>
    record.checks.filter(check => check.verdict === verdict).sort((a, b) => byText(a.severity, b.severity))
  const [failed, open] = [of('fail'), of('inconclusive')]
  const lines = [
    `## ${record.workItem}: changes requested`,
    '',
    changeWords(record),
    '',
    ...section('To change', failed, doubts),
    ...section('Questions', open, doubts),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** Only the questions: what could not be told, and what was said about it. */
export function questionsToAuthor(record: VerdictRecord, doubts: readonly Doubt[]): string {
  const open = record.checks.filter(check => check.verdict === 'inconclusive')
  return `${[`## ${record.workItem}: questions`, '', ...section('', open, doubts)].join('\n').trimEnd()}\n`
}

function section(title: string, checks: readonly CheckVerdict[], doubts: readonly Doubt[]): readonly string[] {
  if (checks.length === 0) return []
  const lines = checks.flatMap(({ id, statement, severity, sentence }) => [
    `- **${id}** (${severity}) ${plain(shown(statement, 400))}`,
    `  ${plain(shown(sentence, 400))}`,
    ...doubts
      .filter(doubt => doubt.check === id)
      .map(({ by, observation }) => `  ${plain(shown(by))} asks: ${plain(shown(observation, 400))}`),
  ])
  return [...(title === '' ? [] : [`### ${title}`, '']), ...lines, '']
}
