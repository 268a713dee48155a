import { waiverSentence } from './as-markdown.ts'
import { hexOf } from './as-statement.ts'
import type { CheckVerdict, VerdictRecord } from './record.ts'
import { uuidOf } from './uuid.ts'

/** NIST OSCAL release whose assessment results model is written. */
const OSCAL_VERSION = '1.1.2'

/**
 * OSCAL assessment results: one result for each record, one finding for each check, one observation for each piece of evidence.
 * OSCAL knows only satisfied and not-satisfied; what cannot be told is not satisfied with the reason `other`, and its own word stands beside it.
 * No catalogue of controls is claimed: the checks are objectives of their own. Source: OSCAL 1.1.2, assessment results model.
 */
export function recordsAsOscal(records: readonly VerdictRecord[]): unknown {
  const seed = records.map(record => record.digest)
  return {
    'assessment-results': {
      uuid: uuidOf('oscal', ...seed),
      metadata: {
        title: 'Verdicts of Skeptic',
        'last-modified': records[0]?.at ?? '1970-01-01T00:00:00Z',
        version: uuidOf('oscal-version', ...seed),
        'oscal-version': OSCAL_VERSION,
      },
      'import-ap': { href: `#${uuidOf('oscal-plan', ...seed)}` },
      results: records.map(resultOf),
      'back-matter': {
        resources: [
          {
            uuid: uuidOf('oscal-plan', ...seed),
            title: 'Acceptance checklists',
            description: records.map(record => `${record.checklist} of ${record.workItem}: ${record.checklistDigest}`).join('\n'),
          },
          ...records.flatMap(record => record.evidence.map(item => resourceOf(record, item))),
        ],
      },
    },
  }
}

function resultOf(record: VerdictRecord): unknown {
  return {
    uuid: uuidOf('oscal-result', record.digest),
    title: `${record.workItem}: ${record.verdict}`,
    description: `Checklist ${record.checklist}, judged from evidence. Record ${record.digest}.`,
    start: record.at,
    end: record.at,
    props: [
      prop('verdict', record.verdict),
      prop('record', record.digest),
      ...(record.change.commit === undefined ? [] : [prop('commit', record.change.commit)]),
      ...(record.change.tree === undefined ? [] : [prop('tree', record.change.tree)]),
      ...(record.waivers ?? []).map(line => prop('waiver', waiverSentence(line))),
    ],
    'reviewed-controls': {
      'control-selections': [{ description: 'No catalogue of controls is claimed; each check is an objective of its own.' }],
    },
    ...(record.evidence.length === 0 ? {} : { observations: record.evidence.map(item => observationOf(record, item)) }),
    ...(record.checks.length === 0 ? {} : { findings: record.checks.map(check => findingOf(record, check)) }),
  }
}

function findingOf(record: VerdictRecord, check: CheckVerdict): unknown {
  const cited = record.evidence.filter(item => check.evidence.some(({ digest }) => digest === item.digest))
  return {
    uuid: uuidOf('oscal-finding', record.digest, check.id),
    title: check.statement,
    description: `${check.verdict} (${check.reason}): ${check.sentence}`,
    props: [prop('verdict', check.verdict), prop('reason', check.reason), ...check.from.map(from => prop('from', from))],
    target: { type: 'objective-id', 'target-id': check.id, status: statusOf(check) },
    ...(cited.length === 0
      ? {}
      : { 'related-observations': cited.map(item => ({ 'observation-uuid': observationId(record, item) })) }),
  }
}

function statusOf({ verdict }: CheckVerdict): unknown {
  if (verdict === 'pass') return { state: 'satisfied', reason: 'pass' }
  return { state: 'not-satisfied', reason: verdict === 'fail' ? 'fail' : 'other', remarks: `Skeptic says: ${verdict}.` }
}

type Item = VerdictRecord['evidence'][number]

function observationId(record: VerdictRecord, item: Item): string {
  return uuidOf('oscal-observation', record.digest, item.file, item.digest)
}

function resourceId(record: VerdictRecord, item: Item): string {
  return uuidOf('oscal-evidence', record.digest, item.file, item.digest)
}

function observationOf(record: VerdictRecord, item: Item): unknown {
  return {
    uuid: observationId(record, item),
    title: item.file,
    description: item.sentence,
    props: [prop('slot', item.slot), prop('format', item.format), prop('binding', item.binding), prop('reported', item.reported)],
    methods: ['TEST'],
    types: ['finding'],
    'relevant-evidence': [{ href: `#${resourceId(record, item)}`, description: item.digest }],
    collected: record.at,
  }
}

function resourceOf(record: VerdictRecord, item: Item): unknown {
  return {
    uuid: resourceId(record, item),
    title: item.file,
    rlinks: [{ href: encodeURI(item.file), hashes: [{ algorithm: 'SHA-256', value: hexOf(item.digest) }] }],
  }
}

/** A property in our own namespace, so that nobody takes its name for one of OSCAL's. */
function prop(name: string, value: string): unknown {
  return { name, ns: 'urn:skeptic:oscal', value }
}
