import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import type { Acceptance, Design } from '../../core/model/types.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { addControl, giveTo, threatNotApplicable } from '../../renderer/commands/definitions/mitigate.ts'
import { placeThreat } from '../../renderer/commands/definitions/rate.ts'
import { factsOf } from '../../renderer/state/facts.ts'
import { canWaive, fixFor, waiverEnd } from '../../renderer/views/gate/gate-model.ts'
import {
  controlChoices,
  endNote,
  endOf,
  knownPeople,
  placeUnder,
  riskIfShown,
  stepTo,
  suggestionsFor,
} from '../../renderer/views/mitigate/mitigate-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { AT, contextWith } from './support.ts'

const threat = {
  id: 'T-00001',
  statement: 'Somebody reads card numbers in a log.',
  categories: { informationDisclosure: true },
  cwe: { 'CWE-532': true },
  likelihood: 4,
  impactScale: 4,
  provenance: { kind: 'human', at: AT },
} as const
const acceptance: Acceptance = {
  id: 'X-00001',
  response: 'accept',
  threat: 'T-00001',
  reason: 'r',
  owner: 'ana',
  approver: 'bo',
  expires: '2026-12-01',
  provenance: { kind: 'human', at: AT },
}
const design: Design = applyChanges(smallDesign(), [{ kind: 'put', table: 'threats', row: threat }])
const facts = factsOf(design, AT, builtinPacks)
const [state] = facts.states()
if (!state) throw new Error('the design has one threat')
const choices = controlChoices(facts.packs.controls, state, facts.findings())

describe('suggestions', () => {
  it('are those that fit closely, until somebody types', () => {
    const offered = suggestionsFor(choices, '')
    expect(offered.length).toBeGreaterThan(0)
    expect(offered.every(({ fits }) => fits === 'rule' || fits === 'weakness')).toBe(true)
    expect(offered.some(({ control }) => control.cwe.includes('CWE-532'))).toBe(true)
    expect(suggestionsFor(choices, 'lo')).toEqual([])
  })

  it.each(['cwe-532', 'ASVS', 'OWASP LLM'])('are found by words, weakness and framework: %s', text => {
    expect(suggestionsFor(choices, text).length).toBeGreaterThan(0)
  })

  it('say what would be left, never more than now', () => {
    for (const { control } of suggestionsFor(choices, '')) {
      const left = riskIfShown(state, control)
      expect(left?.likelihood).toBeLessThanOrEqual(4)
      expect(left?.impact).toBeLessThanOrEqual(4)
    }
  })

  it('become a mitigation in words about this threat', () => {
    const [first] = suggestionsFor(choices, '')
    const planned = addControl.plan(contextWith(design), { threat: threat.id, control: first?.control.id ?? '' })
    expect(planned).toMatchObject({ ok: true, value: [{ kind: 'write' }, { kind: 'focus' }, { kind: 'say' }] })
  })
})

describe('the matrix', () => {
  it('is walked with arrows up to its edge', () => {
    expect(stepTo({ likelihood: 3, impact: 3 }, 'ArrowUp')).toEqual({ likelihood: 4, impact: 3 })
    expect(stepTo({ likelihood: 3, impact: 3 }, 'ArrowLeft')).toEqual({ likelihood: 3, impact: 2 })
    expect(stepTo({ likelihood: 5, impact: 3 }, 'ArrowUp')).toBeUndefined()
    expect(stepTo({ likelihood: 3, impact: 3 }, 'Enter')).toBeUndefined()
  })

  it('knows the place under the pointer, and the nearest beyond its edge', () => {
    expect(placeUnder({ x: 0.01, y: 0.01 })).toEqual({ likelihood: 5, impact: 1 })
    expect(placeUnder({ x: 0.99, y: 0.99 })).toEqual({ likelihood: 1, impact: 5 })
    expect(placeUnder({ x: 7, y: -3 })).toEqual({ likelihood: 5, impact: 5 })
  })

  it('takes a place as one step and refuses what lies outside', () => {
    const place = (likelihood: number, impact: number) =>
      placeThreat.plan(contextWith(design), { threat: threat.id, likelihood, impact })
    expect(place(2, 3)).toMatchObject({
      ok: true,
      value: [{ kind: 'write', changes: [{ fields: { likelihood: 2, impactScale: 3 } }] }, { kind: 'say' }],
    })
    expect(place(6, 3).ok).toBe(false)
  })
})

describe('ends', () => {
  it.each([
    ['2027-06-01', '191 days left', 'plain'],
    ['2026-12-01', '9 days left', 'warn'],
    ['2026-11-22', 'Ended 2026-11-22', 'bad'],
  ] as const)('%s: %s', (expires, text, tone) => {
    expect(endOf({ ...acceptance, expires }, AT)).toEqual({ text, tone })
    if (tone !== 'bad') {
      const waiver = { rule: 'r', scope: 's', by: 'a', approver: 'b', reason: 'r', expires }
      expect(waiverEnd({ id: 'V-1', waiver }, {}, AT)).toEqual({ text, tone })
    }
  })

  it('a waiver that does not count says why', () => {
    const waiver = { rule: 'r', scope: 's', by: 'a', approver: 'b', reason: 'r', expires: '2027-06-01' }
    expect(waiverEnd({ id: 'V-1', waiver: { ...waiver, approver: 'A' } }, {}, AT).text).toMatch(/one person asked/)
    expect(waiverEnd({ id: 'V-1', waiver }, { waiverApprovers: { c: 'security' } }, AT).text).toMatch(/does not name/)
    expect(waiverEnd({ id: 'V-1', waiver }, { waiverApprovers: { B: 'security' } }, AT).tone).toBe('plain')
  })

  it('that never counted say so, and the form says what an end means', () => {
    expect(endOf({ ...acceptance, approver: 'ANA' }, AT)).toMatchObject({ tone: 'bad' })
    expect(endNote('2026-12-15')).toBe('Warns from 2026-12-01, blocks on 2026-12-15.')
    expect(endNote('')).toBe('Warns 14 days before, blocks on the day.')
  })
})

describe('people and waivers', () => {
  it('lists everybody once and hands over in one step', () => {
    const given = applyChanges(design, [{ kind: 'put', table: 'acceptances', row: acceptance }])
    expect(knownPeople(given)).toEqual(['ana', 'bo'])
    expect(giveTo.plan(contextWith(given), { ids: ['X-00001'], to: 'cy' }).ok).toBe(true)
    expect(giveTo.plan(contextWith(given), { ids: ['X-00001'], to: 'bo' }).ok).toBe(false)
  })

  it('offers a waiver only where the rule allows one', () => {
    expect(canWaive({ code: 'gate.data.unclassified', at: 'D-00001' })).toBe(true)
    expect(canWaive({ code: 'gate.threat.undecided', at: 'T-00001' })).toBe(false)
    expect(fixFor({ code: 'gate.waiver.void' })).toEqual({ kind: 'removeWaiver' })
  })

  it('asks for a reason in the dialog only where a finding stands behind the threat', () => {
    expect(threatNotApplicable.plan(contextWith(design), threat.id).ok).toBe(false)
  })
})
