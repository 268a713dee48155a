import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Drawing, drawingNow } from '../../../core/dfd/drawn.ts'
import { importModel } from '../../../core/interop/import.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { arranged } from '../../../core/reports/diagram/arrange.ts'
import { diagramSvg } from '../../../core/reports/diagram/diagram-svg.ts'
import { lengthWithin, overlap } from '../../../core/reports/diagram/rects.ts'
import { spread } from '../../../core/reports/diagram/spread.ts'
import { TRANSFERS } from '../gate/transfers.ts'
import { stamp } from '../interop/imported.ts'

const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus/models')
const imported = ['threat-dragon-v2/cryptocurrency-wallet.json', 'otm/mobile-cloud.otm.json', 'tm7/MTMT_MVP.tm7']
  .filter(name => existsSync(path.join(corpus, name)))
  .flatMap(name => {
    const read = importModel(path.basename(name), readFileSync(path.join(corpus, name), 'utf8'), { stamp })
    if (!read.ok) throw new Error(read.problems[0].message)
    const { design } = read.value
    return rowsOf(design.diagrams).map(diagram => [`${name} ${diagram.name}`, drawingNow(design, diagram)] as const)
  })

const element = (id: string, x: number, y: number) =>
  ({ id, name: id, kind: 'process', parent: 'B-1', line: undefined, x, y, width: 100, height: 80 }) as const
const flow = (id: string, source: string, target: string, lane: number) =>
  ({
    ...{ id, source, target, lane, name: 'A flow with a long name', protocol: 'PostgreSQL over TLS', bidirectional: false },
    ...{ crossing: false, vertices: undefined, label: undefined, isNamed: true },
  }) as const

/** Twins between two boxes with no room between them, as hand-made drawings have it. */
const TIGHT: Drawing = {
  boxes: [
    { id: 'B-1', name: 'All', kind: 'boundary', parent: undefined, line: undefined, x: 0, y: 0, width: 400, height: 300 },
    element('E-1', 40, 60),
    element('E-2', 200, 60),
    element('E-3', 200, 170),
  ],
  flows: [flow('F-1', 'E-1', 'E-2', -0.5), flow('F-2', 'E-2', 'E-1', 0.5), flow('F-3', 'E-2', 'E-3', 0)],
}

const DRAWINGS: readonly (readonly [string, Drawing])[] = [
  ['transfers', arranged(drawingNow(TRANSFERS, undefined))],
  ['twins without room', TIGHT],
  ...imported,
]

describe.each(DRAWINGS)('labels of %s', (_name, given) => {
  const { drawing, drawn, covered } = spread(given)

  test('lie on no box and on no other label', () => {
    expect(covered).toBeLessThanOrEqual(60)
    const boxes = drawing.boxes.filter(({ kind }) => kind !== 'boundary')
    for (const [i, { label }] of drawn.entries())
      for (const other of [...boxes, ...drawn.slice(i + 1).map(one => one.label)])
        expect(overlap(label, other)).toBeLessThanOrEqual(60)
  })

  test('are those of all flows, and boxes keep their size and lie inside what held them', () => {
    expect(drawn.map(one => one.flow.id)).toEqual(given.flows.map(({ id }) => id))
    const [before, after] = [given, drawing].map(({ boxes }) => new Map(boxes.map(box => [box.id, box])))
    for (const box of drawing.boxes) {
      if (box.kind === 'boundary') continue
      const [was, parent] = [before?.get(box.id), after?.get(box.parent ?? '')]
      expect([box.width, box.height]).toEqual([was?.width, was?.height])
      const held = before?.get(box.parent ?? '')
      if (was && held && parent && overlap(was, held) === was.width * was.height)
        expect(overlap(box, parent)).toBeCloseTo(box.width * box.height, 3)
    }
  })

  test('stand where they stood before when it is drawn again', () => {
    const said = { id: 'figure-1', title: 'T', words: 'W' }
    expect(diagramSvg(structuredClone(given), said)).toBe(diagramSvg(given, said))
  })
})

test('a drawing with room for its labels stays as it is', () => {
  const roomy = {
    ...TIGHT,
    flows: [flow('F-1', 'E-1', 'E-3', 0)],
    boxes: TIGHT.boxes.map(box => ({ ...box, x: box.x * 4, y: box.y * 4 })),
  }
  expect(spread(roomy).drawing).toBe(roomy)
})

test('an empty drawing has no labels', () => {
  expect(spread({ boxes: [], flows: [] })).toEqual({ drawn: [], covered: 0, drawing: { boxes: [], flows: [] } })
})

test.each([
  [
    [
      { x: 0, y: 5 },
      { x: 20, y: 5 },
    ],
    10,
  ],
  [
    [
      { x: 12, y: -4 },
      { x: 12, y: 4 },
    ],
    4,
  ],
  [
    [
      { x: 0, y: 20 },
      { x: 20, y: 20 },
    ],
    0,
  ],
  [
    [
      { x: 6, y: 1 },
      { x: 9, y: 5 },
      { x: 9, y: 8 },
    ],
    8,
  ],
])('%j runs %d units inside the box', (points, length) => {
  expect(lengthWithin(points, { x: 5, y: 0, width: 10, height: 10 })).toBeCloseTo(length, 6)
})
