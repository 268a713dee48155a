import { describe, expect, it } from 'vitest'
import { applyChanges, type Change } from '../../core/model/change.ts'
import type { Requirement } from '../../core/model/types.ts'
import { triageNotApplicable, triageReal } from '../../core/threats/edits.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { nextAction } from '../../renderer/commands/next-action.ts'
import { factsOf, mergedOf } from '../../renderer/state/facts.ts'
import { preferencesOf } from '../../renderer/state/preferences.ts'
import { saveWords, syncWords } from '../../renderer/state/status-words.ts'
import { stepStates } from '../../renderer/state/step-states.ts'
import { homeOf, stepOf } from '../../renderer/state/steps.ts'
import { fixFor, gateSentence, groupsOf } from '../../renderer/views/gate/gate-model.ts'
import { controlChoices, halfYearAfter, inOrderOfNeed, matrixPlaces } from '../../renderer/views/mitigate/mitigate-model.ts'
import { coverageOf, requirementLines, rewritten } from '../../renderer/views/scope/scope-model.ts'
import { strideMap } from '../../renderer/views/threats/map-model.ts'
import { findingLists, lastReasonFor, possibleOriginals } from '../../renderer/views/threats/threats-model.ts'
import { timeWords } from '../../renderer/words/format.ts'
import { smallDesign } from '../support/small-design.ts'
import { AT, contextWith, designOf, stampOf } from './support.ts'

const design = smallDesign()
const facts = factsOf(design, AT)
const merged = facts.merged()
const all = { text: '', later: true, kept: true, decided: true }
const provenance = { kind: 'human', at: AT } as const

function requirement(id: string, statement: string, more: Partial<Requirement> = {}): Change {
  return { kind: 'put', table: 'requirements', row: { id, statement, kind: 'functional', status: 'draft', provenance, ...more } }
}

function firstMerged() {
  const first = merged.find(({ lead }) => lead.attention === 'now')
  if (!first) throw new Error('the small design yields findings')
  return first
}

function firstFinding() {
  return firstMerged().lead
}

describe('scope', () => {
  it('shows requirements with pattern and hints, retired ones last', () => {
    const written = applyChanges(design, [
      requirement('R-00001', 'The Ledger shall be fast.'),
      requirement('R-00002', 'Old words.', { status: 'retired' }),
      requirement('R-00003', 'When an order arrives, the Transfer service shall book it.'),
    ])
    const lines = requirementLines(written, factsOf(written, AT).hints())
    expect(lines.map(line => [line.row.id, line.pattern])).toEqual([
      ['R-00001', 'ubiquitous'],
      ['R-00003', 'event'],
      ['R-00002', 'none'],
    ])
    expect(lines[0]?.hints.map(hint => hint.quoted)).toContain('fast')
    expect(lines[2]?.hints).toEqual([])
  })

  it('puts a rewrite exactly where the words stood', () => {
    const hint = { quoted: 'fast', rewrite: 'done in 1 s', offset: 20 } as never
    expect(rewritten('The Ledger shall be fast.', hint)).toBe('The Ledger shall be done in 1 s.')
    expect(rewritten('Log in, where possible.', { quoted: 'where possible', rewrite: '', offset: 8 } as never)).toBe('Log in,.')
  })

  it('counts how far requirements reach, retired ones apart', () => {
    const written = applyChanges(design, [
      requirement('R-00001', 'A.', { status: 'approved', elements: { 'E-TRAP1': true } }),
      requirement('R-00002', 'B.', { status: 'retired' }),
    ])
    expect(coverageOf(written).map(line => [line.done, line.of])).toEqual([
      [1, 1],
      [1, 1],
      [0, 1],
    ])
  })
})

