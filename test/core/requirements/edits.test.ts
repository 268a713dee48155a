import { describe, expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { accepts } from '../../../core/model/parse.ts'
import type { Design, Requirement, WorkItem } from '../../../core/model/types.ts'
import { addAssumption, editAssumption, removeAssumptions } from '../../../core/requirements/assumption-edits.ts'
import { actorOf } from '../../../core/requirements/derive.ts'
import {
  addRequirement,
  addRequirements,
  approveRequirement,
  editRequirement,
  removeRequirements,
  reopenRequirement,
  retireRequirement,
  setLinks,
  setParent,
} from '../../../core/requirements/edits.ts'
import type { Result } from '../../../core/support/result.ts'
import { asset, designOf, element, flow, requirement, stampOf } from '../model/designs.ts'
import { ROWS } from '../model/samples.ts'

const stamp = stampOf()

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(JSON.stringify(edit.problems))
  const after = applyChanges(design, edit.value)
  for (const row of Object.values(after.requirements)) expect(accepts('requirements', row)).toBe(true)
  for (const row of Object.values(after.assumptions)) expect(accepts('assumptions', row)).toBe(true)
  return after
}

function codesOf(edit: Result<readonly Change[]>): readonly string[] {
  if (edit.ok) throw new Error('was accepted')
  for (const problem of edit.problems) expect(problem.cure).toMatch(/\.$/)
  return edit.problems.map(problem => problem.code)
}

function one(design: Design): Requirement {
  const [row, ...more] = Object.values(design.requirements)
  if (!row || more.length > 0) throw new Error('not one requirement')
  return row
}

const with_ = (fields: Partial<Requirement>, statement = 'The API shall log.') =>
  designOf(element('E-00001', { name: 'API' }), flow('F-00001'), asset('D-00001'), requirement('R-00001', statement, fields))

describe('adding requirements', () => {
  test('a sentence becomes a functional draft', () => {
    const row = one(done(EMPTY_DESIGN, addRequirement(EMPTY_DESIGN, { statement: ' The API shall log. ' }, stamp)))
    expect(row).toEqual({
      id: row.id,
      statement: 'The API shall log.',
      kind: 'functional',
      status: 'draft',
      provenance: { kind: 'human', at: stamp.at, by: stamp.by },
    })
  })

  test('with all that may be said at once', () => {
    const design = with_({})
    const said = {
      statement: 'x',
      kind: 'security',
      priority: 'must',
      source: 'audit',
      actor: 'API',
      verification: 'test',
      description: 'd',
    } as const
    const after = done(design, addRequirement(design, { ...said, elements: ['E-00001'], flows: [], data: ['D-00001'] }, stamp))
    const row = Object.values(after.requirements).find(each => each.statement === 'x')
    expect(row).toMatchObject({ ...said, elements: { 'E-00001': true }, data: { 'D-00001': true } })
    expect(row).not.toHaveProperty('flows')
  })

  test.each([
    [{ statement: '' }, 'edit.statement.empty'],
    [{ statement: '\n ' }, 'edit.statement.empty'],
    [{ statement: 'x'.repeat(4001) }, 'edit.statement.long'],
    [{ statement: 'x', elements: ['E-00009'] }, 'edit.missing'],
    [{ statement: 'x', verification: 'magic' as 'test' }, 'edit.value'],
  ])('%j is refused as %s', (input, code) => {
    expect(codesOf(addRequirement(EMPTY_DESIGN, input, stamp))).toEqual([code])
  })

  test('a pasted list becomes one row for each line, in one edit', () => {
    const text =
      '- The API shall log.\r\n  * The API shall stop.\n\n3. The API shall start.\n(4) The API shall wait.\n[x] The API shall end.\n- \n   '
    const edit = addRequirements(EMPTY_DESIGN, { text, kind: 'security' }, stamp)
    const rows = edit.ok ? edit.value.map(change => (change.kind === 'put' ? (change.row as Requirement) : undefined)) : []
    expect(rows.map(row => row?.statement)).toEqual([
      'The API shall log.',
      'The API shall stop.',
      'The API shall start.',
      'The API shall wait.',
      'The API shall end.',
    ])
    expect(new Set(rows.map(row => row?.id)).size).toBe(5)
    expect(rows.every(row => row?.kind === 'security')).toBe(true)
    expect(addRequirements(EMPTY_DESIGN, { text: ' \n' }, stamp)).toEqual({ ok: true, value: [] })
    expect(codesOf(addRequirements(EMPTY_DESIGN, { text: `a\n${'x'.repeat(5000)}` }, stamp))).toEqual(['edit.statement.long'])
  })
})

