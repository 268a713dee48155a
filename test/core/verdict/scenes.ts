import { readEvidence } from '../../../core/evidence/read.ts'
import type { Binding, EvidenceItem } from '../../../core/evidence/types.ts'
import { digestOf, digestOfText } from '../../../core/model/digest.ts'
import { type LedgerState, type NamedEntry, newEntry } from '../../../core/model/ledger.ts'
import type { Check, Expression } from '../../../core/model/types.ts'
import type { ChangeFacts, JudgedChecklist, VerdictContext } from '../../../core/verdict/context.ts'
import { evaluateChecklist } from '../../../core/verdict/evaluate.ts'
import type { CheckVerdict, VerdictRecord } from '../../../core/verdict/record.ts'

export const SLICE = digestOf('slice')
export const AT = '2026-11-22T16:00:00Z'

export function checkOf(verify: Expression | undefined, rest: Partial<Check> = {}): Check {
  return {
    id: 'C-00000001',
    statement: 'Something holds.',
    from: ['T-00001'],
    severity: 'major',
    how: 'machine',
    slice: SLICE,
    allowSelfReported: true,
    ...(verify ? { verify } : {}),
    ...rest,
  }
}

export function checklistOf(...checks: readonly Check[]): JudgedChecklist {
  return { id: 'L-00001', workItem: 'W-00001', slice: SLICE, checks }
}

const BOUND: Binding = { state: 'bound', reported: 'self', sentence: 'It was made on exactly these files.' }

export function itemOf(file: string, text: string, rest: Partial<EvidenceItem> = {}): EvidenceItem {
  return {
    file,
    slot: file.split('.')[0] ?? '',
    digest: digestOfText(text),
    reading: readEvidence(file, text),
    binding: BOUND,
    exitCode: 0,
    ...rest,
  }
}

export const UNBOUND: Partial<EvidenceItem> = {
  binding: { state: 'unbound', reported: 'nobody', sentence: 'It names no commit and has no sidecar.' },
}
export const STALE: Partial<EvidenceItem> = {
  binding: { state: 'stale', reported: 'self', sentence: 'It was made on commit aaaaaaaaa.' },
}
export const SIGNED: Partial<EvidenceItem> = { binding: { state: 'bound', reported: 'signed', sentence: 'It names the commit.' } }

export const NO_LEDGER: LedgerState = { entries: [], heads: [], ok: true, problems: [] }

export function ledgerOf(...entries: readonly NamedEntry[]): LedgerState {
  return { ...NO_LEDGER, entries, heads: entries.slice(-1).map(({ hash }) => hash) }
}

export function answered(by: string, payload: object, at = AT): NamedEntry {
  const full = { workItem: 'W-00001', check: 'C-00000001', answer: 'pass', observation: 'Seen.', slice: SLICE, ...payload }
  return newEntry([], 'signed-off', full, { at, by })
}

export function changeOf(rest: Partial<ChangeFacts> = {}): ChangeFacts {
  return { source: 'commit', fileFacts: {}, ...rest }
}

export function contextOf(rest: Partial<VerdictContext> = {}): VerdictContext {
  return {
    at: AT,
    design: digestOf('design'),
    policy: digestOf('policy'),
    change: changeOf(),
    ledger: NO_LEDGER,
    signed: new Set(),
    ...rest,
  }
}

export function judge(check: Check, evidence: readonly EvidenceItem[] = [], context: Partial<VerdictContext> = {}): CheckVerdict {
  const verdict = recordOf([check], evidence, context).checks[0]
  if (!verdict) throw new Error('no check')
  return verdict
}

export function recordOf(
  checks: readonly Check[],
  evidence: readonly EvidenceItem[] = [],
  context: Partial<VerdictContext> = {},
): VerdictRecord {
  return evaluateChecklist(checklistOf(...checks), evidence, contextOf(context))
}

/** Verdict and reason, as tables compare them. */
export function outcome({ verdict, reason }: CheckVerdict): string {
  return verdict === 'inconclusive' ? reason : verdict
}

export function junit(cases: string, attributes = ''): string {
  return `<testsuites><testsuite name="s" ${attributes}>${cases}</testsuite></testsuites>`
}

export function testcase(name: string, body = ''): string {
  return `<testcase classname="authz" name="${name}">${body}</testcase>`
}

type SarifRun = {
  readonly results?: unknown
  readonly rules?: readonly unknown[]
  readonly name?: string
  readonly rest?: object
}

export function sarif(...runs: readonly SarifRun[]): string {
  return JSON.stringify({
    version: '2.1.0',
    runs: runs.map(({ results, rules = [SQL_RULE], name = 'Scanner', rest }) => ({
      tool: { driver: { name, rules } },
      results,
      invocations: [{ executionSuccessful: true }],
      ...rest,
    })),
  })
}

export const SQL_RULE = { id: 'sql-injection', defaultConfiguration: { level: 'error' }, properties: { tags: ['CWE-89'] } }

export function hit(rest: object = {}, uri = 'src/a.ts'): object {
  return {
    ruleId: 'sql-injection',
    message: { text: 'x' },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 7 } } }],
    ...rest,
  }
}
