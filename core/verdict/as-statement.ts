import type { VerdictRecord } from './record.ts'

/** Names this shape of the predicate; a change that breaks readers gets another number. */
export const PREDICATE_TYPE = 'urn:skeptic:verdict:1'

/** An in-toto Statement v1, unsigned: about the commit, its tree and the checklist, or about the changed files outside git. */
export function statementOf(record: VerdictRecord): unknown {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjectsOf(record),
    predicateType: PREDICATE_TYPE,
    predicate: record,
  }
}

/** What a statement about a record is about. */
export function subjectsOf(record: VerdictRecord): readonly unknown[] {
  const { change } = record
  return [
    ...(change.commit === undefined ? [] : [{ name: 'commit', digest: { gitCommit: change.commit } }]),
    ...(change.tree === undefined ? [] : [{ name: 'tree', digest: { gitTree: change.tree } }]),
    ...(change.digest === undefined ? [] : [{ name: 'change', digest: { sha256: hexOf(change.digest) } }]),
    { name: record.checklist, digest: { sha256: hexOf(record.checklistDigest) } },
  ]
}

/** A digest without the name of its algorithm. */
export function hexOf(digest: string): string {
  return digest.replace('sha256:', '')
}
