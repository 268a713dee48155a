import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseFolder } from '../../core/model/parse.ts'
import type { Design } from '../../core/model/types.ts'
import { type Drawing, diagramShown, drawingOf } from '../../renderer/canvas/drawing.ts'
import { labelSize, labelsIn } from '../../renderer/canvas/labels.ts'
import { meets, type Rect, sceneOf } from '../../renderer/canvas/scene.ts'

const EVERYWHERE = { x: -1e5, y: -1e5, width: 2e5, height: 2e5 }
const NONE = new Map<string, number>()

const SAMPLE = path.resolve(import.meta.dirname, '../../packs/samples/bank-transfer/threat-model')

/** The sample that comes with the program. */
function bankDesign(): Design {
  const names = readdirSync(SAMPLE, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.json'))
  const parsed = parseFolder(new Map(names.map(name => [name, readFileSync(path.join(SAMPLE, name), 'utf8')])))
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value.design
}

const box = (id: string, x: number, y: number) => ({
  id,
  name: id,
  kind: 'process' as const,
  x,
  y,
  width: 160,
  height: 64,
  parent: undefined,
  line: undefined,
})

const flow = (id: string, source: string, target: string, more = {}) => ({
  id,
  name: 'debit and credit',
  source,
  target,
  protocol: 'PostgreSQL over TLS',
  bidirectional: false,
  crossing: false,
  vertices: undefined,
  label: undefined,
  isNamed: true,
  lane: 0,
  ...more,
})

/** The rectangles of all labels of a drawing. */
function labelsOf(drawing: Drawing, rect: Rect = EVERYWHERE): readonly Rect[] {
  const places = labelsIn(sceneOf(drawing), rect, NONE)
  return drawing.flows.flatMap(one => {
    const at = places.get(one.id)
    const size = labelSize(one, 0)
    return at && size ? [{ x: at.x - size.width / 2, y: at.y - size.height / 2, ...size }] : []
  })
}

function covered(rects: readonly Rect[], others: readonly Rect[]): readonly Rect[] {
  return rects.filter((rect, at) => [...rects.slice(at + 1), ...others].some(other => meets(rect, other)))
}

describe('labels of flows', () => {
  it('on the sample cover neither each other nor an element', () => {
    const design = bankDesign()
    const drawing = drawingOf(design, diagramShown(design, undefined))
    const labels = labelsOf(drawing)
    expect(labels.length).toBeGreaterThan(4)
    expect(
      covered(
        labels,
        drawing.boxes.filter(one => one.kind !== 'boundary'),
      ),
    ).toEqual([])
  })

  it('stay in the middle of their line while that is free', () => {
    const drawing: Drawing = { boxes: [box('E-A', 0, 0), box('E-B', 600, 0)], flows: [flow('F-1', 'E-A', 'E-B')] }
    expect(labelsIn(sceneOf(drawing), EVERYWHERE, NONE).get('F-1')).toEqual({ x: 380, y: 32 })
  })

  it('make way on lines that cross, and for an element that stands on the line', () => {
    const boxes = [box('E-A', 0, 0), box('E-B', 600, 500), box('E-C', 600, 0), box('E-D', 0, 500), box('E-M', 300, 250)]
    const drawing: Drawing = { boxes, flows: [flow('F-1', 'E-A', 'E-B'), flow('F-2', 'E-C', 'E-D')] }
    const labels = labelsOf(drawing)
    expect(labels).toHaveLength(2)
    expect(covered(labels, boxes)).toEqual([])
  })

  it('are where somebody put them, and others make way', () => {
    const boxes = [box('E-A', 0, 0), box('E-B', 600, 0)]
    const put = flow('F-2', 'E-B', 'E-A', { label: { x: 380, y: 32 }, lane: 0.5 })
    const drawing: Drawing = { boxes, flows: [flow('F-1', 'E-A', 'E-B', { lane: -0.5 }), put] }
    expect(labelsIn(sceneOf(drawing), EVERYWHERE, NONE).get('F-2')).toEqual({ x: 380, y: 32 })
    expect(covered(labelsOf(drawing), boxes)).toEqual([])
  })

  it('are looked for in view alone, and only where there is something to say', () => {
    const boxes = [box('E-A', 0, 0), box('E-B', 600, 0), box('E-C', 9000, 0), box('E-D', 9600, 0)]
    const silent = flow('F-3', 'E-B', 'E-A', { isNamed: false, protocol: undefined })
    const drawing: Drawing = { boxes, flows: [flow('F-1', 'E-A', 'E-B'), flow('F-2', 'E-C', 'E-D'), silent] }
    const places = labelsIn(sceneOf(drawing), { x: 0, y: 0, width: 1000, height: 500 }, NONE)
    expect([...places.keys()]).toEqual(['F-1'])
  })
})