describe('findings', () => {
  it('splits what asks for an answer now from what may wait, and both from what is kept back', () => {
    const lists = findingLists(design, merged, all)
    expect(lists.now.length + lists.later.length + lists.kept.length).toBe(merged.length)
    expect(lists.now.every(line => line.finding.attention === 'now')).toBe(true)
  })

  it('moves no row when one is decided', () => {
    const finding = firstFinding()
    const edit = triageNotApplicable(design, { finding, reason: 'Not here.' }, stampOf())
    const decided = applyChanges(design, edit.ok ? edit.value : [])
    const order = (d: typeof design) => findingLists(d, factsOf(d, AT).merged(), all).now.map(line => line.finding.id)
    expect(order(decided)).toEqual(order(design))
    expect(findingLists(decided, factsOf(decided, AT).merged(), { ...all, decided: false }).now).toHaveLength(
      order(design).length - 1,
    )
  })

  it('filters by words over title, element, rule, category and CWE', () => {
    const lists = findingLists(design, merged, { ...all, text: 'ledger tampering' })
    expect([...lists.now, ...lists.later].length).toBeGreaterThan(0)
    expect(findingLists(design, merged, { ...all, text: 'nothing like this' }).now).toEqual([])
    const { rule } = firstFinding()
    const ofRule = findingLists(design, merged, { ...all, text: rule.toLowerCase() })
    expect([...ofRule.now, ...ofRule.later].map(line => line.finding.rule)).toContain(rule)
  })

  it('counts decided and open for each element and category', () => {
    const finding = firstFinding()
    const edit = triageReal(design, { finding, likelihood: 3, impact: 3 }, stampOf())
    const decided = applyChanges(design, edit.ok ? edit.value : [])
    const [category] = finding.categories
    const row = strideMap(decided, factsOf(decided, AT).merged()).find(one => one.id === finding.subject)
    const cell = category && row?.cells.get(category)
    expect(cell).toMatchObject({ decided: 1 })
    expect(strideMap(design, merged).every(one => [...one.cells.values()].every(c => c.state === 'open'))).toBe(true)
  })

  it('has a row for everything drawn, found or not', () => {
    const bare = applyChanges(design, [
      { kind: 'put', table: 'elements', row: { id: 'E-A10NE', name: 'Archive', kind: 'dataStore', provenance } },
      { kind: 'patch', table: 'elements', id: 'E-CVST1', fields: { outOfScope: 'Another team looks at it.' } },
    ])
    const rows = strideMap(bare, factsOf(bare, AT).merged())
    expect(rows.map(row => row.name)).toEqual(['Archive', 'Ledger', 'Transfer service', 'Customer', 'booking', 'transfer order'])
    expect(rows.find(row => row.id === 'E-A10NE')?.cells.size).toBe(0)
    expect(rows.filter(row => row.isOutOfScope).map(row => row.id)).toEqual(['E-CVST1'])
  })

  it('remembers the last reason for a rule', () => {
    const finding = firstFinding()
    const edit = triageNotApplicable(design, { finding, reason: 'Only staff reach it.' }, stampOf())
    const decided = applyChanges(design, edit.ok ? edit.value : [])
    expect(lastReasonFor(decided, [firstMerged()])).toBe('Only staff reach it.')
    expect(lastReasonFor(design, [firstMerged()])).toBe('')
  })

  it('offers as original what is on the same subject first, and never the finding itself', () => {
    const finding = firstFinding()
    const offered = possibleOriginals(design, merged, [firstMerged()])
    expect(offered[0]?.subject).toBe(finding.subject)
    expect(offered.map(one => one.id)).not.toContain(finding.id)
  })

  it('finds what threatens one thing as the whole list has it', () => {
    for (const id of ['E-CVST1', 'E-TRAP1', 'E-1EDG1', 'F-REQVE', 'F-B00KG'])
      expect(facts.about(id).map(one => one.lead.id)).toEqual(
        merged.filter(one => one.lead.subject === id).map(one => one.lead.id),
      )
    expect(mergedOf(facts, firstFinding().id)?.lead.id).toBe(firstFinding().id)
  })
})

describe('mitigations', () => {
  const finding = firstFinding()
  const edit = triageReal(design, { finding, likelihood: 5, impact: 4 }, stampOf())
  const judged = applyChanges(design, edit.ok ? edit.value : [])
  const [state] = factsOf(judged, AT).states()

  it('offers the controls that the rule names before all others, each once', () => {
    if (!state) throw new Error('a real finding makes a threat')
    const choices = controlChoices(builtinPacks.controls, state, factsOf(judged, AT).findings())
    const fits = choices.map(choice => choice.fits)
    expect(fits).toEqual(fits.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)))
    expect(choices).toHaveLength(new Set(choices.map(choice => choice.control.id)).size)
    expect(choices.filter(choice => choice.fits === 'rule').map(choice => choice.control.id)).toEqual(
      expect.arrayContaining(finding.controls.filter(id => choices.some(choice => choice.control.id === id))),
    )
  })

  it('puts what has no answer first', () => {
    if (!state) throw new Error('a real finding makes a threat')
    const answered = { ...state, threat: { ...state.threat, id: 'T-0TH3R' }, response: 'mitigated' as const }
    expect(inOrderOfNeed([answered, state]).map(one => one.response)).toEqual(['open', 'mitigated'])
  })

  it('counts places in the matrix before and after', () => {
    expect(state && matrixPlaces([state]).get('5 4')).toEqual({ before: 1, after: 1 })
  })

  it('proposes an end half a year on', () => expect(halfYearAfter('2026-11-22T16:00:00Z')).toBe('2027-05-22'))
})

const ORDER = ['rule', 'weakness', 'category', 'other']

