import { describe, expect, test } from 'vitest'
import {
  acceptSuggestion,
  addSuggestion,
  declineSuggestion,
  openSuggestions,
  SUGGESTION_LIMIT,
  withdrawSuggestion,
} from '../../../core/comments/suggestion-edits.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { designDigest } from '../../../core/model/digest.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import { accepts } from '../../../core/model/parse.ts'
import { suggestionOf } from '../../../core/model/suggest.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design, Stamp } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { designOf, element } from '../model/designs.ts'

const random = randomFrom('suggestions')
const DEVELOPER: Stamp = { at: '2026-11-22T16:00:00Z', by: 'developer', random }
const LEAD: Stamp = { at: '2026-11-22T17:00:00Z', by: 'security lead', random }

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  const after = applyChanges(design, edit.value)
  for (const row of rowsOf(after.suggestions)) expect(accepts('suggestions', row)).toBe(true)
  return after
}

const BASE = designOf(element('E-00001'), element('E-00002'))
const named = (design: Design, id: string, name: string) =>
  applyChanges(design, [{ kind: 'patch', table: 'elements', id, fields: { name } }])
const FORK = named(named(BASE, 'E-00001', 'Gateway'), 'E-00002', 'Vault')
const proposed = suggestionOf(BASE, FORK)
const SENT = done(BASE, addSuggestion(BASE, { title: ' Better names ', description: ' ', proposed }, DEVELOPER))
const id = openSuggestions(SENT)[0]?.id ?? ''

describe('a suggestion', () => {
  test('is open, changes nothing by itself and makes nothing stale', () => {
    expect(openSuggestions(EMPTY_DESIGN)).toEqual([])
    expect(openSuggestions(SENT)).toMatchObject([{ title: 'Better names', by: 'developer', base: designDigest(BASE) }])
    expect(SENT.elements).toBe(BASE.elements)
    expect(designDigest(SENT)).toBe(designDigest(BASE))
  })

  test.each([
    ['suggestion.empty', { title: 'x', proposed: { ...proposed, changes: [] } }],
    ['suggestion.title', { title: ' ', proposed }],
    ['suggestion.large', { title: 'x', proposed: suggestionOf(BASE, named(BASE, 'E-00001', 'x'.repeat(SUGGESTION_LIMIT))) }],
  ])('%s is refused', (code, input) => {
    expect(addSuggestion(BASE, input, DEVELOPER)).toMatchObject({ ok: false, problems: [{ code }] })
  })

  test('is taken over in one list of changes, with who did so and when', () => {
    const after = done(SENT, acceptSuggestion(SENT, { id }, LEAD))
    expect(after.elements).toEqual(FORK.elements)
    expect(after.suggestions[id]).toMatchObject({ status: 'merged', decidedBy: 'security lead', decidedAt: LEAD.at })
    expect(after.suggestions[id]).not.toHaveProperty('leftOut')
    expect(openSuggestions(after)).toEqual([])
  })

  test('is taken over in part, and says what was left out', () => {
    const after = done(SENT, acceptSuggestion(SENT, { id, rows: new Set(['elements/E-00001']) }, LEAD))
    expect([after.elements['E-00001']?.name, after.elements['E-00002']]).toEqual(['Gateway', BASE.elements['E-00002']])
    expect(after.suggestions[id]).toMatchObject({ status: 'merged', leftOut: ['elements/E-00002'] })
    expect(acceptSuggestion(SENT, { id, rows: new Set() }, LEAD)).toMatchObject({
      ok: false,
      problems: [{ code: 'suggestion.none' }],
    })
  })

  test('waits while a conflict is not settled; then the settled side stands', () => {
    const moved = named(SENT, 'E-00001', 'Front door')
    const conflict = new Set(['elements/E-00001/name'])
    expect(acceptSuggestion(moved, { id }, LEAD)).toMatchObject({ ok: false, problems: [{ code: 'suggestion.conflict' }] })
    const kept = done(moved, acceptSuggestion(moved, { id, keep: conflict }, LEAD))
    expect([kept.elements['E-00001']?.name, kept.elements['E-00002']?.name]).toEqual(['Front door', 'Vault'])
    const forced = done(moved, acceptSuggestion(moved, { id, force: conflict }, LEAD))
    expect(forced.elements['E-00001']?.name).toBe('Gateway')
  })

  test('that would leave a link to nowhere is refused with the place', () => {
    const fork = applyChanges(BASE, [
      {
        kind: 'put',
        table: 'boundaries',
        row: { id: 'B-00001', name: 'DMZ', kind: 'network', membership: 'stated', provenance: { kind: 'human', at: LEAD.at } },
      },
      { kind: 'patch', table: 'elements', id: 'E-00001', fields: { boundary: 'B-00001' } },
    ])
    const sent = done(BASE, addSuggestion(BASE, { title: 'x', proposed: suggestionOf(BASE, fork) }, DEVELOPER))
    const one = openSuggestions(sent)[0]?.id ?? ''
    const some = acceptSuggestion(sent, { id: one, rows: new Set(['elements/E-00001']) }, LEAD)
    expect(some).toMatchObject({ ok: false, problems: [{ code: 'suggestion.scar', at: 'E-00001' }] })
    expect(done(sent, acceptSuggestion(sent, { id: one }, LEAD)).elements['E-00001']?.boundary).toBe('B-00001')
  })

  test('is declined with a reason', () => {
    expect(declineSuggestion(SENT, { id, reason: ' ' }, LEAD)).toMatchObject({
      ok: false,
      problems: [{ code: 'suggestion.reason' }],
    })
    const after = done(SENT, declineSuggestion(SENT, { id, reason: ' No. ' }, LEAD))
    expect(after.suggestions[id]).toMatchObject({ status: 'declined', reason: 'No.', decidedBy: 'security lead' })
    expect(after.elements).toBe(BASE.elements)
  })

  test('is decided once', () => {
    const after = done(SENT, declineSuggestion(SENT, { id, reason: 'No.' }, LEAD))
    const decided = { ok: false, problems: [{ code: 'suggestion.decided' }] }
    expect(acceptSuggestion(after, { id }, LEAD)).toMatchObject(decided)
    expect(declineSuggestion(after, { id, reason: 'No.' }, LEAD)).toMatchObject(decided)
    expect(withdrawSuggestion(after, { id }, DEVELOPER)).toMatchObject(decided)
    expect(acceptSuggestion(after, { id: 'S-N0NE0' }, LEAD)).toMatchObject({
      ok: false,
      problems: [{ code: 'suggestion.missing' }],
    })
  })

  test('is decided by people, and taken back by whoever made it', () => {
    const ai = { ...LEAD, kind: 'ai' } as const
    expect(acceptSuggestion(SENT, { id }, ai)).toMatchObject({ ok: false, problems: [{ code: 'suggestion.ai' }] })
    expect(declineSuggestion(SENT, { id, reason: 'x' }, ai)).toMatchObject({ ok: false, problems: [{ code: 'suggestion.ai' }] })
    expect(withdrawSuggestion(SENT, { id }, LEAD)).toMatchObject({ ok: false, problems: [{ code: 'suggestion.notOwn' }] })
    expect(done(SENT, withdrawSuggestion(SENT, { id }, DEVELOPER)).suggestions).toEqual({})
  })
})