describe('editing requirements', () => {
  test('new words on an approved one make it a draft', () => {
    const approved = with_({ status: 'approved' })
    expect(one(done(approved, editRequirement(approved, { id: 'R-00001', statement: 'The API shall stop.' })))).toMatchObject({
      statement: 'The API shall stop.',
      status: 'draft',
    })
    expect(one(done(approved, editRequirement(approved, { id: 'R-00001', verification: undefined }))).status).toBe('draft')
  })

  test('other fields, or the same words, leave it approved', () => {
    const approved = with_({ status: 'approved' })
    expect(one(done(approved, editRequirement(approved, { id: 'R-00001', priority: 'must' }))).status).toBe('approved')
    expect(editRequirement(approved, { id: 'R-00001', statement: 'The API shall log.' })).toEqual({ ok: true, value: [] })
  })

  test('links are replaced set by set, key by key', () => {
    const design = with_({ elements: { 'E-00001': true } })
    expect(setLinks(design, { id: 'R-00001', elements: [], flows: ['F-00001'] })).toEqual({
      ok: true,
      value: [
        { kind: 'patch', table: 'requirements', id: 'R-00001', fields: { 'elements/E-00001': undefined, 'flows/F-00001': true } },
      ],
    })
    expect(setLinks(design, { id: 'R-00001', elements: ['E-00001'] })).toEqual({ ok: true, value: [] })
    expect(codesOf(setLinks(design, { id: 'R-00001', data: ['D-00009'] }))).toEqual(['edit.missing'])
    expect(codesOf(setLinks(design, { id: 'R-00001', data: ['E-00001'] }))).toEqual(['edit.value'])
  })
})

describe('approving', () => {
  test('what has actor and verification is approved', () => {
    const design = with_({})
    expect(one(done(design, approveRequirement(design, { id: 'R-00001' }, stamp))).status).toBe('approved')
  })

  test('says everything that is lacking, each with a cure', () => {
    const { verification: _none, ...bare } = requirement('R-00001', 'Fast login')
    expect(codesOf(approveRequirement(designOf(bare), { id: 'R-00001' }, stamp))).toEqual([
      'requirement.noActor',
      'requirement.noVerification',
    ])
  })

  test('lint never blocks it', () => {
    const design = with_({}, 'It should be fast, etc., TBD.')
    expect(approveRequirement(design, { id: 'R-00001' }, stamp).ok).toBe(true)
  })

  test.each([
    ['a stated actor', 'Das System muss protokollieren.', { actor: 'System' }],
    ['an element named in any language', 'Die API muss jede Buchung protokollieren.', {}],
    ['the subject of the sentence', 'The scheduler shall log.', {}],
    ['the subject of a German sentence', 'Wenn ein Auftrag eingeht, muss der Planer warnen.', {}],
    ['one stated beside a sentence in any language', 'Le système doit enregistrer chaque virement.', { actor: 'API' }],
  ])('%s is an actor', (_name, statement, fields) => {
    const design = with_(fields, statement)
    expect(actorOf(design, one(design))).toBeDefined()
    expect(approveRequirement(design, { id: 'R-00001' }, stamp).ok).toBe(true)
  })

  test('what an AI proposed is confirmed by who approves it, once', () => {
    const design = with_({ provenance: { kind: 'ai', at: stamp.at } })
    const after = done(design, approveRequirement(design, { id: 'R-00001' }, stamp))
    expect(one(after).provenance).toEqual({ kind: 'ai', at: stamp.at, confirmedBy: 'architect', confirmedAt: stamp.at })
    const again = done(after, reopenRequirement(after, { id: 'R-00001' }))
    expect(one(done(again, approveRequirement(again, { id: 'R-00001' }, { ...stamp, by: 'other' }))).provenance.confirmedBy).toBe(
      'architect',
    )
  })

  test('twice changes nothing; a retired one is refused until it is a draft again', () => {
    const approved = with_({ status: 'approved' })
    expect(approveRequirement(approved, { id: 'R-00001' }, stamp)).toEqual({ ok: true, value: [] })
    const retired = done(approved, retireRequirement(approved, { id: 'R-00001' }))
    expect(codesOf(approveRequirement(retired, { id: 'R-00001' }, stamp))).toEqual(['requirement.retired'])
    expect(one(done(retired, reopenRequirement(retired, { id: 'R-00001' }))).status).toBe('draft')
  })
})

