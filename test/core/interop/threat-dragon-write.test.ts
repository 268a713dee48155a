import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportModel } from '../../../core/interop/export.ts'
import { EMPTY_DESIGN } from '../../../core/model/change.ts'
import type { AnyRow, Design } from '../../../core/model/types.ts'
import { boundary, designOf, element, flow } from '../model/designs.ts'
import { expectSoundOrRefused } from './damaged.ts'
import { expectSound, imported, occasion, read } from './imported.ts'
import { randomDesign } from './random-design.ts'
import { wildText } from './random-texts.ts'
import { round } from './round.ts'

const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z', by: 'architect' } as const
const settings = { id: 'design', format: 1, designId: '0123456789', name: 'Shop', epoch: 1 } as const

type Cell = {
  readonly id: string
  readonly shape: string
  readonly position: { x: number; y: number }
  readonly size: { readonly width: number; readonly height: number }
  readonly source: object
  readonly target: object
  readonly data: Record<string, unknown> & {
    readonly threats: readonly Record<string, unknown>[]
    skeptic: Record<string, unknown>
  }
}
type File = {
  readonly summary: { readonly owner: string }
  readonly detail: {
    readonly diagrams: readonly { readonly title: string; readonly cells: Cell[] }[]
    readonly diagramTop: number
    readonly threatTop: number
  }
}

function design(...rows: readonly AnyRow[]): Design {
  return { ...designOf(...rows), settings: { design: settings } }
}

function written(from: Design) {
  const result = exportModel(from, 'threat-dragon-v2', occasion)
  if (!result.ok) throw new Error(result.problems[0].message)
  return { file: JSON.parse(result.value.text) as File, losses: result.value.losses }
}

function cellOf(file: File, id: string): Cell {
  const cell = file.detail.diagrams.flatMap(({ cells }) => cells).find(({ data }) => data.skeptic?.id === id)
  if (!cell) throw new Error(`${id} is not drawn`)
  return cell
}

const threat = (id: string, fields: object = {}) => ({ id, statement: id, categories: {}, provenance, ...fields })
const page = (id: string, ...ids: readonly string[]) => ({
  id,
  name: id,
  elements: flags(ids, 'E'),
  flows: flags(ids, 'F'),
  boundaries: flags(ids, 'B'),
  provenance,
})
const flags = (ids: readonly string[], prefix: string) =>
  Object.fromEntries(ids.filter(id => id.startsWith(prefix)).map(id => [id, true as const]))

