import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { diffDesigns } from '../../../core/model/diff.ts'
import { designDigest } from '../../../core/model/digest.ts'
import { accepts } from '../../../core/model/parse.ts'
import { keyOfChange, keyOfConflict, mergeSuggestion, suggestionOf } from '../../../core/model/suggest.ts'
import type { Design, SuggestedChange } from '../../../core/model/types.ts'
import { runs } from '../../support/runs.ts'
import { designOf, element, validDesign } from './designs.ts'
import { FULL, ROWS } from './samples.ts'

const aside = (design: Design): Design => ({ ...design, comments: {}, suggestions: {} })
/** Designs of one document. */
const oneOf = validDesign.map(design => ({ ...design, settings: FULL.settings, policy: FULL.policy }))
const patch = (id: string, fields: object): Change => ({ kind: 'patch', table: 'elements', id, fields: { ...fields } })
const BASE = designOf(element('E-00001'), element('E-00002'))
const edited = (...changes: readonly Change[]) => applyChanges(BASE, changes)
const rename = (name: string) => edited(patch('E-00001', { name }))

describe('suggestionOf', () => {
  test('of a design and itself is empty', () => {
    expect(suggestionOf(EMPTY_DESIGN, EMPTY_DESIGN)).toEqual({ base: designDigest(EMPTY_DESIGN), changes: [] })
  })

  test('carries of each field the value before and the value after, and fits the schema', () => {
    const fork = edited(
      patch('E-00001', { name: 'Gateway', technology: 'Go', 'attributes/isLog': 'yes' }),
      { kind: 'remove', table: 'elements', id: 'E-00002' },
      { kind: 'put', table: 'elements', row: element('E-00003') },
    )
    const { changes } = suggestionOf(BASE, fork)
    expect(changes).toEqual([
      { table: 'elements', id: 'E-00002', before: BASE.elements['E-00002'] },
      {
        table: 'elements',
        id: 'E-00001',
        before: { name: BASE.elements['E-00001']?.name },
        after: { name: 'Gateway', technology: 'Go', 'attributes/isLog': 'yes' },
      },
      { table: 'elements', id: 'E-00003', after: fork.elements['E-00003'] },
    ])
    expect(accepts('suggestions', { ...ROWS.suggestions, changes })).toBe(true)
  })

  test('never says which document it is or how it is kept', () => {
    const settings = (fields: object) =>
      applyChanges(FULL, [{ kind: 'patch', table: 'settings', id: 'design', fields: { ...fields } }])
    expect(suggestionOf(FULL, settings({ epoch: 9, designId: '9876543210' })).changes).toEqual([])
    const hostile = {
      table: 'settings',
      id: 'design',
      before: { epoch: 1, name: 'Bank transfers' },
      after: { epoch: 2, name: 'x' },
    } as const
    const { changes } = mergeSuggestion(FULL, { changes: [hostile] })
    expect(changes).toEqual([{ kind: 'patch', table: 'settings', id: 'design', fields: { name: 'x' } }])
  })

  test('leaves out what is said beside the design', () => {
    expect(suggestionOf(aside(FULL), FULL).changes).toEqual([])
  })
})

