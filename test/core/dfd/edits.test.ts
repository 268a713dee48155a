import { describe, expect, test } from 'vitest'
import {
  addBoundary,
  addData,
  addElement,
  addedId,
  addFlow,
  connect,
  moveToBoundary,
  reconnect,
  removeEntities,
  renameEntity,
  resolveBoundary,
  setAttribute,
  setField,
  setFields,
} from '../../../core/dfd/edits.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import { accepts } from '../../../core/model/parse.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { Design, Diagram } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { asset, boundary, designOf, element, flow, requirement, stampOf } from '../model/designs.ts'
import { ROWS } from '../model/samples.ts'

const stamp = stampOf()
const SHOP = designOf(
  boundary('B-00001'),
  boundary('B-00002', 'B-00001'),
  element('E-00001', { name: 'API', boundary: 'B-00002' }),
  element('E-00002', { name: 'Ledger', kind: 'dataStore', boundary: 'B-00001', data: { 'D-00001': true } }),
  element('E-00003', { name: 'Customer', kind: 'externalEntity' }),
  flow('F-00001', 'E-00003', 'E-00001'),
  flow('F-00002', 'E-00001', 'E-00002', { data: { 'D-00001': true } }),
  asset('D-00001', 'D3'),
)

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(JSON.stringify(edit.problems))
  const after = applyChanges(design, edit.value)
  for (const table of TABLE_NAMES) for (const row of Object.values(after[table])) expect(accepts(table, row)).toBe(true)
  return after
}

function changesOf(edit: Result<readonly Change[]>): readonly Change[] {
  if (!edit.ok) throw new Error(JSON.stringify(edit.problems))
  return edit.value
}

function codeOf(edit: Result<readonly Change[]>): string {
  if (edit.ok) throw new Error('was accepted')
  expect(edit.problems[0].cure).toBeTruthy()
  expect(edit.problems[0].message).toMatch(/\.$/)
  return edit.problems[0].code
}

describe('adding', () => {
  test('an element to the empty design', () => {
    const edit = addElement(EMPTY_DESIGN, { kind: 'process', name: ' API ' }, stampOf('a'))
    const id = addedId(changesOf(edit)) as string
    expect(done(EMPTY_DESIGN, edit).elements).toEqual({
      [id]: { id, kind: 'process', name: 'API', provenance: { kind: 'human', at: stamp.at, by: stamp.by } },
    })
  })

  test('the same seed adds the same element; another stamp says whose it is', () => {
    const add = () => addElement(EMPTY_DESIGN, { kind: 'process', name: 'API' }, stampOf('a'))
    expect(add()).toEqual(add())
    const proposed = addElement(EMPTY_DESIGN, { kind: 'process', name: 'API' }, { ...stampOf(), kind: 'ai' })
    expect(Object.values(done(EMPTY_DESIGN, proposed).elements)[0]?.provenance.kind).toBe('ai')
  })

  test('a flow, with its name or called after its ends', () => {
    const after = done(SHOP, connect(SHOP, { source: 'E-00001', target: 'E-00003', protocol: 'HTTPS' }, stampOf('f')))
    expect(Object.values(after.flows)).toContainEqual(
      expect.objectContaining({ name: 'API to Customer', source: 'E-00001', target: 'E-00003', protocol: 'HTTPS' }),
    )
    expect(changesOf(addFlow(SHOP, { name: 'loose', source: 'E-00001' }, stampOf('g')))[0]).not.toHaveProperty('row.target')
  })

  test('a boundary around things takes their common boundary for its parent', () => {
    const design = done(SHOP, moveToBoundary(SHOP, { ids: ['E-00002'], boundary: 'B-00002' }))
    const edit = addBoundary(design, { name: 'Inner', contains: ['E-00001', 'E-00002'] }, stampOf('b'))
    const id = addedId(changesOf(edit)) as string
    const after = done(design, edit)
    expect(after.boundaries[id]).toMatchObject({ name: 'Inner', kind: 'unknown', membership: 'stated', parent: 'B-00002' })
    expect([after.elements['E-00001']?.boundary, after.elements['E-00002']?.boundary]).toEqual([id, id])
  })

  test('a boundary around things of several boundaries has no parent, and may hold boundaries', () => {
    const edit = addBoundary(SHOP, { name: 'All', contains: ['B-00001', 'E-00003', 'E-00001'] }, stampOf('b'))
    const id = addedId(changesOf(edit)) as string
    const after = done(SHOP, edit)
    expect(after.boundaries[id]).not.toHaveProperty('parent')
    expect(after.boundaries['B-00001']?.parent).toBe(id)
  })

  test('data, with or without a class', () => {
    const after = done(SHOP, addData(SHOP, { name: 'Token', class: 'D4', personal: 'no' }, stampOf('d')))
    expect(Object.values(after.data)).toContainEqual(expect.objectContaining({ name: 'Token', class: 'D4' }))
  })

  test.each<readonly [string, Result<readonly Change[]>, string]>([
    ['no name', addElement(SHOP, { kind: 'process', name: '  ' }, stamp), 'edit.name.empty'],
    ['a name too long', addElement(SHOP, { kind: 'process', name: 'x'.repeat(401) }, stamp), 'edit.name.long'],
    ['an unknown kind', addElement(SHOP, { kind: 'server' as 'process', name: 'x' }, stamp), 'edit.value'],
    ['a lost boundary', addElement(SHOP, { kind: 'process', name: 'x', boundary: 'B-00009' }, stamp), 'edit.missing'],
    ['lost data', addFlow(SHOP, { name: 'x', data: { 'D-00009': true } }, stamp), 'edit.missing'],
    ['a flow from nowhere', connect(SHOP, { source: 'E-00009', target: 'E-00001' }, stamp), 'edit.missing'],
    ['a flow to a boundary', connect(SHOP, { source: 'E-00001', target: 'B-00001' }, stamp), 'dfd.flow.end'],
    [
      'a boundary around what lies around it',
      addBoundary(SHOP, { name: 'x', parent: 'B-00002', contains: ['B-00001'] }, stamp),
      'dfd.boundary.inItself',
    ],
    ['a boundary around nothing known', addBoundary(SHOP, { name: 'x', contains: ['E-00009'] }, stamp), 'edit.missing'],
    ['a wrong class', addData(SHOP, { name: 'x', class: 'D9' as 'D1' }, stamp), 'edit.value'],
    [
      'a lost diagram',
      addElement(SHOP, { kind: 'process', name: 'x', on: { diagram: 'G-00009', x: 0, y: 0 } }, stamp),
      'edit.missing',
    ],
  ])('is refused: %s', (_name, edit, code) => {
    expect(codeOf(edit)).toBe(code)
  })
})

