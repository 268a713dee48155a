import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { threatProblems } from '../../core/threats/checks.ts'
import type { Command, Context } from '../../renderer/commands/command.ts'
import {
  acceptRisk,
  judgeDuplicate,
  judgeNotApplicable,
  judgeReal,
  leaveFinding,
  reopenChosen,
  takeFinding,
} from '../../renderer/commands/definitions/threats.ts'
import { handDecisionOn, restoreGone } from '../../renderer/commands/definitions/threats-gone.ts'
import { writeFinding, writeThreat } from '../../renderer/commands/definitions/threats-write.ts'
import { whyFinding, whyNothing } from '../../renderer/commands/definitions/why.ts'
import { factsOf, mergedOf, standingIn } from '../../renderer/state/facts.ts'
import { decisionOn, membersOf } from '../../renderer/state/merged.ts'
import type { Session } from '../../renderer/state/session.ts'
import { countsOf, registerOf } from '../../renderer/views/threats/threats-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { chainOf, overlappingPacks } from './overlapping.ts'
import { AT, contextWith } from './support.ts'

const packs = overlappingPacks()

function contextOf(design: Design = smallDesign(), session: Partial<Session> = {}): Context {
  return { ...contextWith(design, { packs, ...session }), facts: factsOf(design, AT, packs) }
}

function applied<In>(context: Context, command: Command<In>, input: In): Design {
  const planned = command.plan(context, input)
  if (!planned.ok) throw new Error(planned.problems[0].message)
  const writes = planned.value.flatMap(effect => (effect.kind === 'write' ? [effect] : []))
  expect(writes).toHaveLength(1)
  return applyChanges(
    context.design,
    writes.flatMap(write => write.changes),
  )
}

/** What the rules say twice, asking now. */
function twice(context: Context) {
  const found = context.facts.merged().filter(({ lead, others }) => others.length > 0 && lead.attention === 'now')
  const [first, second] = found
  if (!first || !second) throw new Error('the overlapping packs say things twice')
  return { first, second, ids: found.map(({ lead }) => lead.id) }
}

describe('findings that say the same', () => {
  it('are one row, and one question', () => {
    const { facts, design } = contextOf()
    expect(facts.merged().every(({ others }) => others.length === 1)).toBe(true)
    expect(facts.merged()).toHaveLength(facts.findings().length / 2)
    expect(facts.asking()).toHaveLength(facts.open().length / 2)
    const counts = countsOf(registerOf(design, facts))
    expect(counts.triage + counts.later).toBe(facts.merged().length)
  })

  it('judged real, make one threat: the lead is real, the others repeat it, and nothing is left to ask', () => {
    const context = contextOf()
    const { first } = twice(context)
    const { lead, others } = first
    const judged = applied(context, judgeReal, { findings: [lead.id], likelihood: 4, impact: 5 })
    expect(judged.triage[lead.id]).toMatchObject({ decision: 'real', likelihood: 4, impact: 5 })
    expect(others.map(({ id }) => judged.triage[id])).toMatchObject([{ decision: 'duplicate', duplicateOf: lead.id }])
    expect(rowsOf(judged.threats).map(threat => threat.findings)).toEqual([{ [lead.id]: true }])
    expect(threatProblems(judged, packs.rules)).toEqual([])
    expect(
      factsOf(judged, AT, packs)
        .open()
        .map(({ id }) => id),
    ).not.toContain(others[0]?.id)
  })

  it('keep the threat that is there when a rule joins that says the same', () => {
    const context = contextOf()
    const { first } = twice(context)
    const [late] = first.others
    if (!late) throw new Error('said twice')
    const alone = { ...context, facts: { ...context.facts, merged: () => [{ lead: late, others: [] }] } }
    const before = applied(alone, judgeReal, { findings: [late.id], likelihood: 2, impact: 2 })
    expect(decisionOn(before, first)).toMatchObject({ state: 'undecided', decided: 1, of: 2 })
    const judged = applied(contextOf(before), judgeReal, { findings: [first.lead.id], likelihood: 5, impact: 5 })
    expect(judged.triage[first.lead.id]).toMatchObject({ decision: 'duplicate', duplicateOf: late.id })
    expect(judged.triage[late.id]).toMatchObject({ decision: 'real', likelihood: 5 })
    expect(rowsOf(judged.threats)).toEqual(rowsOf(before.threats))
    expect(decisionOn(judged, first).state).toBe('real')
  })

  it('each get the reason why they do not apply, so that none hangs on another', () => {
    const context = contextOf()
    const { first } = twice(context)
    const judged = applied(context, judgeNotApplicable, { findings: [first.lead.id], reason: 'It is a closed network.' })
    for (const { id } of membersOf(first))
      expect(judged.triage[id]).toMatchObject({ decision: 'notApplicable', reason: 'It is a closed network.' })
  })

  it('change from real to not applicable without leaving a threat behind', () => {
    const context = contextOf()
    const { first } = twice(context)
    const real = applied(context, judgeReal, { findings: [first.lead.id], likelihood: 3, impact: 3 })
    const judged = applied(contextOf(real), judgeNotApplicable, { findings: [first.lead.id], reason: 'No.' })
    expect(rowsOf(judged.threats)).toEqual([])
    expect(threatProblems(judged, packs.rules)).toEqual([])
  })

  it('all become duplicates of another, and are reopened together', () => {
    const context = contextOf()
    const { first, second } = twice(context)
    const judged = applied(context, judgeDuplicate, { findings: [first.lead.id], of: second.lead.id })
    for (const { id } of membersOf(first)) expect(judged.triage[id]?.duplicateOf).toBe(second.lead.id)
    expect(judgeDuplicate.plan(context, { findings: [first.lead.id], of: first.others[0]?.id ?? '' }).ok).toBe(false)
    const reopened = applied(contextOf(judged, { selection: [first.others[0]?.id ?? ''] }), reopenChosen, undefined)
    expect(rowsOf(reopened.triage)).toEqual([])
  })
})

