import { describe, expect, it } from 'vitest'
import { drawnDesign } from '../../bench/window-designs.ts'
import { diagramShown, drawingOf } from '../../renderer/canvas/drawing.ts'
import { crowdIn, sceneOf, thingAt, thingsWithin, withMovedContents } from '../../renderer/canvas/scene.ts'
import { MOST_LIVE, mountedOf, rectIn, seenAfter } from '../../renderer/canvas/seen.ts'
import { smallDesign } from '../support/small-design.ts'

const SIZE = { width: 1100, height: 800 }
const nowhere = () => 0
const large = drawnDesign(2000, 1600)
const scene = sceneOf(drawingOf(large, diagramShown(large, undefined)))
const far = seenAfter(undefined, { x: 0, y: 0, zoom: 0.1 }, SIZE, nowhere)
const nobody = { focused: undefined, others: [] }

describe('what is mounted', () => {
  it('is next to nothing from far, however large the drawing', () => {
    const { boxes, flows } = mountedOf(scene, far, nobody)
    expect(boxes.length + flows.length).toBeLessThanOrEqual(6)
  })

  it('stays bounded from far with everything hovered, focused and selected that can be', () => {
    const others = scene.drawing.flows.slice(0, MOST_LIVE + 2).map(flow => flow.id)
    const mounted = mountedOf(scene, far, { focused: scene.drawing.flows[900]?.id, others })
    expect(mounted.boxes.length - mounted.hidden.size + mounted.flows.length).toBeLessThanOrEqual(MOST_LIVE + 8)
  })

  it('holds the neighbours of what has the focus, so that Tab walks everything one by one', () => {
    const order = [...scene.drawing.flows, ...scene.drawing.boxes].map(one => one.id)
    let at = order[0]
    for (let i = 1; i < order.length; i += 1) {
      const { boxes, flows, hidden } = mountedOf(scene, far, { focused: at, others: [] })
      const walk = [...flows, ...boxes.filter(box => !hidden.has(box.id))].map(one => one.id)
      at = walk[walk.indexOf(at as string) + 1]
      if (at !== order[i]) break
    }
    expect(at).toBe(order.at(-1))
  })

  it('is what is in view from near, and no more than that of ten thousand', () => {
    const near = seenAfter(far, { x: -2000, y: -2000, zoom: 0.8 }, SIZE, nowhere)
    const { boxes, hidden } = mountedOf(scene, near, nobody)
    expect(near.far).toBe(false)
    expect(boxes.length - hidden.size).toBeGreaterThan(20)
    expect(boxes.length - hidden.size).toBeLessThan(250)
  })

  it('is everything of a small drawing that is near', () => {
    const design = smallDesign()
    const drawing = drawingOf(design, diagramShown(design, undefined))
    const mounted = mountedOf(sceneOf(drawing), seenAfter(undefined, { x: 9000, y: 0, zoom: 1 }, SIZE, nowhere), nobody)
    expect(mounted.boxes).toEqual(drawing.boxes)
    expect(mounted.flows).toEqual(drawing.flows)
  })
})

describe('what is seen', () => {
  it('changes only when something else must be mounted', () => {
    const near = seenAfter(undefined, { x: 0, y: 0, zoom: 1 }, SIZE, nowhere)
    expect(seenAfter(near, { x: -90, y: 40, zoom: 1.1 }, SIZE, nowhere)).toBe(near)
    expect(seenAfter(near, { x: -900, y: 0, zoom: 1 }, SIZE, nowhere)).not.toBe(near)
    expect(seenAfter(far, { x: 40, y: 4, zoom: 0.2 }, SIZE, nowhere)).toBe(far)
  })

  it('does not flicker at the edge', () => {
    expect(seenAfter(undefined, { x: 0, y: 0, zoom: 0.41 }, SIZE, nowhere).far).toBe(false)
    expect(seenAfter(far, { x: 0, y: 0, zoom: 0.41 }, SIZE, nowhere).far).toBe(true)
    expect(seenAfter(far, { x: 0, y: 0, zoom: 0.43 }, SIZE, nowhere).far).toBe(false)
  })

  it('is the picture for longer where much is in view', () => {
    const WIDE = { width: 2200, height: 1600 }
    const crowd = (rect: Parameters<typeof crowdIn>[1]) => crowdIn(scene, rect)
    const middle = (zoom: number) => ({ x: -scene.bounds.width * 0.5 * zoom, y: -scene.bounds.height * 0.5 * zoom, zoom })
    const things = (zoom: number) => crowd(rectIn(middle(zoom), WIDE))
    expect(things(0.45)).toBeGreaterThan(240)
    expect(seenAfter(undefined, middle(0.45), WIDE, crowd).far).toBe(true)
    expect(seenAfter(undefined, middle(0.8), WIDE, crowd).far).toBe(false)
    for (let zoom = 0.2; zoom < 3; zoom *= 1.05) {
      const seen = seenAfter(undefined, middle(zoom), WIDE, crowd)
      if (seen.far) continue
      const { boxes, flows } = mountedOf(scene, seen, nobody)
      expect(boxes.length + flows.length).toBeLessThan(700)
    }
  })

  it('is a part of the plane', () => {
    expect(rectIn({ x: -100, y: 50, zoom: 0.5 }, SIZE)).toEqual({ x: 200, y: -100, width: 2200, height: 1600 })
  })
})

