import { fileText } from '../model/canonical.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { recordsAsJunit } from './as-junit.ts'
import { recordsAsMarkdown } from './as-markdown.ts'
import { recordsAsSarif } from './as-sarif.ts'
import { statementOf } from './as-statement.ts'
import { recordsAsText } from './as-text.ts'
import type { VerdictRecord } from './record.ts'

export const RECORD_FORMATS = ['json', 'md', 'text', 'sarif', 'junit', 'intoto'] as const

/** Records as text in a format others read. In-toto statements of several records stand one to a line. */
export function renderRecord(records: readonly VerdictRecord[], format: string): Result<string> {
  const [first] = records
  const one = records.length === 1 && first ? first : undefined
  switch (format) {
    case 'json':
      return ok(fileText(one ?? records))
    case 'md':
      return ok(recordsAsMarkdown(records))
    case 'text':
      return ok(recordsAsText(records))
    case 'sarif':
      return ok(fileText(recordsAsSarif(records)))
    case 'junit':
      return ok(recordsAsJunit(records))
    case 'intoto':
      return ok(one ? fileText(statementOf(one)) : records.map(record => `${JSON.stringify(statementOf(record))}\n`).join(''))
    default:
      return refuse({
        code: 'verdict.format',
        message: `There is no format "${format}".`,
        cure: `One of ${RECORD_FORMATS.join(', ')}.`,
      })
  }
}
