import { fileText } from '../model/canonical.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { recordsAsCyclonedx } from './as-cyclonedx.ts'
import { recordsAsJunit } from './as-junit.ts'
import { recordsAsMarkdown } from './as-markdown.ts'
import { recordsAsOscal } from './as-oscal.ts'
import { recordsAsSarif } from './as-sarif.ts'
import { statementOf } from './as-statement.ts'
import { svrOf } from './as-svr.ts'
import { recordsAsText } from './as-text.ts'
import type { VerdictRecord } from './record.ts'

export const RECORD_FORMATS = ['json', 'md', 'text', 'sarif', 'junit', 'intoto', 'svr', 'cyclonedx', 'oscal'] as const

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
      return ok(statements(records, statementOf))
    case 'svr':
      return ok(statements(records, svrOf))
    case 'cyclonedx':
      return ok(fileText(recordsAsCyclonedx(records)))
    case 'oscal':
      return ok(fileText(recordsAsOscal(records)))
    default:
      return refuse({
        code: 'verdict.format',
        message: `There is no format "${format}".`,
        cure: `One of ${RECORD_FORMATS.join(', ')}.`,
      })
  }
}

/** One statement as a file, several one to a line. */
function statements(records: readonly VerdictRecord[], of: (record: VerdictRecord) => unknown): string {
  const [first] = records
  return records.length === 1 && first ? fileText(of(first)) : records.map(record => `${JSON.stringify(of(record))}\n`).join('')
}
