import { wellFormed } from '../evidence/show.ts'
import type { CheckVerdict, Verdict, VerdictRecord } from './record.ts'

/** SARIF 2.1.0 of the verdicts: a rule for each check, so that any code scanning view shows them. What cannot be told is a warning. */
export function recordsAsSarif(records: readonly VerdictRecord[]): unknown {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: records.map(runOf),
  }
}

function runOf(record: VerdictRecord): unknown {
  return {
    tool: {
      driver: {
        name: 'Skeptic',
        rules: record.checks.map(check => ({
          id: check.id,
          shortDescription: { text: check.statement },
          defaultConfiguration: { level: check.severity === 'minor' ? 'warning' : 'error' },
          properties: { tags: [...check.from] },
        })),
      },
    },
    automationDetails: { id: `skeptic/${record.workItem}/` },
    invocations: [{ executionSuccessful: record.integrity.length === 0, endTimeUtc: record.at }],
    results: record.checks.map((check, index) => resultOf(record, check, index)),
    properties: {
      verdict: record.verdict,
      record: record.digest,
      checklist: record.checklist,
      counts: record.counts,
      ...(record.waivers ? { waivers: record.waivers } : {}),
    },
  }
}

const KINDS: Readonly<Record<Verdict, { readonly kind: string; readonly level: string }>> = {
  pass: { kind: 'pass', level: 'none' },
  fail: { kind: 'fail', level: 'error' },
  inconclusive: { kind: 'fail', level: 'warning' },
  waived: { kind: 'review', level: 'none' },
  'not-applicable': { kind: 'notApplicable', level: 'none' },
}

function resultOf(record: VerdictRecord, check: CheckVerdict, ruleIndex: number): unknown {
  const files = new Map(record.evidence.map(item => [item.digest, item.file]))
  const cited = check.evidence.map(({ digest, pointer }) => ({ uri: files.get(digest) ?? pointer, pointer }))
  const uris = [...new Set(cited.map(({ uri }) => uri).filter(uri => uri !== ''))]
  return {
    ruleId: check.id,
    ruleIndex,
    ...KINDS[check.verdict],
    message: { text: `${check.verdict.toUpperCase()} (${check.reason}): ${check.sentence}` },
    locations: uris.slice(0, 10).map(uri => ({ physicalLocation: { artifactLocation: { uri: encodeURI(wellFormed(uri)) } } })),
    partialFingerprints: { 'skepticCheck/v1': check.digest },
    properties: { verdict: check.verdict, reason: check.reason, selfReported: check.selfReported, evidence: check.evidence },
  }
}
