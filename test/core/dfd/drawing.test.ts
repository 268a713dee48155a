import { describe, expect, test } from 'vitest'
import { addDiagram, dropOn, takeOff } from '../../../core/dfd/diagram-edits.ts'
import { duplicateEntities } from '../../../core/dfd/duplicate.ts'
import { addBoundary, addElement, addedId, placeOn } from '../../../core/dfd/edits.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import { accepts } from '../../../core/model/parse.ts'
import type { Design, Diagram } from '../../../core/model/types.ts'
import type { Result } from '../../../core/support/result.ts'
import { boundary, designOf, element, flow, stampOf } from '../model/designs.ts'

const G = 'G-00001'
const EMPTY_DIAGRAM: Diagram = { id: G, name: 'All', provenance: { kind: 'human', at: '2026-11-22T16:00:00Z' } }

function done(design: Design, edit: Result<readonly Change[]>): Design {
  if (!edit.ok) throw new Error(JSON.stringify(edit.problems))
  const after = applyChanges(design, edit.value)
  for (const row of Object.values(after.layout)) expect(accepts('layout', row)).toBe(true)
  return after
}

/** Two boxes side by side, a small one inside the first; E-00001 in the first, E-00002 in none. */
const DRAWN = (() => {
  const design = designOf(
    EMPTY_DIAGRAM,
    boundary('B-00001'),
    boundary('B-00002'),
    boundary('B-00003', 'B-00001'),
    element('E-00001', { boundary: 'B-00001' }),
    element('E-00002'),
    flow('F-00001', 'E-00001', 'E-00002'),
  )
  const places = [
    { id: 'B-00001', x: 0, y: 0, width: 400, height: 400 },
    { id: 'B-00002', x: 500, y: 0, width: 400, height: 400 },
    { id: 'B-00003', x: 200, y: 200, width: 180, height: 180 },
    { id: 'E-00001', x: 10, y: 10, width: 100, height: 50 },
    { id: 'E-00002', x: 1000, y: 0, width: 100, height: 50 },
    { id: 'F-00001', vertices: [{ x: 1, y: 2 }], label: { x: 3, y: 4 } },
  ]
  return done(design, placeOn(design, { diagram: G, places }))
})()

describe('placeOn', () => {
  test('draws and shows', () => {
    expect(DRAWN.layout['G-00001.E-00001']).toEqual({ id: 'G-00001.E-00001', x: 10, y: 10, width: 100, height: 50 })
    expect(DRAWN.diagrams[G]).toMatchObject({
      elements: { 'E-00001': true },
      flows: { 'F-00001': true },
      boundaries: { 'B-00003': true },
    })
  })

  test('a second time patches only what differs, and shows nothing twice', () => {
    const edit = placeOn(DRAWN, { diagram: G, places: [{ id: 'E-00001', x: 10, y: 20 }] })
    expect(edit).toMatchObject({
      ok: true,
      value: [
        { kind: 'patch', table: 'layout', id: 'G-00001.E-00001', fields: { y: 20 } },
        { kind: 'patch', table: 'layout', id: 'G-00001.F-00001', fields: { vertices: undefined, label: undefined } },
      ],
    })
    expect(placeOn(DRAWN, { diagram: G, places: [{ id: 'E-00001', x: 10, y: 10 }] })).toEqual({ ok: true, value: [] })
  })

  test('a route placed together with its element stays', () => {
    const places = [
      { id: 'E-00001', x: 50, y: 50 },
      { id: 'F-00001', vertices: [{ x: 9, y: 9 }] },
    ]
    expect(done(DRAWN, placeOn(DRAWN, { diagram: G, places })).layout['G-00001.F-00001']?.vertices).toEqual([{ x: 9, y: 9 }])
  })

  test.each([
    ['G-00009', { id: 'E-00001', x: 0, y: 0 }, 'edit.missing'],
    [G, { id: 'E-00009', x: 0, y: 0 }, 'edit.missing'],
    [G, { id: 'D-00001', x: 0, y: 0 }, 'edit.missing'],
    [G, { id: 'E-00001', x: Number.NaN, y: 0 }, 'dfd.place'],
    [G, { id: 'E-00001', width: 0 }, 'dfd.place'],
  ])('%s %j is refused as %s', (diagram, place, code) => {
    const edit = placeOn(DRAWN, { diagram, places: [place] })
    expect(edit.ok || edit.problems[0].code).toBe(code)
  })
})

