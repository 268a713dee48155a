import { describe, expect, test } from 'vitest'
import { confirmProposed } from '../../../core/gate/confirm.ts'
import { openingOf } from '../../../core/gate/opening.ts'
import { addWaiver, freshWaiverId, removeWaiver } from '../../../core/gate/policy-edits.ts'
import { presetPreviews } from '../../../core/gate/presets.ts'
import { applyChanges } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import { AT, ID, PACKS, STAMP, TRANSFERS, UNDECIDED, withFields } from './transfers.ts'

const hoped = (design: Design) => openingOf(design, PACKS, { at: AT, outlook: 'hoped' })
const feared = (design: Design) => openingOf(design, PACKS, { at: AT, outlook: 'feared' })
const unstated = withFields(TRANSFERS, 'flows', ID.submit, { protocol: undefined, encryption: undefined })

describe('what would open the gate', () => {
  test('nothing, where it is open', () => {
    expect(hoped(TRANSFERS)).toMatchObject({ opens: true, steps: [], left: [], spared: 0, effort: 0 })
  })

  test('names facts first, with the answer that is assumed', () => {
    const { opens, steps } = hoped(unstated)
    expect(opens).toBe(true)
    expect(steps.slice(0, 2).map(step => [step.problem.code, step.assumed])).toEqual([
      ['gate.crossing.encryptionUnknown', 'encrypted: yes'],
      ['gate.crossing.protocolUnknown', 'protocol: HTTPS'],
    ])
  })

  test('never costs less when answers turn out as feared, and says what follows from them', () => {
    for (const design of [unstated, UNDECIDED]) {
      expect(feared(design).opens).toBe(true)
      expect(feared(design).effort).toBeGreaterThanOrEqual(hoped(design).effort)
    }
    expect(feared(UNDECIDED).steps.some(step => step.follows && step.problem.code === 'gate.threat.undecided')).toBe(true)
    expect(hoped(UNDECIDED).steps.every(step => step.problem.code === 'gate.finding.undecided')).toBe(true)
  })

  test('a threat without an answer gets one, and a hope gets a check', () => {
    const bare: Design = { ...TRANSFERS, mitigations: {}, acceptances: {} }
    expect(hoped(bare)).toMatchObject({ opens: true, left: [] })
    const hope = withFields(TRANSFERS, 'mitigations', ID.logs, { control: undefined, checks: undefined })
    expect(hoped(hope).steps.map(step => step.assumed)).toContain('given a check')
  })

  test('what only a person can tell is left, and it does not open', () => {
    const unresolved = withFields(TRANSFERS, 'boundaries', ID.internet, { membership: 'unresolved' })
    expect(hoped(unresolved)).toMatchObject({ opens: false })
    expect(hoped(unresolved).left.map(problem => problem.code)).toContain('gate.boundary.unresolved')
  })

  test('leaves the design as it is and says the same twice', () => {
    const before = JSON.stringify(UNDECIDED)
    const first = feared(UNDECIDED)
    hoped(UNDECIDED)
    expect(feared(UNDECIDED)).toEqual(first)
    expect(JSON.stringify(UNDECIDED)).toBe(before)
  })

  test('speaks of one work item alone', () => {
    const item = withFields(TRANSFERS, 'workItems', ID.work, { mayEdit: undefined, language: undefined })
    const opening = openingOf(item, PACKS, { at: AT, workItem: ID.work, outlook: 'hoped' })
    expect(opening.opens).toBe(true)
    expect(opening.steps.map(step => step.problem.code)).toContain('gate.workItem.noGlobs')
  })
})

describe('presets', () => {
  test('say which zone and which work items would change', () => {
    const previews = presetPreviews(TRANSFERS, PACKS, AT)
    expect(previews.map(one => [one.preset, one.zone, one.obligations.reviewers])).toEqual([
      ['team', 'assisted', 1],
      ['strict', 'assisted-2p', 2],
      ['regulated', 'advise-only', 1],
    ])
    expect(previews.filter(one => one.isChosen)).toHaveLength(1)
    expect(previews.find(one => one.isChosen)?.effects).toEqual([])
    const regulated = previews.find(one => one.preset === 'regulated')
    expect(regulated?.effects.some(effect => effect.zone.after === 'advise-only')).toBe(true)
  })
})

describe('waivers', () => {
  const waiver = {
    rule: 'gate.data.unclassified',
    scope: ID.order,
    by: 'ana',
    approver: 'bo',
    reason: 'r',
    expires: '2027-01-31',
  }

  test('are added under a free id and removed', () => {
    const id = freshWaiverId(TRANSFERS, STAMP)
    const added = addWaiver(TRANSFERS, { id, waiver }, STAMP)
    const design = applyChanges(TRANSFERS, added.ok ? added.value : [])
    expect(design.policy.policy?.waivers?.[id]).toEqual(waiver)
    const removed = removeWaiver(design, { id })
    expect(applyChanges(design, removed.ok ? removed.value : []).policy.policy?.waivers?.[id]).toBeUndefined()
    expect(removeWaiver(TRANSFERS, { id: 'V-N0NE1' }).ok).toBe(false)
  })
})

describe('confirming what an AI proposed', () => {
  const proposed = withFields(TRANSFERS, 'threats', ID.tampering, { provenance: { kind: 'ai', at: AT, tool: 'x' } })

  test('is for persons, once', () => {
    const confirmed = confirmProposed(proposed, { id: ID.tampering }, STAMP)
    expect(confirmed.ok && applyChanges(proposed, confirmed.value).threats[ID.tampering]?.provenance).toMatchObject({
      kind: 'ai',
      confirmedBy: STAMP.by,
    })
    expect(confirmProposed(TRANSFERS, { id: ID.tampering }, STAMP).ok).toBe(false)
    expect(confirmProposed(proposed, { id: ID.tampering }, { ...STAMP, kind: 'ai' }).ok).toBe(false)
    expect(confirmProposed(proposed, { id: 'T-N0NE1' }, STAMP).ok).toBe(false)
  })
})