describe('mergeSuggestion', () => {
  test('into the design it was made on gives the fork, for any two designs, and again changes nothing', () => {
    fc.assert(
      fc.property(oneOf, oneOf, (base, fork) => {
        const proposed = JSON.parse(JSON.stringify(suggestionOf(base, fork)))
        const { changes, conflicts } = mergeSuggestion(base, proposed)
        expect(conflicts).toEqual([])
        const merged = applyChanges(base, changes)
        expect(diffDesigns(aside(merged), aside(fork))).toEqual([])
        expect(mergeSuggestion(merged, proposed)).toEqual({ changes: [], conflicts: [], scars: [] })
      }),
      { numRuns: runs(60, 3000) },
    )
  })

  test('loses nothing of a design that moved on: what it changes in silence still had the value from before', () => {
    fc.assert(
      fc.property(validDesign, validDesign, validDesign, (base, fork, now) => {
        const { changes, conflicts } = mergeSuggestion(now, suggestionOf(base, fork))
        const told = new Set(conflicts.map(keyOfConflict))
        const after = applyChanges(now, changes)
        for (const change of suggestionOf(now, after).changes) {
          const was = suggestionOf(base, now).changes.find(one => keyOfChange(one) === keyOfChange(change))
          for (const field of Object.keys({ ...change.before, ...change.after })) {
            expect(told.has(`${keyOfChange(change)}/${field}`)).toBe(false)
            if (was?.before && was.after) expect(Object.keys({ ...was.before, ...was.after })).not.toContain(field)
          }
        }
      }),
      { numRuns: runs(60, 3000) },
    )
  })

  test('another field of the same row, changed meanwhile, stays beside it', () => {
    const now = edited(patch('E-00001', { technology: 'Go' }))
    const { changes, conflicts } = mergeSuggestion(now, suggestionOf(BASE, rename('Gateway')))
    expect(conflicts).toEqual([])
    expect(applyChanges(now, changes).elements['E-00001']).toMatchObject({ name: 'Gateway', technology: 'Go' })
  })

  test('the same field changed otherwise is a conflict; forced, the suggestion wins', () => {
    const proposed = suggestionOf(BASE, rename('Gateway'))
    const now = rename('Front door')
    const { changes, conflicts } = mergeSuggestion(now, proposed)
    expect(changes).toEqual([])
    expect(conflicts).toMatchObject([{ id: 'E-00001', field: 'name', kind: 'changed', after: 'Gateway', now: 'Front door' }])
    const forced = mergeSuggestion(now, proposed, { force: new Set(conflicts.map(keyOfConflict)) })
    expect(forced).toMatchObject({ conflicts: [], changes: [{ fields: { name: 'Gateway' } }] })
  })

  const without = (id: string) => edited({ kind: 'remove', table: 'elements', id })
  const withNew = (name: string) => edited({ kind: 'put', table: 'elements', row: { ...element('E-00003'), name } })
  test.each([
    ['removed', rename('Gateway'), without('E-00001')],
    ['kept', without('E-00001'), rename('Front door')],
    ['taken', withNew('a'), withNew('b')],
  ])('%s: a row that one side took away, changed or made is a conflict', (kind, fork, now) => {
    const merged = mergeSuggestion(now, suggestionOf(BASE, fork))
    expect(merged).toMatchObject({ changes: [], conflicts: [{ field: null, kind }] })
  })

  test('only the chosen rows go in', () => {
    const fork = edited(patch('E-00001', { name: 'x' }), patch('E-00002', { name: 'y' }))
    const { changes } = mergeSuggestion(BASE, suggestionOf(BASE, fork), { rows: new Set(['elements/E-00002']) })
    expect(changes).toMatchObject([{ id: 'E-00002' }])
  })

  test('a link that would lead nowhere is told', () => {
    const flow = { ...ROWS.flows, source: 'E-00001', target: 'E-00003', data: undefined }
    const fork = edited(
      { kind: 'put', table: 'elements', row: element('E-00003') },
      { kind: 'put', table: 'flows', row: JSON.parse(JSON.stringify(flow)) },
    )
    const proposed = suggestionOf(BASE, fork)
    expect(mergeSuggestion(BASE, proposed).scars).toEqual([])
    expect(mergeSuggestion(BASE, proposed, { rows: new Set(['flows/F-00001']) }).scars).toMatchObject([
      { code: 'integrity.dangling', at: 'F-00001' },
    ])
  })

  const hostile = (text: string) => JSON.parse(text) as SuggestedChange
  test.each([
    ['a field nobody knows', hostile('{"table":"elements","id":"E-00001","before":{},"after":{"evil":1}}')],
    ['a value of another type', hostile('{"table":"elements","id":"E-00001","before":{"kind":"process"},"after":{"kind":7}}')],
    [
      'no removal of the settings',
      { table: 'settings', id: 'design', before: FULL.settings.design } as unknown as SuggestedChange,
    ],
    ['no prototype', hostile('{"table":"elements","id":"E-00001","before":{},"after":{"__proto__":{"isAdmin":true}}}')],
    ['no prototype of a map', hostile('{"table":"elements","id":"E-00001","before":{},"after":{"data/__proto__":true}}')],
    ['another id', hostile('{"table":"elements","id":"E-1","after":{"name":"x","kind":"process"}}')],
    [
      'a required field taken away',
      { table: 'elements', id: 'E-00001', before: { name: BASE.elements['E-00001']?.name }, after: {} },
    ],
  ] as const)('written by somebody else: %s goes in, not even forced', (_what, change) => {
    for (const force of [new Set<string>(), new Set(['elements/E-00001', 'elements/E-00001/evil', 'elements/E-00001/kind'])]) {
      const design = { ...BASE, settings: FULL.settings }
      const merged = mergeSuggestion(design, { changes: [change as SuggestedChange] }, { force })
      expect(merged).toMatchObject({ changes: [], conflicts: [{ kind: 'unfit' }] })
    }
    expect(({} as { readonly isAdmin?: unknown }).isAdmin).toBeUndefined()
  })
})
