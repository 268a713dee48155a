import { describe, expect, it } from 'vitest'
import { strideCoverage } from '../../core/mitigations/coverage.ts'
import { traceOf } from '../../core/mitigations/trace.ts'
import { applyChanges, type Change } from '../../core/model/change.ts'
import type { Requirement } from '../../core/model/types.ts'
import { classifyEars } from '../../core/requirements/ears.ts'
import { rewritten } from '../../core/requirements/rewritten.ts'
import { triageNotApplicable, triageReal } from '../../core/threats/edits.ts'
import type { SaveState } from '../../host/contract.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { packsWithoutControls } from '../../packs/without-controls.ts'
import { nextAction } from '../../renderer/commands/next-action.ts'
import { factsOf, mergedOf } from '../../renderer/state/facts.ts'
import { lastReasonFor } from '../../renderer/state/merged.ts'
import { preferencesOf, type Role } from '../../renderer/state/preferences.ts'
import { saveWords, syncWords } from '../../renderer/state/status-words.ts'
import { stepStates } from '../../renderer/state/step-states.ts'
import { homeOf, stepOf } from '../../renderer/state/steps.ts'
import { fixFor, gateSentence, keyOf, ringShare } from '../../renderer/views/gate/gate-model.ts'
import { controlChoices, halfYearAfter, inOrderOfNeed, matrixPlaces } from '../../renderer/views/mitigate/mitigate-model.ts'
import { coverageOf, examplesFor, requirementLines } from '../../renderer/views/scope/scope-model.ts'
import { lookOf, mapRows, startOf } from '../../renderer/views/threats/map-model.ts'
import { countsOf, fitting, possibleOriginals, registerOf, standingAt } from '../../renderer/views/threats/threats-model.ts'
import { inView, piecesOf } from '../../renderer/views/threats/window-model.ts'
import { speak } from '../../renderer/words/translate.ts'
import type { SyncState } from '../../ydoc/sync.ts'
import { smallDesign } from '../support/small-design.ts'
import { AT, contextWith, designOf, stampOf } from './support.ts'

const design = smallDesign()
const facts = factsOf(design, AT, packsWithoutControls)
const merged = facts.merged()
const all = { text: '', standing: 'all' } as const
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
    const lines = requirementLines(written, factsOf(written, AT, packsWithoutControls).hints())
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
    expect(rewritten('Log in, where possible.', { quoted: 'where possible', rewrite: '', offset: 8 } as never)).toBe('Log in.')
    expect(rewritten('Ideally, it logs.', { quoted: 'Ideally', rewrite: '', offset: 0 } as never)).toBe('It logs.')
    expect(rewritten('It shall always log.', { quoted: 'always', rewrite: '', offset: 9 } as never)).toBe('It shall log.')
  })

  it('counts how far requirements reach, retired ones apart', () => {
    const written = applyChanges(design, [
      requirement('R-00001', 'A.', { status: 'approved', elements: { 'E-TRAP1': true } }),
      requirement('R-00002', 'B.', { status: 'retired' }),
    ])
    expect(coverageOf(traceOf(written, builtinPacks, AT)).map(line => [line.id, line.done, line.of])).toEqual([
      ['approved', 1, 1],
      ['modelled', 1, 1],
      ['threatened', 0, 1],
      ['checked', 0, 1],
    ])
  })

  it('offers examples about what is drawn while nobody wrote anything else', () => {
    const bare = applyChanges(
      design,
      Object.keys(design.requirements).map((id): Change => ({ kind: 'remove', table: 'requirements', id })),
    )
    const examples = examplesFor(bare)
    expect(examples).toHaveLength(3)
    expect(examples[0]).toContain('Transfer service')
    const taken = applyChanges(bare, [requirement('R-00001', examples[0] ?? '')])
    expect(examplesFor(taken)).toEqual(examples.slice(1))
    expect(examplesFor(applyChanges(taken, [requirement('R-00002', 'Something else.')]))).toEqual([])
  })

  it('offers what is stored in the language that requirements are read in, whatever the window speaks', async () => {
    const bare = designOf()
    const examples = examplesFor(bare)
    await speak('de')
    expect(examplesFor(bare)).toEqual(examples)
    await speak('en')
    expect(examples.map(example => classifyEars(example).pattern)).toEqual(['ubiquitous', 'event', 'event'])
  })
})

