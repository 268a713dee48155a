import { describe, expect, test } from 'vitest'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { triageReal } from '../../../core/threats/edits.ts'
import { deriveFindings, type Finding } from '../../../core/threats/engine.ts'
import { heirsOf, outOfScopeBehind, reassignDecision } from '../../../core/threats/reassign.ts'
import { packOf, ruleWith, shop, stampOf } from './designs.ts'

const PACKS = [packOf(ruleWith({ id: 'ONE-1' }))]

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  return applyChanges(design, edit.value)
}

function found(design: Design): readonly Finding[] {
  return deriveFindings(design, PACKS).findings
}

/** A design in which the flow of a decided finding was removed, with a second flow like it. */
function orphaned() {
  const order = shop().flows['F-0RDER']
  if (!order) throw new Error('the shop has an order')
  const design = applyChanges(shop(), [{ kind: 'put', table: 'flows', row: { ...order, id: 'F-0RDR2', name: 'second order' } }])
  const lead = found(design).find(finding => finding.on.kind === 'interaction' && finding.on.flow === 'F-0RDER')
  if (!lead) throw new Error('the rule speaks of the order')
  const real = done(design, triageReal(design, { finding: lead, likelihood: 2, impact: 4 }, stampOf()))
  const gone = applyChanges(real, [{ kind: 'remove', table: 'flows', id: 'F-0RDER' }])
  const from = found(gone).find(finding => finding.id === lead.id)
  if (from?.applicability !== 'gone') throw new Error('its decision is kept')
  return { gone, from }
}

describe('a decision whose place is gone', () => {
  test('goes to a living finding of the same rule, with its threat and with who decided', () => {
    const { gone, from } = orphaned()
    const [heir] = heirsOf(gone, found(gone), from)
    if (!heir) throw new Error('the second order has the same finding')
    const handed = done(gone, reassignDecision(gone, { from, to: heir }))
    expect(handed.triage[from.id]).toBeUndefined()
    expect(handed.triage[heir.id]).toMatchObject({
      decision: 'real',
      likelihood: 2,
      impact: 4,
      by: gone.triage[from.id]?.by,
      subject: { flow: 'F-0RDR2' },
    })
    expect(rowsOf(handed.threats).map(threat => threat.findings)).toEqual([{ [heir.id]: true }])
    expect(found(handed).some(({ applicability }) => applicability === 'gone')).toBe(false)
  })

  test('never takes the place of another decision', () => {
    const { gone, from } = orphaned()
    const [heir] = heirsOf(gone, found(gone), from)
    if (!heir) throw new Error('the second order has the same finding')
    const both = done(gone, triageReal(gone, { finding: heir, likelihood: 1, impact: 1 }, stampOf()))
    expect(heirsOf(both, found(both), from)).not.toContain(heir)
    expect(reassignDecision(both, { from, to: heir }).ok).toBe(false)
    expect(reassignDecision(shop(), { from, to: heir }).ok).toBe(false)
  })

  test('comes back with what was put out of scope', () => {
    const { gone, from } = orphaned()
    expect(outOfScopeBehind(gone, from)).toEqual([])
    const order = shop().flows['F-0RDER']
    if (!order) throw new Error('the shop has an order')
    const out = applyChanges(gone, [{ kind: 'put', table: 'flows', row: { ...order, outOfScope: 'Later.' } }])
    expect(outOfScopeBehind(out, from)).toEqual(['F-0RDER'])
  })
})
