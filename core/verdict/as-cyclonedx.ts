import { waiverSentence } from './as-markdown.ts'
import { hexOf } from './as-statement.ts'
import type { CheckVerdict, EvidenceLine, VerdictRecord } from './record.ts'
import { uuidOf } from './uuid.ts'

/**
 * CycloneDX 1.6 declarations: each checklist is a standard, each check a requirement of it, each verdict a claim with its evidence.
 * A pass is a claim of conformance 1, a fail a counter-claim of 0; what cannot be told, or was waived, makes no claim and has no score.
 * Source: CycloneDX 1.6 JSON schema, `declarations` and `definitions`.
 */
export function recordsAsCyclonedx(records: readonly VerdictRecord[]): unknown {
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf('cyclonedx', ...records.map(record => record.digest))}`,
    version: 1,
    metadata: {
      ...(records[0] ? { timestamp: records[0].at } : {}),
      tools: { components: [{ type: 'application', name: 'Skeptic' }] },
    },
    definitions: { standards: records.map(standardOf) },
    declarations: {
      assessors: [{ 'bom-ref': 'skeptic', thirdParty: false }],
      attestations: records.map(attestationOf),
      claims: records.flatMap(record => record.checks.filter(isDecided).map(check => claimOf(record, check))),
      evidence: records.flatMap(record => record.evidence.map(item => evidenceOf(record, item))),
      targets: { components: records.map(targetOf) },
    },
  }
}

function isDecided({ verdict }: CheckVerdict): boolean {
  return verdict === 'pass' || verdict === 'fail'
}

function refOf(record: VerdictRecord, kind: string, id = ''): string {
  return `${kind}-${record.workItem}${id === '' ? '' : `-${id}`}`
}

function standardOf(record: VerdictRecord): unknown {
  return {
    'bom-ref': refOf(record, 'checklist'),
    name: `Acceptance checklist ${record.checklist} of ${record.workItem}`,
    version: hexOf(record.checklistDigest),
    description: 'Derived from the requirements and threats of one work item, before the change was made.',
    requirements: record.checks.map(check => ({
      'bom-ref': refOf(record, 'requirement', check.id),
      identifier: check.id,
      title: check.statement,
      properties: check.from.map(value => ({ name: 'skeptic:from', value })),
    })),
  }
}

function targetOf(record: VerdictRecord): unknown {
  const { commit, tree, digest } = record.change
  return {
    'bom-ref': refOf(record, 'change'),
    type: 'application',
    name: `The change of ${record.workItem}`,
    ...(commit === undefined ? {} : { version: commit }),
    ...(digest === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: hexOf(digest) }] }),
    properties: [
      ...(tree === undefined ? [] : [{ name: 'skeptic:tree', value: tree }]),
      ...(record.waivers ?? []).map(line => ({ name: 'skeptic:waiver', value: waiverSentence(line) })),
    ],
  }
}

function attestationOf(record: VerdictRecord): unknown {
  return {
    summary: `${record.verdict.toUpperCase()} at ${record.at}; record ${record.digest}.`,
    assessor: 'skeptic',
    map: record.checks.map(check => {
      const claim = [refOf(record, 'claim', check.id)]
      const rationale = `${check.verdict} (${check.reason}): ${check.sentence}`
      return {
        requirement: refOf(record, 'requirement', check.id),
        ...(check.verdict === 'pass' ? { claims: claim } : check.verdict === 'fail' ? { counterClaims: claim } : {}),
        conformance: { ...(isDecided(check) ? { score: check.verdict === 'pass' ? 1 : 0 } : {}), rationale },
        ...(check.selfReported ? { confidence: { rationale: 'Self-reported: no enrolled key vouches for the evidence.' } } : {}),
      }
    }),
  }
}

function claimOf(record: VerdictRecord, check: CheckVerdict): unknown {
  const refs = record.evidence.filter(item => check.evidence.some(({ digest }) => digest === item.digest))
  const cited = [...new Set(refs.map(item => refOf(record, 'evidence', hexOf(item.digest).slice(0, 16))))]
  return {
    'bom-ref': refOf(record, 'claim', check.id),
    target: refOf(record, 'change'),
    predicate: check.statement,
    reasoning: `${check.verdict} (${check.reason}): ${check.sentence}`,
    ...(cited.length === 0 ? {} : { [check.verdict === 'fail' ? 'counterEvidence' : 'evidence']: cited }),
  }
}

function evidenceOf(record: VerdictRecord, { digest, file, slot, format, binding, reported, sentence }: EvidenceLine): unknown {
  return {
    'bom-ref': refOf(record, 'evidence', hexOf(digest).slice(0, 16)),
    propertyName: `skeptic.evidence.${slot}`,
    description: `${format}, ${binding}, reported by ${reported}. ${sentence}`,
    data: [{ name: file, contents: { attachment: { contentType: 'text/plain', content: digest } } }],
  }
}
