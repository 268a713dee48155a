import { expect, test } from 'vitest'
import { decisionsIn } from '../../../core/reports/decisions-since.ts'
import type { SpokenChange } from '../../../core/reports/difference-changes.ts'

const change = (table: SpokenChange['table'], kind: SpokenChange['kind'], ...fields: readonly string[]): SpokenChange => ({
  kind,
  table,
  id: `${table} ${fields.join()}`,
  name: '',
  sentence: '',
  fields: fields.map(field => ({ field })),
})

test('decisions are judgements, answers to threats, approvals and what is left out; drawing and wording are none', () => {
  const decided = [
    change('triage', 'added'),
    change('acceptances', 'removed'),
    change('exclusions', 'added'),
    change('mitigations', 'changed', 'status'),
    change('policy', 'changed', 'rules/1'),
    change('requirements', 'changed', 'statement', 'status'),
    change('elements', 'changed', 'outOfScope'),
  ]
  const edited = [
    change('elements', 'added'),
    change('elements', 'changed', 'name'),
    change('requirements', 'changed', 'statement'),
    change('workItems', 'changed', 'goal'),
    change('settings', 'changed', 'name'),
  ]
  expect(decisionsIn([...decided, ...edited])).toEqual(decided)
})
