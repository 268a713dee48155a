import { describe, expect, it } from 'vitest'
import { threatStates } from '../../../core/mitigations/derive.ts'
import { addMitigation } from '../../../core/mitigations/edits.ts'
import { STANDINGS, standingOfThreats, standingsOf } from '../../../core/mitigations/standing.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { mergedFindings } from '../../../core/threats/merged.ts'
import { decideTogether, type Said } from '../../../core/threats/together.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { smallDesign } from '../../support/small-design.ts'

const AT = '2026-11-22T16:00:00Z'
const stamp = { at: AT, by: 'architect', random: randomFrom('standing') }

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(edit.problems[0].message)
  return applyChanges(design, edit.value)
}

function standings(design: Design) {
  const { findings } = deriveFindings(design, builtinPacks.rules)
  const merged = mergedFindings(findings)
  return { merged, of: standingsOf(design.triage, merged, findings, threatStates(design, builtinPacks, AT)) }
}

/** The first group that asks now, and the design once this was said of it. */
function said(what: Said): { readonly id: string; readonly design: Design } {
  const { merged } = standings(smallDesign())
  const first = merged.find(({ lead }) => lead.attention === 'now' && lead.applicability === 'applies')
  if (!first) throw new Error('the small design yields findings')
  const findings = [first.lead, ...first.others]
  return { id: first.lead.id, design: done(smallDesign(), decideTogether(smallDesign(), { findings, said: what }, stamp)) }
}

const REAL: Said = { decision: 'real', likelihood: 3, impact: 3 }

describe('where a finding stands', () => {
  it('is one of the standings for each, and asks while nobody decided', () => {
    const { merged, of } = standings(smallDesign())
    expect(of.size).toBe(merged.length)
    for (const { lead } of merged) {
      expect(STANDINGS).toContain(of.get(lead.id))
      if (lead.applicability === 'applies') expect(of.get(lead.id)).toBe(lead.attention === 'now' ? 'triage' : 'later')
    }
  })

  it('goes from asking to open to mitigated', () => {
    const { id, design } = said(REAL)
    expect(standings(design).of.get(id)).toBe('open')
    const [threat] = rowsOf(design.threats)
    const mitigated = done(design, addMitigation(design, { threat: threat?.id ?? '', statement: 'Check it.' }, stamp))
    expect(standings(mitigated).of.get(id)).toBe('mitigated')
  })

  it('tells what does not apply from what repeats another', () => {
    const dismissed = said({ decision: 'notApplicable', reason: 'Nobody gets there.' })
    expect(standings(dismissed.design).of.get(dismissed.id)).toBe('notApplicable')
    const { merged } = standings(dismissed.design)
    const other = merged.find(({ lead }) => lead.id !== dismissed.id && lead.applicability === 'applies')
    if (!other) throw new Error('there is more than one')
    const repeated = done(
      dismissed.design,
      decideTogether(
        dismissed.design,
        { findings: [other.lead, ...other.others], said: { decision: 'duplicate', of: dismissed.id } },
        stamp,
      ),
    )
    expect(standings(repeated).of.get(other.lead.id)).toBe('duplicate')
  })

  it('asks again when what it repeats is undecided', () => {
    const { merged } = standings(smallDesign())
    const [first, second] = merged.filter(({ lead }) => lead.attention === 'now' && lead.applicability === 'applies')
    if (!first || !second) throw new Error('there are two')
    const findings = [second.lead, ...second.others]
    const design = done(
      smallDesign(),
      decideTogether(smallDesign(), { findings, said: { decision: 'duplicate', of: first.lead.id } }, stamp),
    )
    expect(standings(design).of.get(second.lead.id)).toBe('triage')
  })

  it('is gone with its element, and the decision stays', () => {
    const { id, design } = said(REAL)
    const subject = design.triage[id]?.subject
    const table = subject?.flow ? 'flows' : 'elements'
    const gone = applyChanges(design, [{ kind: 'remove', table, id: subject?.flow ?? subject?.element ?? '' }])
    expect(standings(gone).of.get(id)).toBe('gone')
    expect(gone.triage[id]?.decision).toBe('real')
  })

  it('counts the threat that says least', () => {
    const of = (...responses: readonly ('open' | 'mitigated' | 'accepted' | 'transferred')[]) =>
      standingOfThreats(responses.map(response => ({ response })))
    expect([of(), of('open', 'mitigated'), of('mitigated'), of('mitigated', 'transferred')]).toEqual([
      'open',
      'open',
      'mitigated',
      'accepted',
    ])
  })
})
