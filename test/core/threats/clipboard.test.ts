import { describe, expect, it } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { randomFrom } from '../../../core/model/identity.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design, Stamp } from '../../../core/model/types.ts'
import { copyText, countDecisions, pasteSelection, readSelection, type Selection } from '../../../core/threats/clipboard.ts'
import { triageDuplicate, triageNotApplicable, triageReal } from '../../../core/threats/edits.ts'
import { deriveFindings } from '../../../core/threats/engine.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import { smallDesign } from '../../support/small-design.ts'

const stamp = (seed: string): Stamp => ({ at: '2026-11-22T18:00:00Z', by: 'architect', random: randomFrom(seed) })
const findingsOf = (design: Design) => deriveFindings(design, builtinPacks.rules).findings
const ALL = ['B-BANK1', 'E-CVST1']

function must<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

function copied(design: Design, ids: readonly string[] = ALL): Selection {
  const selection = must(readSelection(copyText(design, { ids, diagram: 'G-0VERV' }) ?? ''))
  if (!selection) throw new Error('nothing was copied')
  return selection
}

/** The small design with three decisions on its flow, one of them a duplicate, a threat and a mitigation that answers it. */
function decided(): Design {
  let design = smallDesign()
  const [one, two, three] = findingsOf(design).filter(
    finding => finding.on.kind === 'interaction' && finding.on.flow === 'F-REQVE' && finding.applicability === 'applies',
  )
  if (!one || !two || !three) throw new Error('too few findings')
  const apply = (changes: readonly Change[]) => {
    design = applyChanges(design, changes)
  }
  apply(must(triageReal(design, { finding: one, likelihood: 3, impact: 4 }, stamp('a'))))
  apply(must(triageNotApplicable(design, { finding: two, reason: 'The line is private.' }, stamp('b'))))
  apply(must(triageDuplicate(design, { finding: three, of: one.id }, stamp('c'))))
  const [threat] = rowsOf(design.threats)
  const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z' } as const
  const row = { id: 'M-0000A', statement: 'Sign every order.', status: 'verified', provenance } as const
  apply([{ kind: 'put', table: 'mitigations', row: { ...row, threats: { [threat?.id ?? '']: true } } }])
  return design
}