describe('removing requirements', () => {
  test('a draft goes with the links to it', () => {
    const item = { ...ROWS.workItems, elements: {}, requirements: { 'R-00001': true } } as unknown as WorkItem
    const design = applyChanges(with_({}), [{ kind: 'put', table: 'workItems', row: item }])
    const after = done(design, removeRequirements(design, { ids: ['R-00001'] }))
    expect(after.requirements).toEqual({})
    expect(after.workItems['W-00001']).not.toHaveProperty('requirements')
  })

  test('what is in force is retired instead', () => {
    expect(codesOf(removeRequirements(with_({ status: 'approved' }), { ids: ['R-00001'] }))).toEqual(['requirement.inForce'])
  })

  test('its parts become parts of what it was a part of', () => {
    const part = (id: string, parent: string): Change => ({
      kind: 'put',
      table: 'requirements',
      row: { ...one(with_({})), id, parent, status: 'draft' },
    })
    const design = applyChanges(with_({}), [part('R-00002', 'R-00001'), part('R-00003', 'R-00002')])
    expect(done(design, removeRequirements(design, { ids: ['R-00002'] })).requirements['R-00003']?.parent).toBe('R-00001')
    const none = done(design, removeRequirements(design, { ids: ['R-00001', 'R-00002'] }))
    expect(none.requirements['R-00003']).not.toHaveProperty('parent')
  })

  test('a part of itself is refused, near and far', () => {
    const part: Change = { kind: 'put', table: 'requirements', row: { ...one(with_({})), id: 'R-00002', parent: 'R-00001' } }
    const design = applyChanges(with_({}), [part])
    expect(codesOf(setParent(design, { id: 'R-00001', parent: 'R-00001' }))).toEqual(['requirement.cycle'])
    expect(codesOf(setParent(design, { id: 'R-00001', parent: 'R-00002' }))).toEqual(['requirement.cycle'])
    expect(codesOf(setParent(design, { id: 'R-00001', parent: 'R-00009' }))).toEqual(['edit.missing'])
    expect(done(design, setParent(design, { id: 'R-00002', parent: undefined })).requirements['R-00002']).not.toHaveProperty(
      'parent',
    )
  })

  test.each([
    editRequirement(EMPTY_DESIGN, { id: 'R-00009', statement: 'x' }),
    setLinks(EMPTY_DESIGN, { id: 'R-00009' }),
    approveRequirement(EMPTY_DESIGN, { id: 'E-00001' }, stamp),
    retireRequirement(EMPTY_DESIGN, { id: '__proto__' }),
    reopenRequirement(EMPTY_DESIGN, { id: 'constructor' }),
    removeRequirements(EMPTY_DESIGN, { ids: ['R-00009'] }),
    editAssumption(EMPTY_DESIGN, { id: 'A-00009', statement: 'x' }),
    removeAssumptions(EMPTY_DESIGN, { ids: ['A-00009'] }),
  ])('what is not there is refused (%#)', edit => {
    expect(codesOf(edit)).toEqual(['edit.missing'])
  })
})

describe('assumptions', () => {
  test('are added, edited and removed', () => {
    const added = done(EMPTY_DESIGN, addAssumption(EMPTY_DESIGN, { statement: 'The network is ours.', consequence: ' ' }, stamp))
    const [row] = Object.values(added.assumptions)
    expect(row).toMatchObject({ statement: 'The network is ours.' })
    expect(row).not.toHaveProperty('consequence')
    const id = row?.id ?? ''
    const edited = done(added, editAssumption(added, { id, owner: 'operations', consequence: 'Spoofing.' }))
    expect(edited.assumptions[id]).toMatchObject({ owner: 'operations', consequence: 'Spoofing.' })
    expect(done(edited, removeAssumptions(edited, { ids: [id] })).assumptions).toEqual({})
    expect(codesOf(editAssumption(added, { id, statement: '' }))).toEqual(['edit.statement.empty'])
  })
})