describe('dropOn', () => {
  const drop = (design: Design, ...places: readonly { id: string; x: number; y: number; width?: number; height?: number }[]) =>
    done(design, dropOn(design, { diagram: G, places }))

  test('into a box, into a nested one, out of all', () => {
    expect(drop(DRAWN, { id: 'E-00002', x: 520, y: 20 }).elements['E-00002']?.boundary).toBe('B-00002')
    expect(drop(DRAWN, { id: 'E-00001', x: 220, y: 220 }).elements['E-00001']?.boundary).toBe('B-00003')
    expect(drop(DRAWN, { id: 'E-00001', x: 2000, y: 0 }).elements['E-00001']).not.toHaveProperty('boundary')
  })

  test('moving about in the same box changes no membership', () => {
    expect(drop(DRAWN, { id: 'E-00001', x: 30, y: 30 }).elements).toBe(DRAWN.elements)
  })

  test('a box moved over others takes them in, and lies in what lies around it', () => {
    const after = drop(DRAWN, { id: 'B-00003', x: 900, y: 0, width: 300, height: 300 })
    expect(after.elements['E-00002']?.boundary).toBe('B-00003')
    expect(after.boundaries['B-00003']).not.toHaveProperty('parent')
    expect(drop(DRAWN, { id: 'B-00003', x: 510, y: 10 }).boundaries['B-00003']?.parent).toBe('B-00002')
  })

  test('a membership stated against the drawing stays while its drawing stays', () => {
    const stated = applyChanges(DRAWN, [{ kind: 'patch', table: 'elements', id: 'E-00002', fields: { boundary: 'B-00001' } }])
    expect(drop(stated, { id: 'E-00002', x: 1010, y: 0 }).elements['E-00002']?.boundary).toBe('B-00001')
  })

  test('an element deeper inside, in a boundary that is not drawn, is not pulled out', () => {
    const hidden = applyChanges(DRAWN, [
      { kind: 'put', table: 'boundaries', row: boundary('B-00004', 'B-00002') },
      { kind: 'patch', table: 'elements', id: 'E-00002', fields: { boundary: 'B-00004' } },
    ])
    expect(drop(hidden, { id: 'E-00002', x: 520, y: 20 }).elements['E-00002']?.boundary).toBe('B-00004')
  })

  test('no box ever comes to lie in itself', () => {
    const turned = applyChanges(DRAWN, [{ kind: 'patch', table: 'boundaries', id: 'B-00002', fields: { parent: 'B-00003' } }])
    const after = drop(turned, { id: 'B-00003', x: 600, y: 100 })
    expect(integrityProblems(after)).toEqual([])
  })
})

describe('new things on a diagram', () => {
  test('a new element lies in the box it is drawn in, unless told otherwise', () => {
    const on = { diagram: G, x: 510, y: 10 }
    const edit = addElement(DRAWN, { kind: 'process', name: 'New', on }, stampOf('n'))
    const id = edit.ok ? (addedId(edit.value) as string) : ''
    const after = done(DRAWN, edit)
    expect(after.elements[id]?.boundary).toBe('B-00002')
    expect(after.diagrams[G]?.elements?.[id]).toBe(true)
    expect(after.layout[`G-00001.${id}`]).toMatchObject({ x: 510, y: 10 })
    const told = addElement(DRAWN, { kind: 'process', name: 'New', boundary: 'B-00001', on }, stampOf('n'))
    expect(done(DRAWN, told).elements[id]?.boundary).toBe('B-00001')
  })

  test('a new box takes in what it is drawn around', () => {
    const on = { diagram: G, x: 900, y: -50, width: 400, height: 300 }
    const edit = addBoundary(DRAWN, { name: 'New', on }, stampOf('b'))
    const id = edit.ok ? (addedId(edit.value) as string) : ''
    expect(done(DRAWN, edit).elements['E-00002']?.boundary).toBe(id)
  })

  test('a new box inside another has it for its parent', () => {
    const on = { diagram: G, x: 520, y: 20, width: 100, height: 100 }
    const edit = addBoundary(DRAWN, { name: 'New', on }, stampOf('b'))
    const id = edit.ok ? (addedId(edit.value) as string) : ''
    expect(done(DRAWN, edit).boundaries[id]?.parent).toBe('B-00002')
  })

  test('a diagram', () => {
    const edit = addDiagram(DRAWN, { name: 'Detail' }, stampOf('g'))
    expect(edit.ok && edit.value[0]).toMatchObject({ kind: 'put', table: 'diagrams', row: { name: 'Detail' } })
  })
})