describe('findings', () => {
  it('stand somewhere, and the tabs count every one of them once', () => {
    const register = registerOf(design, facts)
    const counts = countsOf(register)
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(merged.length)
    expect(standingAt(register, 'triage')).toHaveLength(counts.triage)
    expect(standingAt(register, 'triage').every(line => line.found?.finding.attention === 'now')).toBe(true)
  })

  it('moves no row when one is decided', () => {
    const finding = firstFinding()
    const edit = triageNotApplicable(design, { finding, reason: 'Not here.' }, stampOf())
    const decided = applyChanges(design, edit.ok ? edit.value : [])
    const order = (d: typeof design) => registerOf(d, factsOf(d, AT, packsWithoutControls)).map(line => line.id)
    expect(order(decided)).toEqual(order(design))
    const asking = (d: typeof design) => standingAt(registerOf(d, factsOf(d, AT, packsWithoutControls)), 'triage').length
    expect(asking(decided)).toBe(asking(design) - 1)
  })

  it('filters by words over title, element, rule, category and CWE', () => {
    const register = registerOf(design, facts)
    expect(fitting(register, { ...all, text: 'ledger tampering' }).length).toBeGreaterThan(0)
    expect(fitting(register, { ...all, text: 'nothing like this' })).toEqual([])
    const { rule } = firstFinding()
    expect(fitting(register, { ...all, text: rule.toLowerCase() }).map(line => line.found?.finding.rule)).toContain(rule)
  })

  it('has a cell for everything drawn, as the command line counts it, and a reason for what is out of scope', () => {
    const bare = applyChanges(design, [
      { kind: 'put', table: 'elements', row: { id: 'E-A10NE', name: 'Archive', kind: 'dataStore', provenance } },
      { kind: 'patch', table: 'elements', id: 'E-CVST1', fields: { outOfScope: 'Another team looks at it.' } },
    ])
    const rows = mapRows(bare, strideCoverage(bare, builtinPacks, AT))
    expect(rows.map(row => row.name)).toEqual(['Archive', 'Ledger', 'Transfer service', 'booking', 'transfer order', 'Customer'])
    expect(rows.at(-1)).toMatchObject({ outOfScope: 'Another team looks at it.', cells: undefined })
    const cells = rows.flatMap(row => Object.values(row.cells ?? {}))
    expect(cells).toHaveLength(30)
    for (const cell of cells) if (startOf(cell) === 'triage') expect(['asking', 'partly']).toContain(lookOf(cell))
  })

  it('draws of a long list what is in view, and the row that has the focus wherever it is', () => {
    const view = inView({ top: 5000, height: 520, row: 52 }, 3400)
    expect(view.to - view.from).toBeLessThan(40)
    for (const kept of [0, 100, 3399, -1]) {
      const pieces = piecesOf(3400, view, kept)
      expect(pieces.reduce((sum, piece) => sum + (piece.kind === 'gap' ? piece.rows : piece.to - piece.from), 0)).toBe(3400)
      const isDrawn = pieces.some(piece => piece.kind === 'rows' && piece.from <= kept && kept < piece.to)
      expect(isDrawn).toBe(kept >= 0)
    }
    expect(piecesOf(0, inView({ top: 0, height: 0, row: 52 }, 0), 0)).toEqual([])
    expect(piecesOf(3, inView({ top: 0, height: 500, row: 52 }, 3), 1)).toEqual([{ kind: 'rows', from: 0, to: 3 }])
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
  const [state] = factsOf(judged, AT, packsWithoutControls).states()

  it('offers the controls that the rule names before all others, each once', () => {
    if (!state) throw new Error('a real finding makes a threat')
    const choices = controlChoices(builtinPacks.controls, state, factsOf(judged, AT, packsWithoutControls).findings())
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

  it('counts what is typed as given before it is kept', () => {
    const typed = gate.problems.slice(0, 1)
    expect(gateSentence(gate, typed)).toContain(`${gate.problems.length - 1} thing`)
    expect(gateSentence(gate, gate.problems)).toBe('Nothing is left once what you typed is kept: press Enter.')
    expect(new Set(gate.problems.map(keyOf)).size).toBe(gate.problems.length)
  })

  it('closes the ring only when the gate is open', () => {
    expect(ringShare(gate)).toBeLessThan(100)
    expect(ringShare(gate, gate.problems)).toBe(94)
    expect(ringShare({ ...gate, open: true })).toBe(100)
  })

  it.each([
    ['setEncryption', { kind: 'ternary', field: 'encryption' }],
    ['setProtocol', { kind: 'text', field: 'protocol' }],
    ['setClass', { kind: 'class' }],
    ['triage', { kind: 'finding', opens: true }],
    ['drawModel', undefined],
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

  const stated = applyChanges(design, [requirement('R-00001', 'A.')])
  const described = applyChanges(stated, [
    {
      kind: 'patch',
      table: 'flows',
      id: 'F-REQVE',
      fields: { protocol: 'HTTPS', authentication: 'yes', encryption: 'yes' },
    },
  ])
  const spoken = applyChanges(described, [
    {
      kind: 'put',
      table: 'threats',
      row: { id: 'T-00001', statement: 'A.', categories: { spoofing: true }, likelihood: 4, impactScale: 5, provenance },
    },
  ])

  it('names the crossing that nobody described, and goes to the field that says it', () => {
    const next = nextAction(contextWith(stated))
    expect(next.text).toBe('F-REQVE authentication unknown')
    const planned = next.plan(contextWith(stated))
    expect(planned.ok && planned.value[0]).toMatchObject({ set: { step: 'model', selection: ['F-REQVE'], inspector: true } })
    expect(planned.ok && planned.value.at(-1)).toEqual({ kind: 'focus', name: 'field F-REQVE authentication' })
  })

  it('asks for open findings before anything later', () => {
    expect(nextAction(contextWith(described)).text).toMatch(/^Triage \d+ findings$/)
  })

  it('begins the triage at the top row of the list it leads to', () => {
    const context = contextWith(described)
    const planned = nextAction(context).plan(context)
    const rows = standingAt(registerOf(described, context.facts), 'triage')
    expect(rows.length).toBeGreaterThan(1)
    expect(rows[0]?.id, 'the case tells the orders apart').not.toBe(context.facts.asking()[0]?.lead.id)
    expect(planned.ok && planned.value[0]).toMatchObject({
      set: { selection: [rows[0]?.id], filter: { text: '', standing: 'triage' } },
    })
  })

  it('names a grave threat that nobody answered before everything else, and selects it', () => {
    const next = nextAction(contextWith(spoken))
    expect(next.text).toMatch(/^T-00001 (High|Critical) has no decision$/)
    const planned = next.plan(contextWith(spoken))
    expect(planned.ok && planned.value[0]).toMatchObject({ set: { step: 'mitigate', selection: ['T-00001'] } })
  })

  it('offers a reviewer the review, and a developer the prompt only behind an open gate', () => {
    const item: Change = {
      kind: 'put',
      table: 'workItems',
      row: { id: 'W-00001', name: 'A', goal: 'A.', operation: 'generate', elements: { 'E-TRAP1': true }, provenance },
    }
    const given = applyChanges(spoken, [item])
    const as = (role: Role) => contextWith(given, { preferences: { ...preferencesOf(null), role } })
    expect(nextAction(as('review')).text).toBe('Review W-00001')
    expect(nextAction(as('build')).text).toMatch(/^T-00001/)
    expect(nextAction(as('model')).text).toMatch(/^T-00001/)
  })
})

describe('steps', () => {
  it('shows every step of an empty design as empty', () => {
    expect(new Set(Object.values(stepStates(designOf(), factsOf(designOf(), AT, packsWithoutControls))))).toEqual(
      new Set(['empty']),
    )
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
    ['#/home', 'home'],
    ['/work', 'work'],
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
    ['saved and sent', saved, { kind: 'synced', waiting: 0 }, 'Saved 16:05'],
    ['an edit on its way', saved, { kind: 'sending', waiting: 1 }, 'Saving…'],
    ['writing', { kind: 'saving' }, { kind: 'synced', waiting: 0 }, 'Saving…'],
    ['disk full', { kind: 'failed', problem }, { kind: 'synced', waiting: 0 }, 'Not saved: disk full'],
    ['read-only', { kind: 'readOnly', problem }, { kind: 'synced', waiting: 0 }, 'Read-only copy'],
    ['conflicts', { ...saved, conflicts: 2 }, { kind: 'synced', waiting: 0 }, 'Saved 16:05: 2 conflicts to decide'],
    ['copies in the folder', { ...saved, notes: [problem] }, { kind: 'synced', waiting: 0 }, 'Saved 16:05: disk full'],
    ['out of reach', saved, { kind: 'offline', waiting: 12 }, 'Not saved: 12 changes waiting'],
  ] as const)('%s', (_name, save, sync, text) => expect(saveWords(save, sync).text).toBe(text))

  it('never says saved while anything waits', () => {
    for (const kind of ['sending', 'offline', 'stopped'] as const)
      expect(saveWords(saved, { kind, waiting: 1 }).text).not.toMatch(/^Saved/)
  })

  it('offers to save again where that can help', () => {
    const retries = (save: SaveState, sync: SyncState) => saveWords(save, sync).canRetry
    const gone = { ...problem, code: 'room.reopened' }
    expect(retries({ kind: 'failed', problem }, { kind: 'synced', waiting: 0 })).toBe(true)
    expect(retries(saved, { kind: 'offline', waiting: 2 })).toBe(true)
    expect(retries(saved, { kind: 'stopped', waiting: 1, problem })).toBe(true)
    expect(retries(saved, { kind: 'stopped', waiting: 0, problem })).toBe(false)
    expect(retries(saved, { kind: 'stopped', waiting: 1, problem: gone })).toBe(false)
    expect(retries(saved, { kind: 'synced', waiting: 0 })).toBe(false)
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
      { role: 'review', startHere: false },
      { role: 'review', startHere: false },
    ],
    [{ role: 'admin' }, { role: undefined, startHere: true }],
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