describe('what lies under the pointer', () => {
  it('finds every element by its middle', () => {
    for (const box of scene.drawing.boxes)
      if (box.kind !== 'boundary') expect(thingAt(scene, { x: box.x + 80, y: box.y + 32 }, 10)).toBe(box.id)
  })

  it('finds a boundary by its frame, not by its inside', () => {
    const [zone] = scene.drawing.boxes
    if (!zone) throw new Error('there are boundaries')
    expect(thingAt(scene, { x: zone.x + 3, y: zone.y + zone.height - 20 }, 10)).toBe(zone.id)
    expect(thingAt(scene, { x: zone.x - 200, y: zone.y - 200 }, 10)).toBeUndefined()
  })

  it('finds a flow within reach, under the elements', () => {
    const design = smallDesign()
    const small = sceneOf(drawingOf(design, diagramShown(design, undefined)))
    const route = small.route.get('F-REQVE')
    if (!route) throw new Error('the flow is drawn')
    expect(thingAt(small, { x: route.label.x, y: route.label.y + 2 }, 6)).toBe('F-REQVE')
    expect(thingAt(small, { x: route.label.x, y: route.label.y + 50 }, 6)).not.toBe('F-REQVE')
  })

  it('takes what lies wholly in a frame, with the flows between', () => {
    const taken = thingsWithin(scene, scene.whole)
    expect(taken).toHaveLength(scene.drawing.boxes.length + scene.drawing.flows.length)
  })
})

describe('what moves', () => {
  it('goes with its boundary, however deep', () => {
    const [zone] = scene.drawing.boxes
    if (!zone) throw new Error('there are boundaries')
    const moved = withMovedContents(scene, new Map([[zone.id, { x: zone.x + 10, y: zone.y - 4 }]]))
    const inner = scene.drawing.boxes.filter(box => box.parent === zone.id)
    expect(inner.length).toBeGreaterThan(4)
    for (const box of inner) expect(moved.get(box.id)).toEqual({ x: box.x + 10, y: box.y - 4 })
  })

  it('stays where it is while its boundary is resized', () => {
    const [zone] = scene.drawing.boxes
    if (!zone) throw new Error('there are boundaries')
    expect(withMovedContents(scene, new Map([[zone.id, { x: 0, y: 0, width: 900, height: 900 }]])).size).toBe(1)
  })
})

describe('a drawing after an edit', () => {
  it('keeps every box, flow and line that says the same', () => {
    const [element] = Object.values(large.elements)
    if (!element) throw new Error('there are elements')
    const renamed = { ...large, elements: { ...large.elements, [element.id]: { ...element, name: 'Renamed' } } }
    const before = sceneOf(drawingOf(large, diagramShown(large, undefined)))
    const next = sceneOf(drawingOf(renamed, diagramShown(renamed, undefined)))
    expect(next.drawing.boxes.filter((box, i) => box !== before.drawing.boxes[i]).map(box => box.name)).toEqual(['Renamed'])
    expect(next.drawing.flows.every((flow, i) => flow === before.drawing.flows[i])).toBe(true)
    const triaged = { ...renamed, triage: {} }
    expect(drawingOf(triaged, diagramShown(triaged, undefined))).toBe(next.drawing)
  })
})