describe('setting', () => {
  test('a name', () => {
    expect(changesOf(renameEntity(SHOP, { id: 'E-00001', name: 'Shop' }))).toEqual([
      { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Shop' } },
    ])
  })

  test('a name, and with it those of flows that are called after their ends', () => {
    const flow = {
      id: 'F-0000Z',
      source: 'E-00001',
      target: 'E-00001',
      provenance: { kind: 'human', at: '2026-11-22T16:00:00Z' },
    } as const
    const named = (name: string): Change => ({ kind: 'put', table: 'flows', row: { ...flow, name } })
    const rename = { id: 'E-00001', name: 'Shop' }
    expect(changesOf(renameEntity(applyChanges(SHOP, [named('API to API')]), rename)).at(-1)).toMatchObject({
      id: 'F-0000Z',
      fields: { name: 'Shop to Shop' },
    })
    expect(changesOf(renameEntity(applyChanges(SHOP, [named('orders')]), rename))).toHaveLength(1)
  })

  test('what it already is changes nothing', () => {
    expect(renameEntity(SHOP, { id: 'E-00001', name: 'API' })).toEqual({ ok: true, value: [] })
    expect(setAttribute(SHOP, { id: 'E-00001', attribute: 'isLog', value: 'unknown' })).toEqual({ ok: true, value: [] })
  })

  test('attributes one by one; unknown takes the statement back', () => {
    const yes = done(SHOP, setAttribute(SHOP, { id: 'E-00001', attribute: 'isLog', value: 'yes' }))
    expect(yes.elements['E-00001']?.attributes).toEqual({ isLog: 'yes' })
    const unknown = done(yes, setAttribute(yes, { id: 'E-00001', attribute: 'isLog', value: 'unknown' }))
    expect(unknown.elements['E-00001']).not.toHaveProperty('attributes')
  })

  test('a whole map becomes one change for each key, so that two people can set different keys', () => {
    const edit = setFields(SHOP, { id: 'E-00002', fields: { data: {}, paths: { 'src/**': true } } })
    expect(changesOf(edit)).toEqual([
      { kind: 'patch', table: 'elements', id: 'E-00002', fields: { 'data/D-00001': undefined, 'paths/src/**': true } },
    ])
  })

  test('an emptied optional text is taken away; spaces inside and at the end stay', () => {
    const set = done(SHOP, setField(SHOP, { id: 'E-00001', field: 'description', value: 'one ' }))
    expect(set.elements['E-00001']?.description).toBe('one ')
    expect(done(set, setField(set, { id: 'E-00001', field: 'description', value: ' ' })).elements['E-00001']).not.toHaveProperty(
      'description',
    )
  })

  test.each([
    ['E-00009', { name: 'x' }, 'edit.missing'],
    ['R-00001', { statement: 'x' }, 'edit.missing'],
    ['E-00001', { id: 'E-00002' }, 'edit.fixed'],
    ['E-00001', { name: '' }, 'edit.name.empty'],
    ['E-00001', { name: undefined }, 'edit.value'],
    ['E-00001', { kind: 'server' }, 'edit.value'],
    ['E-00001', { colour: 'red' }, 'edit.value'],
    ['E-00001', { 'attributes/isNice': 'yes' }, 'edit.value'],
    ['E-00001', { 'attributes/isLog': 'maybe' }, 'edit.value'],
    ['E-00001', { boundary: 'B-00009' }, 'edit.missing'],
    ['E-00001', { boundary: 'E-00002' }, 'edit.value'],
    ['E-00001', { 'data/D-00009': true }, 'edit.missing'],
    ['F-00001', { encryption: 'maybe' }, 'edit.value'],
    ['B-00001', { parent: 'B-00002' }, 'dfd.boundary.inItself'],
    ['B-00001', { parent: 'B-00001' }, 'dfd.boundary.inItself'],
    ['D-00001', { class: 'D5' }, 'edit.value'],
  ])('%s %j is refused as %s', (id, fields, code) => {
    expect(codeOf(setFields(SHOP, { id, fields }))).toBe(code)
  })

  test('a refusal names the field and its value', () => {
    const edit = setFields(SHOP, { id: 'E-00001', fields: { technology: 'Go', kind: 'server' } })
    expect(edit.ok || edit.problems[0].message).toBe('The field kind cannot be "server".')
  })

  test('a row that a peer broke can be cured field by field', () => {
    const broken = {
      ...SHOP,
      elements: { ...SHOP.elements, 'E-00001': { ...element('E-00001'), kind: 'x', technology: 7 } },
    } as unknown as Design
    const kind = changesOf(setFields(broken, { id: 'E-00001', fields: { kind: 'process' } }))
    const better = applyChanges(broken, kind)
    expect(accepts('elements', better.elements['E-00001'])).toBe(false)
    done(better, setFields(better, { id: 'E-00001', fields: { technology: 'Go' } }))
  })

  test('links that were already lost do not stand in the way', () => {
    const scarred = designOf(element('E-00001', { boundary: 'B-00009' }))
    expect(renameEntity(scarred, { id: 'E-00001', name: 'x' }).ok).toBe(true)
  })
})

describe('connecting and moving', () => {
  test('another end; its drawn route goes', () => {
    const layout = { id: 'G-00001.F-00001', vertices: [{ x: 1, y: 1 }], label: { x: 0, y: 0 } }
    const design = designOf(
      ...Object.values(SHOP.elements),
      ...Object.values(SHOP.boundaries),
      asset('D-00001'),
      flow('F-00001', 'E-00003', 'E-00001'),
      layout,
    )
    const after = done(design, reconnect(design, { flow: 'F-00001', end: 'target', element: 'E-00002' }))
    expect(after.flows['F-00001']?.target).toBe('E-00002')
    expect(after.layout['G-00001.F-00001']).toEqual({ id: 'G-00001.F-00001' })
    expect(done(design, reconnect(design, { flow: 'F-00001', end: 'source' })).flows['F-00001']).not.toHaveProperty('source')
    expect(codeOf(reconnect(design, { flow: 'F-00001', end: 'target', element: 'E-00009' }))).toBe('edit.missing')
    expect(codeOf(reconnect(design, { flow: 'F-00001', end: 'target', element: 'B-00001' }))).toBe('dfd.flow.end')
  })

  test('elements and boundaries into a boundary and out of it; flows stay', () => {
    const inside = done(SHOP, moveToBoundary(SHOP, { ids: ['E-00001', 'E-00003', 'F-00001'], boundary: 'B-00001' }))
    expect(inside.elements['E-00003']?.boundary).toBe('B-00001')
    const outside = done(inside, moveToBoundary(inside, { ids: ['E-00003', 'B-00002'] }))
    expect(outside.elements['E-00003']).not.toHaveProperty('boundary')
    expect(outside.boundaries['B-00002']).not.toHaveProperty('parent')
    expect(moveToBoundary(SHOP, { ids: [], boundary: 'B-00001' })).toEqual({ ok: true, value: [] })
    expect(codeOf(moveToBoundary(SHOP, { ids: ['B-00001'], boundary: 'B-00002' }))).toBe('dfd.boundary.inItself')
    expect(codeOf(moveToBoundary(SHOP, { ids: ['E-00001'], boundary: 'B-00009' }))).toBe('edit.missing')
  })

  test('an open line is answered by what lies inside', () => {
    const design = designOf(boundary('B-00001', undefined, { membership: 'unresolved' }), element('E-00001'))
    const after = done(design, resolveBoundary(design, { id: 'B-00001', contains: ['E-00001'] }))
    expect(after.boundaries['B-00001']?.membership).toBe('stated')
    expect(after.elements['E-00001']?.boundary).toBe('B-00001')
    expect(done(design, resolveBoundary(design, { id: 'B-00001', contains: [] })).boundaries['B-00001']?.membership).toBe(
      'stated',
    )
  })
})

describe('removing', () => {
  const diagram = {
    id: 'G-00001',
    name: 'All',
    elements: { 'E-00001': true, 'E-00002': true },
    flows: { 'F-00001': true, 'F-00002': true },
    boundaries: { 'B-00002': true },
    provenance: ROWS.elements.provenance,
  } as unknown as Diagram
  const full = applyChanges(SHOP, [
    { kind: 'put', table: 'diagrams', row: diagram },
    { kind: 'put', table: 'layout', row: { id: 'G-00001.E-00001', x: 0, y: 0 } },
    { kind: 'put', table: 'layout', row: { id: 'G-00001.F-00001' } },
    { kind: 'put', table: 'layout', row: { id: 'G-00001.E-00002', x: 0, y: 0 } },
    {
      kind: 'put',
      table: 'requirements',
      row: requirement('R-00001', 'The API shall log.', { elements: { 'E-00001': true }, flows: { 'F-00001': true } }),
    },
    { kind: 'put', table: 'comments', row: { ...ROWS.comments, anchor: { id: 'E-00001' } } as never },
    { kind: 'put', table: 'triage', row: ROWS.triage as never },
  ])

  test('an element takes its flows, links and drawings along; decisions on findings and what people said stay', () => {
    const after = done(full, removeEntities(full, { ids: ['E-00001'] }))
    expect(Object.keys(after.elements)).toEqual(['E-00002', 'E-00003'])
    expect(after.flows).toEqual({})
    expect(Object.keys(after.layout)).toEqual(['G-00001.E-00002'])
    expect(after.diagrams['G-00001']).toMatchObject({ elements: { 'E-00002': true } })
    expect(after.diagrams['G-00001']).not.toHaveProperty('flows')
    expect(after.requirements['R-00001']).not.toHaveProperty('elements')
    expect(after.comments).toBe(full.comments)
    expect(after.triage).toBe(full.triage)
    expect(integrityProblems(after)).toEqual([])
  })

  test('what lay in a boundary moves to the nearest one that stays', () => {
    const one = done(SHOP, removeEntities(SHOP, { ids: ['B-00002'] }))
    expect(one.elements['E-00001']?.boundary).toBe('B-00001')
    const both = done(SHOP, removeEntities(SHOP, { ids: ['B-00002', 'B-00001'] }))
    expect(both.elements['E-00001']).not.toHaveProperty('boundary')
    expect(integrityProblems(both)).toEqual([])
  })

  test('data goes with the links to it; a diagram goes with its drawing and leaves the elements', () => {
    expect(integrityProblems(done(SHOP, removeEntities(SHOP, { ids: ['D-00001'] })))).toEqual([])
    const after = done(full, removeEntities(full, { ids: ['G-00001'] }))
    expect(after.layout).toEqual({})
    expect(after.elements).toBe(full.elements)
  })

  test.each([[['E-00009']], [['E-00001', 'B-00009']], [['R-00001']], [['nonsense']]])('%j is refused', ids => {
    expect(codeOf(removeEntities(full, { ids }))).toBe('edit.missing')
  })

  test('nothing chosen removes nothing', () => {
    expect(removeEntities(full, { ids: [] })).toEqual({ ok: true, value: [] })
  })
})