describe('a Threat Dragon file', () => {
  test('of nothing has no diagrams', () => {
    const { file, losses } = written({ ...EMPTY_DESIGN, settings: { design: settings } })
    expect(file.detail).toMatchObject({ diagrams: [], diagramTop: 0, threatTop: 0 })
    expect(losses).toEqual([])
  })

  test('joins a line to a cell, or to a point of whole numbers, never to nothing', () => {
    const { file } = written(design(element('E-00001'), flow('F-00001', 'E-00001'), flow('F-00002')))
    const joined = cellOf(file, 'F-00001')
    expect(joined.source).toEqual({ cell: cellOf(file, 'E-00001').id })
    for (const end of [joined.target, cellOf(file, 'F-00002').source, cellOf(file, 'F-00002').target])
      expect(end).toEqual({ x: expect.toSatisfy(Number.isInteger), y: expect.toSatisfy(Number.isInteger) })
  })

  test('draws things inside their boundary where the design has no places', () => {
    const { file } = written(
      design(
        boundary('B-00001'),
        boundary('B-00002', 'B-00001'),
        element('E-00001', { boundary: 'B-00002' }),
        element('E-00002'),
      ),
    )
    const inside = (inner: Cell, outer: Cell) =>
      inner.position.x >= outer.position.x && inner.position.x + inner.size.width <= outer.position.x + outer.size.width
    expect(inside(cellOf(file, 'E-00001'), cellOf(file, 'B-00002'))).toBe(true)
    expect(inside(cellOf(file, 'B-00002'), cellOf(file, 'B-00001'))).toBe(true)
    expect(inside(cellOf(file, 'E-00002'), cellOf(file, 'B-00001'))).toBe(false)
  })

  test('is drawn anew where the places contradict the design, and says so', () => {
    const rows = [boundary('B-00001'), element('E-00001'), page('G-00001', 'B-00001', 'E-00001')]
    const at = (id: string, x: number) => ({ id: `G-00001.${id}`, x, y: 0, width: 100, height: 100 })
    const kept = written(design(...rows, at('B-00001', 0), at('E-00001', 300)))
    expect([kept.losses.map(loss => loss.at).includes('G-00001'), cellOf(kept.file, 'E-00001').position.x]).toEqual([false, 300])
    const anew = written(design(...rows, at('B-00001', 0), at('E-00001', 0)))
    expect(anew.losses.find(loss => loss.at === 'G-00001')?.what).toBe('Positions on the diagram')
  })

  test('has one more diagram for what no diagram shows', () => {
    const { file, losses } = written(
      design(element('E-00001'), element('E-00002'), flow('F-00001', 'E-00001', 'E-00002'), page('G-00001', 'E-00001')),
    )
    expect(file.detail.diagrams.map(({ title, cells }) => [title, cells.length])).toEqual([
      ['G-00001', 1],
      ['Not on any diagram', 3],
    ])
    expect(file.detail.diagramTop).toBe(2)
    expect(losses).toContainEqual(expect.objectContaining({ at: 'diagrams', what: '3 things on no diagram' }))
  })

  test('shows an element on two diagrams with its threats on the first, and it comes back as one', () => {
    const model = design(
      element('E-00001'),
      threat('T-00001', { elements: { 'E-00001': true } }),
      page('G-00001', 'E-00001'),
      page('G-00002', 'E-00001'),
    )
    const { file } = written(model)
    const cells = file.detail.diagrams.flatMap(diagram => diagram.cells)
    expect(new Set(cells.map(cell => cell.id)).size).toBe(2)
    expect(cells.map(({ data }) => [data.threats.length, data.hasOpenThreats])).toEqual([
      [1, true],
      [0, false],
    ])
    const { after } = round(model, 'threat-dragon-v2')
    expect([after.summary.counts.elements, after.summary.counts.threats, after.summary.counts.diagrams]).toEqual([1, 1, 2])
  })
})

