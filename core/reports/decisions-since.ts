import type { TableName } from '../model/types.ts'
import type { SpokenChange } from './difference-changes.ts'

/** Rows that are decisions as a whole. */
const DECISIONS: readonly TableName[] = ['triage', 'threats', 'mitigations', 'acceptances', 'exclusions', 'assumptions', 'policy']

/** Fields that decide something in a row that is more than a decision. */
const DECIDING: { readonly [T in TableName]?: readonly string[] } = {
  requirements: ['status'],
  elements: ['outOfScope'],
  flows: ['outOfScope'],
}

/** What people decided among the changes from one state to a later one: it is lost when the earlier is brought back. */
export function decisionsIn(changes: readonly SpokenChange[]): readonly SpokenChange[] {
  return changes.filter(
    ({ table, fields }) => DECISIONS.includes(table) || fields.some(({ field }) => DECIDING[table]?.includes(field)),
  )
}