describe('a decision on many', () => {
  it('is one step, with a threat of its own for each and ids that nothing else has', () => {
    const context = contextOf(chainOf(60))
    const { ids } = twice(context)
    const findings = [...ids, ...context.facts.merged().map(({ lead }) => lead.id)]
    const judged = applied(context, judgeReal, { findings, likelihood: 3, impact: 3 })
    const all = context.facts.findings().length
    expect(all).toBeGreaterThan(1000)
    expect(rowsOf(judged.triage)).toHaveLength(all)
    expect(rowsOf(judged.threats)).toHaveLength(all / 2)
    const reopened = applied(
      contextOf(judged, { marked: context.facts.merged().map(({ lead }) => lead.id) }),
      reopenChosen,
      undefined,
    )
    expect([rowsOf(reopened.triage), rowsOf(reopened.threats)]).toEqual([[], []])
  })

  it('looks at no threat but those that speak of what is decided', () => {
    const context = contextOf(chainOf(40))
    const findings = context.facts.merged().map(({ lead }) => lead.id)
    const judged = applied(context, judgeReal, { findings, likelihood: 3, impact: 3 })
    let read = 0
    const threats = Object.fromEntries(
      rowsOf(judged.threats).map(threat => {
        const findings = () => {
          read++
          return threat.findings
        }
        return [threat.id, Object.defineProperty({ ...threat }, 'findings', { enumerable: true, get: findings })]
      }),
    )
    applied(contextOf({ ...judged, threats }), judgeNotApplicable, { findings, reason: 'All of it is gone.' })
    expect(read).toBeGreaterThan(findings.length)
    expect(read).toBeLessThan(findings.length * 12)
  })

  it('takes a threat that speaks of two of them away only when both are', () => {
    const context = contextOf()
    const { first, second } = twice(context)
    const real = applied(context, judgeReal, { findings: [first.lead.id], likelihood: 3, impact: 3 })
    const [threat] = rowsOf(real.threats)
    if (!threat) throw new Error('a real finding makes a threat')
    const fields = { [`findings/${second.lead.id}`]: true }
    const shared = applyChanges(real, [
      { kind: 'patch', table: 'threats', id: threat.id, fields },
      { kind: 'put', table: 'triage', row: { ...real.triage[first.lead.id], id: second.lead.id } as Design['triage'][string] },
    ])
    const ids = [second.lead.id, first.lead.id]
    const one = applied(contextOf(shared, { marked: ids.slice(0, 1) }), reopenChosen, undefined)
    expect(one.threats[threat.id]?.findings).toEqual({ [first.lead.id]: true })
    expect(rowsOf(applied(contextOf(shared, { marked: ids }), reopenChosen, undefined).threats)).toEqual([])
  })

  it('says what is missing and changes nothing when one of them is not there', () => {
    const context = contextOf()
    const { first } = twice(context)
    const planned = judgeNotApplicable.plan(context, { findings: [first.lead.id, 'N-00000000'], reason: 'No.' })
    expect(planned).toMatchObject({ ok: false, problems: [{ message: 'There is no finding N-00000000 any more.' }] })
  })
})