describe('threats in a Threat Dragon file', () => {
  const on = { elements: { 'E-00001': true, 'E-00002': true } } as const

  test('on several things are written at each under numbers of their own, and told', () => {
    const model = design(element('E-00001'), element('E-00002'), threat('T-00001', on), threat('T-00002', on), threat('T-00003'))
    const { file, losses } = written(model)
    const all = file.detail.diagrams.flatMap(({ cells }) => cells.flatMap(({ data }) => data.threats))
    expect(all.map(one => one.number).sort()).toEqual([1, 2, 3, 4])
    expect(new Set(all.map(one => one.id)).size).toBe(4)
    expect(file.detail.threatTop).toBe(4)
    expect(losses.map(({ at, what }) => [at, what])).toEqual(
      expect.arrayContaining([
        ['threats/elements', 'Oneness of 2 threats'],
        ['threats', '1 threat'],
      ]),
    )
  })

  test.each([
    [{ response: 'accept' }, 'Accepted'],
    [{ response: 'transfer' }, 'Transferred'],
    [{ response: 'avoid' }, 'Avoided'],
    [{ status: 'planned' }, 'Open'],
    [{ status: 'implemented' }, 'Mitigated'],
    [{ status: 'verified' }, 'Mitigated'],
    [undefined, 'Open'],
  ])('decided as %j are %s', (decision, status) => {
    const row =
      decision === undefined
        ? []
        : 'response' in decision
          ? [{ id: 'X-00001', threat: 'T-00001', reason: 'Small.', owner: 'product owner', provenance, ...decision }]
          : [{ id: 'M-00001', statement: 'Do.', threats: { 'T-00001': true }, provenance, ...decision }]
    const rows = [
      element('E-00001'),
      threat('T-00001', { elements: { 'E-00001': true }, categories: { tampering: true } }),
      ...row,
    ]
    const { file } = written(design(...(rows as AnyRow[])))
    const cell = cellOf(file, 'E-00001')
    expect(cell.data.threats[0]).toMatchObject({ status, type: 'Tampering', modelType: 'STRIDE', severity: 'TBD' })
    expect(cell.data.hasOpenThreats).toBe(status === 'Open')
  })

  test('several mitigations are paragraphs of one text, and one mitigation again once somebody joins them', () => {
    const answer = (id: string, statement: string) =>
      ({ id, statement, threats: { 'T-00001': true }, status: 'planned', provenance }) as AnyRow
    const model = design(
      element('E-00001'),
      threat('T-00001', { elements: { 'E-00001': true } }) as AnyRow,
      answer('M-00001', 'Lock.'),
      answer('M-00002', 'Tell.'),
    )
    const { text, after } = round(model, 'threat-dragon-v2')
    expect(text).toContain('Lock.\\n\\nTell.')
    expect(Object.keys(after.design.mitigations)).toEqual(['M-00001', 'M-00002'])
    const joined = imported(text.replace('Lock.\\n\\nTell.', 'Lock and tell.')).design.mitigations
    expect(Object.values(joined).map(({ id, statement }) => [id, statement])).toEqual([['M-00001', 'Lock and tell.']])
  })
})

describe('what people do with the file in Threat Dragon', () => {
  const model = design(boundary('B-00001'), element('E-00001', { boundary: 'B-00001' }), element('E-00002'))

  test('moving a thing out of its box moves it out of the boundary', () => {
    const { file } = written(model)
    cellOf(file, 'E-00001').position.x = -5000
    expect(imported(file).design.elements['E-00001']).not.toHaveProperty('boundary')
  })

  test('a value that Threat Dragon would not accept stays out of the file, and is told', () => {
    const { file } = written(model)
    const cell = cellOf(file, 'E-00002')
    cell.data.isWebApplication = 'perhaps'
    cell.data.tickets = 7
    const again = written(imported(file).design)
    expect(cellOf(again.file, 'E-00002').data).toMatchObject({ isWebApplication: false, tickets: 7 })
    expect(again.losses).toContainEqual(expect.objectContaining({ what: 'Keys of 1 drawn thing' }))
  })

  test('a copied cell is another element', () => {
    const { file } = written(model)
    file.detail.diagrams[0]?.cells.push({ ...cellOf(file, 'E-00002'), id: 'copied' })
    const { design: after } = imported(file)
    expectSound(after)
    expect(Object.keys(after.elements)).toHaveLength(3)
    expect(after.elements['E-00002']).toBeDefined()
  })

  test('any damage gives a sound design or a refusal', () => {
    const files = fc.sample(randomDesign(), { numRuns: 20, seed: 7 }).map(one => written(one).file)
    expectSoundOrRefused(files, { read, numRuns: 150 })
  })
})

test('text of any kind stands in the file as it is, and what other formats left stays out', () => {
  fc.assert(
    fc.property(wildText, name => {
      const other = { ...provenance, kind: 'import', tool: 'Open Threat Model 0.2.0' } as const
      const { file, losses } = written(design(element('E-00001', { name, foreign: { type: 'secret' }, provenance: other })))
      expect(cellOf(file, 'E-00001').data.name).toBe(name)
      expect(JSON.stringify(file)).not.toContain('secret')
      expect(losses).toContainEqual(expect.objectContaining({ at: 'foreign', what: 'Other keys of 1 row' }))
    }),
    { numRuns: 50 },
  )
})
