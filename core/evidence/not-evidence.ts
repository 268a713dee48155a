import { isObject, objectOf } from './loose.ts'

type Kind = { readonly is: (value: object) => boolean; readonly what: string; readonly cure: string }

/** Files that people hand in as evidence and that say nothing a check could rest on, each with what to hand in instead. */
const KINDS: readonly Kind[] = [
  {
    is: value => 'assessment-results' in value || 'assessment-plan' in value || 'system-security-plan' in value,
    what: 'an OSCAL document, which tells what people assessed',
    cure: 'Hand in the reports that it rests on.',
  },
  {
    is: value => 'scorecard' in value && 'checks' in value,
    what: 'a Scorecard report, whose points rate a repository',
    cure: 'Scorecard can write what it found as SARIF: scorecard --format sarif',
  },
  {
    is: value => 'threats' in value && ('applicationInfo' in value || 'mitigations' in value),
    what: 'a threat model, which says what could happen',
    cure: 'Bring it into a design: skeptic import',
  },
  {
    is: value => 'schema_version' in value && 'affected' in value && 'id' in value,
    what: 'one advisory of the OSV database, which says nothing about this code',
    cure: 'Hand in the report of a scanner: osv-scanner scan --format json --all-packages',
  },
]

/** What a file of JSON is when it is known and still no evidence; undefined when it is not known. */
export function notEvidence(value: unknown): { readonly what: string; readonly cure: string } | undefined {
  return isObject(value) ? KINDS.find(kind => kind.is(objectOf(value))) : undefined
}