describe('takeOff', () => {
  test('takes drawings off with the flows that hang on them; the things stay', () => {
    const after = done(DRAWN, takeOff(DRAWN, { diagram: G, ids: ['E-00001', 'E-00009'] }))
    expect(after.elements).toBe(DRAWN.elements)
    expect(after.flows).toBe(DRAWN.flows)
    expect(after.diagrams[G]?.elements).toEqual({ 'E-00002': true })
    expect(after.diagrams[G]).not.toHaveProperty('flows')
    expect(Object.keys(after.layout).filter(id => /E-00001|F-00001/.test(id))).toEqual([])
  })

  test('of a lost diagram is refused', () => {
    expect(takeOff(DRAWN, { diagram: 'G-00009', ids: [] }).ok).toBe(false)
  })
})

describe('duplicateEntities', () => {
  test('copies things with the flows between them, numbered and drawn beside', () => {
    const edit = duplicateEntities(DRAWN, { ids: ['E-00001', 'E-00002', 'B-00001'], diagram: G }, stampOf('c'))
    const after = done(DRAWN, edit)
    expect(Object.keys(after.elements)).toHaveLength(4)
    expect(Object.keys(after.flows)).toHaveLength(2)
    const copy = Object.values(after.elements).find(row => row.name === 'E-00001 2')
    const twin = Object.values(after.boundaries).find(row => row.name === 'B-00001 2')
    expect(copy?.boundary).toBe(twin?.id)
    const flowCopy = Object.values(after.flows).find(row => row.id !== 'F-00001')
    expect(flowCopy).toMatchObject({ name: 'F-00001', source: copy?.id })
    expect(after.layout[`G-00001.${copy?.id}`]).toMatchObject({ x: 42, y: 42, width: 100 })
    expect(after.diagrams[G]?.flows?.[flowCopy?.id ?? '']).toBe(true)
    expect(integrityProblems(after)).toEqual([])
  })

  test('a flow alone keeps its ends; numbers go on; imported ids stay behind', () => {
    const design = designOf(
      element('E-00001', { name: 'API', foreign: { id: 1 } }),
      element('E-00002', { name: 'API 2' }),
      flow('F-00001', 'E-00001', 'E-00002'),
    )
    const flows = Object.values(done(design, duplicateEntities(design, { ids: ['F-00001'] }, stampOf('c'))).flows)
    expect(flows.map(row => [row.source, row.target])).toEqual([
      ['E-00001', 'E-00002'],
      ['E-00001', 'E-00002'],
    ])
    const elements = Object.values(
      done(design, duplicateEntities(design, { ids: ['E-00001', 'E-00002'] }, stampOf('c'))).elements,
    )
    expect(elements.map(row => row.name).sort()).toEqual(['API', 'API 2', 'API 3', 'API 4'])
    expect(elements.filter(row => row.foreign !== undefined)).toHaveLength(1)
  })

  test('of what is not there is refused', () => {
    expect(duplicateEntities(DRAWN, { ids: ['E-00009'] }, stampOf()).ok).toBe(false)
  })
})
