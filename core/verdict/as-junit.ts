import { wellFormed } from '../evidence/show.ts'
import { waiverSentence } from './as-markdown.ts'
import type { CheckVerdict, VerdictRecord } from './record.ts'

/** JUnit XML of the verdicts: a fail is a failure, what cannot be told an error, what is set aside skipped. */
export function recordsAsJunit(records: readonly VerdictRecord[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Skeptic">\n${records.map(suiteOf).join('')}</testsuites>\n`
}

function suiteOf(record: VerdictRecord): string {
  const { counts } = record
  const attributes = [
    attribute('name', record.workItem),
    attribute('tests', String(record.checks.length)),
    attribute('failures', String(counts.fail)),
    attribute('errors', String(counts.inconclusive)),
    attribute('skipped', String(counts.waived + counts['not-applicable'])),
    attribute('timestamp', record.at),
  ]
  return `  <testsuite ${attributes.join(' ')}>\n${propertiesOf(record)}${record.checks.map(check => caseOf(record, check)).join('')}  </testsuite>\n`
}

function propertiesOf({ waivers = [] }: VerdictRecord): string {
  if (waivers.length === 0) return ''
  const lines = waivers.map(line => `      <property name="waiver" ${attribute('value', waiverSentence(line))}/>\n`)
  return `    <properties>\n${lines.join('')}    </properties>\n`
}

function caseOf({ workItem }: VerdictRecord, check: CheckVerdict): string {
  const head = `    <testcase ${attribute('classname', workItem)} ${attribute('name', `${check.id} ${check.statement}`)}`
  const element = ELEMENTS[check.verdict]
  if (element === undefined) return `${head}/>\n`
  const cited = check.evidence.map(({ digest, pointer }) => `${digest} ${pointer}`).join('\n')
  const body = `<${element} ${attribute('message', check.sentence)}${element === 'skipped' ? '' : ` ${attribute('type', check.reason)}`}>`
  return `${head}>\n      ${body}${escaped(cited)}</${element}>\n    </testcase>\n`
}

const ELEMENTS: Readonly<Record<CheckVerdict['verdict'], string | undefined>> = {
  pass: undefined,
  fail: 'failure',
  inconclusive: 'error',
  waived: 'skipped',
  'not-applicable': 'skipped',
}

function attribute(name: string, value: string): string {
  return `${name}="${escaped(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`
}

/** XML 1.0 cannot hold most control characters, not even escaped. */
function escaped(text: string): string {
  return wellFormed(text)
    .replace(NOT_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must be found
const NOT_XML = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g