describe('taking and leaving what the rules found', () => {
  it('takes all that is marked as their rules propose, and none that is decided already', () => {
    const context = contextOf()
    const { first, second, ids } = twice(context)
    const before = applied(context, judgeNotApplicable, { findings: [first.lead.id], reason: 'No.' })
    const taken = applied(contextOf(before, { marked: ids }), takeFinding, undefined)
    expect(taken.triage[first.lead.id]?.decision).toBe('notApplicable')
    expect(taken.triage[second.lead.id]).toMatchObject({ decision: 'real', likelihood: second.lead.likelihood })
    expect(takeFinding.plan(contextOf(before, { selection: [first.lead.id] }), undefined).ok).toBe(false)
  })

  it('asks for a reason once, and remembers it for the same rule', () => {
    const context = contextOf(chainOf(20))
    const applying = context.facts.merged().filter(({ lead }) => lead.applicability === 'applies')
    const alike = (one: (typeof applying)[number]) =>
      applying.find(other => other !== one && membersOf(other).some(({ rule }) => membersOf(one).some(own => own.rule === rule)))
    const first = applying.find(alike)
    const again = first && alike(first)
    if (!first || !again) throw new Error('a chain has the same rule twice')
    expect(leaveFinding.plan(contextOf(chainOf(20), { selection: [first.lead.id] }), undefined)).toMatchObject({
      value: [{ kind: 'session', set: { dialog: { kind: 'notApplicable', findings: [first.lead.id] } } }],
    })
    const left = applied(context, judgeNotApplicable, { findings: [first.lead.id], reason: 'A closed network.' })
    const both = applied(contextOf(left, { selection: [again.lead.id] }), leaveFinding, undefined)
    expect(both.triage[again.lead.id]).toMatchObject({ decision: 'notApplicable', reason: 'A closed network.' })
  })

  it('accepts many with one reason, each with a threat and an acceptance of its own', () => {
    const context = contextOf()
    const { ids } = twice(context)
    const answer = { reason: 'A pilot.', owner: 'Ann', approver: 'Ben', expires: '2027-01-01' }
    const accepted = applied(context, acceptRisk, { findings: ids, ...answer })
    expect(rowsOf(accepted.acceptances)).toHaveLength(ids.length)
    expect(new Set(rowsOf(accepted.acceptances).map(row => row.threat)).size).toBe(ids.length)
    const { facts } = contextOf(accepted)
    for (const id of ids) expect(standingIn(accepted, facts, id)).toBe('accepted')
    expect(acceptRisk.plan(context, { findings: ids, ...answer, approver: 'Ann' }).ok).toBe(false)
  })

  it('puts a finding in own words and judges it real in one step', () => {
    const context = contextOf()
    const { first } = twice(context)
    expect(writeFinding.plan(contextOf(smallDesign(), { selection: [first.lead.id] }), undefined)).toMatchObject({
      value: [{ set: { dialog: { kind: 'sentence', finding: first.lead.id } } }],
    })
    const parts = { source: 'insider', prerequisite: '', action: 'edit rows', impact: '', assets: ['E-1EDG1'] }
    const asked = { finding: first.lead.id }
    const written = applied(context, writeThreat, { asked, statement: 'An insider edits.', parts, category: 'tampering' })
    expect(rowsOf(written.threats)).toMatchObject([
      { statement: 'An insider edits.', source: 'insider', action: 'edit rows', elements: { 'E-1EDG1': true } },
    ])
    const alone = applied(context, writeThreat, { asked: {}, statement: 'Own.', parts, category: 'spoofing' })
    expect(rowsOf(alone.threats)).toMatchObject([{ statement: 'Own.', categories: { spoofing: true } }])
    expect(registerOf(alone, contextOf(alone).facts).filter(line => line.found === undefined)).toMatchObject([
      { title: 'Own.', standing: 'open' },
    ])
  })
})

describe('a decision whose place is gone', () => {
  it('comes back with what was put out of scope, and is handed on where there is an heir', () => {
    const context = contextOf()
    const { first } = twice(context)
    const judged = applied(context, judgeReal, { findings: [first.lead.id], likelihood: 3, impact: 3 })
    const { on } = first.lead
    const place = on.kind === 'element' ? on.element : on.flow
    const table = on.kind === 'element' ? 'elements' : 'flows'
    const out = applyChanges(judged, [{ kind: 'patch', table, id: place, fields: { outOfScope: 'Later.' } }])
    const gone = contextOf(out)
    expect(standingIn(out, gone.facts, first.lead.id)).toBe('gone')
    const back = applied(gone, restoreGone, first.lead.id)
    expect(standingIn(back, contextOf(back).facts, first.lead.id)).toBe('open')
    expect(handDecisionOn.plan(gone, { from: first.lead.id, to: 'N-00000000' }).ok).toBe(false)
    expect(mergedOf(gone.facts, first.lead.id)?.lead.applicability).toBe('gone')
  })
})

describe('asking why', () => {
  it('shows a finding with all that is behind it, and a place with nothing in the inspector', () => {
    const context = contextOf()
    const { first } = twice(context)
    expect(whyFinding.plan(context, undefined).ok).toBe(false)
    expect(whyFinding.plan(contextOf(smallDesign(), { selection: [first.lead.id] }), undefined)).toMatchObject({
      value: [{ set: { why: true, inspector: true } }, { kind: 'focus', name: 'why' }],
    })
    const asked = { subject: 'E-1EDG1', category: 'spoofing' } as const
    expect(whyNothing.plan(context, asked)).toMatchObject({
      value: [{ set: { absence: asked, selection: ['E-1EDG1'], inspector: true } }, { kind: 'focus', name: 'absence' }],
    })
  })
})