describe('copying between designs', () => {
  it('takes along what lies in a boundary and the flows between, and nothing twice', () => {
    const { drawn } = copied(smallDesign())
    expect(drawn.elements.map(row => row.id)).toEqual(['E-1EDG1', 'E-CVST1', 'E-TRAP1'])
    expect(drawn.flows.map(row => row.id)).toEqual(['F-B00KG', 'F-REQVE'])
    expect(copied(smallDesign(), ['B-BANK1', 'E-TRAP1', 'E-TRAP1', 'F-B00KG']).drawn.elements).toHaveLength(2)
  })

  it('gives new ids and free names, keeps the shape, and links the same data', () => {
    const before = smallDesign()
    const { changes, ids } = must(pasteSelection(before, copied(before), { diagram: 'G-0VERV', carry: false }, stamp('p')))
    const after = applyChanges(before, changes)
    expect(integrityProblems(after)).toEqual(integrityProblems(before))
    expect(Object.keys(after.elements)).toHaveLength(6)
    expect(Object.keys(after.data)).toEqual(['D-0RDER'])
    const service = after.elements[ids.get('E-TRAP1') ?? '']
    expect(service).toMatchObject({ name: 'Transfer service 2', boundary: ids.get('B-BANK1') })
    expect(after.flows[ids.get('F-REQVE') ?? '']).toMatchObject({
      source: ids.get('E-CVST1'),
      target: ids.get('E-TRAP1'),
      data: { 'D-0RDER': true },
    })
    expect(after.layout[`G-0VERV.${service?.id}`]).toMatchObject({ x: 372, y: 152 })
    expect(after.triage).toEqual({})
  })

  it('lays a second paste beside the first', () => {
    const before = smallDesign()
    const once = applyChanges(
      before,
      must(pasteSelection(before, copied(before, ['E-CVST1']), { diagram: 'G-0VERV', carry: false }, stamp('1'))).changes,
    )
    const twice = must(pasteSelection(once, copied(before, ['E-CVST1']), { diagram: 'G-0VERV', carry: false }, stamp('2')))
    expect(applyChanges(once, twice.changes).layout[`G-0VERV.${twice.ids.get('E-CVST1')}`]).toMatchObject({ x: 104, y: 184 })
  })

  it('into another design brings the data once, and a flow to what was not copied becomes loose', () => {
    const selection = copied(smallDesign(), ['E-TRAP1', 'F-REQVE'])
    const first = must(pasteSelection(EMPTY_DESIGN, selection, { carry: false }, stamp('1')))
    const once = applyChanges(EMPTY_DESIGN, first.changes)
    const twice = applyChanges(once, must(pasteSelection(once, selection, { carry: false }, stamp('2'))).changes)
    expect(Object.keys(twice.data)).toHaveLength(1)
    const flow = once.flows[first.ids.get('F-REQVE') ?? '']
    expect(flow?.source).toBeUndefined()
    expect(flow?.target).toBe(first.ids.get('E-TRAP1'))
    expect(once.elements[first.ids.get('E-TRAP1') ?? '']?.boundary).toBeUndefined()
    expect(integrityProblems(twice).filter(problem => problem.severity === 'error')).toEqual([])
  })

  it('carries decisions only when asked, bound to the findings of the copies', () => {
    const before = decided()
    const selection = copied(before)
    expect(countDecisions(selection)).toBe(5)
    const left = must(pasteSelection(before, selection, { diagram: 'G-0VERV', carry: false }, stamp('p')))
    expect(applyChanges(before, left.changes).triage).toEqual(before.triage)
    const carried = must(pasteSelection(before, selection, { diagram: 'G-0VERV', carry: true }, stamp('p')))
    const after = applyChanges(before, carried.changes)
    const flow = carried.ids.get('F-REQVE')
    const decisions = rowsOf(after.triage).filter(row => row.subject.flow === flow)
    expect(decisions.map(row => row.decision).sort()).toEqual(['duplicate', 'notApplicable', 'real'])
    const live = new Set(findingsOf(after).map(finding => finding.id))
    expect(decisions.every(row => live.has(row.id))).toBe(true)
    const real = decisions.find(row => row.decision === 'real')
    expect(decisions.find(row => row.decision === 'duplicate')?.duplicateOf).toBe(real?.id)
    const threat = rowsOf(after.threats).find(row => row.findings?.[real?.id ?? ''])
    expect(threat).toMatchObject({ flows: { [flow ?? '']: true }, elements: { [carried.ids.get('E-TRAP1') ?? '']: true } })
    const mitigation = rowsOf(after.mitigations).find(row => row.threats?.[threat?.id ?? ''])
    expect(mitigation).toMatchObject({ status: 'planned', statement: 'Sign every order.' })
    expect(Object.keys(mitigation?.threats ?? {})).toHaveLength(1)
    expect(integrityProblems(after)).toEqual(integrityProblems(before))
  })

  it('leaves a decision behind whose flow lost an end, and a duplicate whose original stayed', () => {
    const before = decided()
    const carried = must(pasteSelection(before, copied(before, ['E-TRAP1', 'F-REQVE']), { carry: true }, stamp('p')))
    expect(applyChanges(before, carried.changes).triage).toEqual(before.triage)
  })

  it('lets no AI carry decisions, and makes nobody the author of what an AI proposed', () => {
    const before = decided()
    const ai = { ...stamp('p'), kind: 'ai' as const }
    expect(pasteSelection(before, copied(before), { carry: true }, ai)).toMatchObject({ problems: [{ code: 'paste.ai' }] })
    const [threat] = rowsOf(before.threats)
    const proposed = applyChanges(before, [
      {
        kind: 'patch',
        table: 'threats',
        id: threat?.id ?? '',
        fields: { provenance: { kind: 'ai', at: '2026-11-22T16:00:00Z' } },
      },
    ])
    const after = applyChanges(proposed, must(pasteSelection(proposed, copied(proposed), { carry: true }, stamp('p'))).changes)
    expect(rowsOf(after.threats).map(row => row.provenance.kind)).toEqual(['ai', 'ai'])
  })
})

describe('reading a clipboard', () => {
  it.each(['', 'flowchart LR\n A --> B', '{"a":1}', '[]'])('has no selection in %j', text => {
    expect(readSelection(text)).toEqual({ ok: true, value: undefined })
  })

  it('refuses rows that no schema allows, whoever wrote them', () => {
    const text = copyText(smallDesign(), { ids: ALL, diagram: 'G-0VERV' }) ?? ''
    const broken = [
      text.slice(0, -3),
      text.replace('"format":1', '"format":2'),
      text.replace('"kind":"externalEntity"', '"kind":"castle"'),
      text.replace('"x":40', '"x":"40"'),
      text.replace('"triage":[]', '"triage":{}'),
      text.replace('"elements":[', '"elements":[null,'),
      text.replace('"name":"Customer"', '"name":"Customer","__proto__":{"a":1}'),
    ]
    for (const one of broken) expect(readSelection(one)).toMatchObject({ ok: false, problems: [{ code: 'paste.unreadable' }] })
  })
})