describe('the gate', () => {
  const gate = facts.gate()

  it('says what stands between, and how long it takes', () => {
    expect(gate.open).toBe(false)
    expect(gateSentence(gate)).toBe(`${gate.problems.length} things stand between you and the prompts, about ${gate.effort} min.`)
    expect(gateSentence({ ...gate, open: true })).toBe('Nothing stands between this design and its prompts.')
  })

  it('keeps all problems when it groups them by kind', () => {
    const groups = groupsOf(gate.problems)
    expect(groups.flatMap(group => group.problems)).toHaveLength(gate.problems.length)
    expect(new Set(groups.map(group => group.code)).size).toBe(groups.length)
  })

  it.each([
    ['setEncryption', { kind: 'ternary', field: 'encryption' }],
    ['setProtocol', { kind: 'text', field: 'protocol' }],
    ['setClass', { kind: 'class' }],
    ['triage', undefined],
  ])('%s is fixed in place or not', (kind, fix) => {
    if (fix) expect(fixFor({ fix: { kind, id: 'F-REQVE' } })).toMatchObject(fix)
    else expect(fixFor({ fix: { kind, id: 'N-1' } })).toBeUndefined()
  })
})

describe('what to do next', () => {
  it.each([
    ['an empty design', designOf(), 'Write the first requirement'],
    ['only requirements', designOf(requirement('R-00001', 'A.')), 'Draw the first element'],
  ])('%s', (_name, given, text) => expect(nextAction(contextWith(given)).text).toBe(text))

  it('asks for open findings before anything later', () => {
    const given = applyChanges(design, [requirement('R-00001', 'A.')])
    expect(nextAction(contextWith(given)).text).toMatch(/^Triage \d+ findings$/)
  })
})

describe('steps', () => {
  it('shows every step of an empty design as empty', () => {
    expect(new Set(Object.values(stepStates(designOf(), factsOf(designOf(), AT))))).toEqual(new Set(['empty']))
  })

  it('never calls a step with open questions complete', () => {
    const states = stepStates(design, facts)
    expect(states).toMatchObject({ model: 'attention', threats: 'inProgress', gate: 'attention' })
  })

  it.each([
    ['#/threats', 'threats'],
    ['/gate', 'gate'],
    ['#token=abc', 'scope'],
    ['', 'scope'],
    ['/constructor', 'scope'],
  ])('%s is the address of %s', (address, step) => expect(stepOf(address)).toBe(step))

  it.each([
    ['R-7K3Q2', 'scope'],
    ['E-7K3Q2', 'model'],
    ['N-7K3Q2M9X', 'threats'],
    ['M-7K3Q2', 'mitigate'],
    ['W-7K3Q2', 'prompts'],
    ['Z-7K3Q2', undefined],
  ])('%s is at home in %s', (id, step) => expect(homeOf(id)).toBe(step))
})

describe('the status bar', () => {
  const saved = { kind: 'saved', at: '2026-11-22T16:05:00Z' } as const
  const problem = { code: 'disk', severity: 'error', message: 'disk full', cure: 'Free some space.' } as const

  it.each([
    ['saved and sent', saved, { kind: 'synced', waiting: 0 }, `Saved ${timeWords(saved.at)}`],
    ['an edit on its way', saved, { kind: 'sending', waiting: 1 }, 'Saving…'],
    ['writing', { kind: 'saving' }, { kind: 'synced', waiting: 0 }, 'Saving…'],
    ['disk full', { kind: 'failed', problem }, { kind: 'synced', waiting: 0 }, 'Not saved: disk full'],
    ['read-only', { kind: 'readOnly', problem }, { kind: 'synced', waiting: 0 }, 'Read-only copy'],
    ['out of reach', saved, { kind: 'offline', waiting: 12 }, 'Not saved: 12 changes waiting'],
  ] as const)('%s', (_name, save, sync, text) => expect(saveWords(save, sync).text).toBe(text))

  it('never says saved while anything waits', () => {
    for (const kind of ['sending', 'offline', 'stopped'] as const)
      expect(saveWords(saved, { kind, waiting: 1 }).text).not.toMatch(/^Saved/)
  })

  it('has words for every state of the room', () => {
    const kinds = ['synced', 'sending', 'offline', 'stopped'] as const
    expect(new Set(kinds.map(kind => syncWords({ kind, waiting: 0 }))).size).toBe(4)
  })
})

describe('preferences', () => {
  it.each([
    [null, { theme: 'system', singleKeys: true, person: 'me' }],
    [
      { theme: 'neon', singleKeys: 'yes', person: '  ' },
      { theme: 'system', singleKeys: true, person: 'me' },
    ],
    [
      { theme: 'dark', singleKeys: false, person: ' architect ' },
      { theme: 'dark', singleKeys: false, person: 'architect' },
    ],
  ])('%j', (stored, expected) => expect(preferencesOf(stored)).toMatchObject(expected))
})
