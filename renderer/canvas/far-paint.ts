import type { Point } from '../../core/dfd/geometry.ts'
import type { DrawnBox } from './drawing.ts'
import type { Held } from './nodes.ts'
import { meets, type Rect, type Route, routeOf, type Scene } from './scene.ts'
import { type Taken, takenBy } from './taken.ts'

/** The colours of the drawing, as the page has them now. */
export type Ink = Readonly<
  Record<
    | 'ground'
    | 'fill'
    | 'process'
    | 'line'
    | 'boundary'
    | 'zone'
    | 'flow'
    | 'crossing'
    | 'ink'
    | 'mute'
    | 'bad'
    | 'onBad'
    | 'accent',
    string
  >
> & { readonly font: string }

/** What the picture shows of the design and of the moment. */
export type Look = {
  readonly scene: Scene
  readonly moved: Held
  readonly selection: ReadonlySet<string>
  readonly open: ReadonlyMap<string, number>
  readonly ink: Ink
}

/** Where a picture lies: its corner on the plane, and pixels of the picture and of the screen to one unit of it. */
export type Sheet = { readonly x: number; readonly y: number; readonly scale: number; readonly zoom: number }

type Pen = { readonly to: CanvasRenderingContext2D; readonly sheet: Sheet; readonly ink: Ink }

/** Names get larger against their boxes as one goes away, up to this size; below the least nobody could read them. */
const NAME = { grows: 1.7, most: 11, least: 6 }
const LABEL = { grows: 1.5, most: 10, least: 6 }

/** Draws what lies in a rectangle and does not move, in slices: after each step the caller may go on later. */
export function* paintStill(to: CanvasRenderingContext2D, look: Look, sheet: Sheet, rect: Rect): Generator<void> {
  const { scene, moved } = look
  const pen = { to, sheet, ink: look.ink }
  const isStill = (box: DrawnBox) => !moved.has(box.id)
  const boxes = scene.drawing.boxes.filter(box => isStill(box) && meets(box, rect))
  const routes: Route[] = []
  for (const route of scene.route.values())
    if (!moved.has(route.flow.source) && !moved.has(route.flow.target) && meets(route, rect)) routes.push(route)
  yield* paintAll(pen, boxes, routes, look.open)
}

/** Draws what moves, where it is now, and the rings of what is selected. */
export function paintMoving(to: CanvasRenderingContext2D, look: Look, sheet: Sheet): void {
  const { scene, moved, selection } = look
  const pen = { to, sheet, ink: look.ink }
  if (moved.size > 0) {
    const boxes = scene.drawing.boxes.flatMap(box => (moved.has(box.id) ? [placed(box, moved)] : []))
    const routes = scene.drawing.flows.flatMap(flow => {
      const source = scene.box.get(flow.source)
      const target = scene.box.get(flow.target)
      if (!source || !target || (!moved.has(flow.source) && !moved.has(flow.target))) return []
      return [routeOf(flow, placed(source, moved), placed(target, moved), false)]
    })
    for (const _step of paintAll(pen, boxes, routes, look.open));
  }
  if (selection.size > 0) rings(pen, look)
}

function placed(box: DrawnBox, moved: Held): DrawnBox {
  const place = moved.get(box.id)
  if (!place) return box
  const { x, y, width = box.width, height = box.height } = place
  const line = box.line?.map(point => ({ x: point.x + x - box.x, y: point.y + y - box.y }))
  return { ...box, x, y, width, height, line }
}

/** How wide the squares are in which labels look for neighbours, in units of the drawing. */
const CELL = 256

/** Things in one slice of painting. */
const SLICE = 600

function* paintAll(
  pen: Pen,
  boxes: readonly DrawnBox[],
  routes: readonly Route[],
  open: ReadonlyMap<string, number>,
): Generator<void> {
  const zones = boxes.filter(box => box.kind === 'boundary')
  const elements = boxes.filter(box => box.kind !== 'boundary')
  paintZones(pen, zones)
  for (const slice of slices(routes)) {
    paintRoutes(
      pen,
      slice.filter(({ flow }) => !flow.crossing),
      pen.ink.flow,
    )
    paintRoutes(
      pen,
      slice.filter(({ flow }) => flow.crossing),
      pen.ink.crossing,
    )
    yield
  }
  for (const slice of slices(elements)) {
    paintElements(pen, slice)
    paintNames(pen, slice)
    paintOpen(pen, slice, open)
    yield
  }
  const taken = takenBy(CELL * pen.sheet.scale)
  for (const box of elements) taken.add(onSheet(pen, box))
  for (const slice of slices(routes)) {
    if (!paintLabels(pen, slice, taken)) break
    yield
  }
  paintZoneNames(pen, zones)
}

function* slices<T>(things: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < things.length; from += SLICE) yield things.slice(from, from + SLICE)
}

/** A length on the plane as pixels of the picture, never thinner than can be seen. */
function stroke({ sheet }: Pen, width: number, least = 0.7): number {
  return Math.max(width * sheet.scale, (least * sheet.scale) / sheet.zoom)
}

function onSheet({ sheet }: Pen, box: Rect): Rect {
  const { scale } = sheet
  return { x: (box.x - sheet.x) * scale, y: (box.y - sheet.y) * scale, width: box.width * scale, height: box.height * scale }
}

function paintZones(pen: Pen, zones: readonly DrawnBox[]): void {
  const { to, ink, sheet } = pen
  to.lineWidth = stroke(pen, 1.5)
  to.strokeStyle = ink.boundary
  to.setLineDash([6, 4].map(part => Math.max(2, part * sheet.zoom * 1.5) * (sheet.scale / sheet.zoom)))
  for (const zone of zones) {
    to.beginPath()
    if (zone.line) trace(pen, zone.line)
    else {
      const { x, y, width, height } = onSheet(pen, zone)
      to.roundRect(x, y, width, height, 12 * sheet.scale)
      to.fillStyle = ink.zone
      to.fill()
    }
    to.stroke()
  }
  to.setLineDash([])
}

function trace({ to, sheet }: Pen, points: readonly Point[]): void {
  points.forEach(({ x, y }, i) => {
    if (i === 0) to.moveTo((x - sheet.x) * sheet.scale, (y - sheet.y) * sheet.scale)
    else to.lineTo((x - sheet.x) * sheet.scale, (y - sheet.y) * sheet.scale)
  })
}

function paintRoutes(pen: Pen, routes: readonly Route[], colour: string): void {
  if (routes.length === 0) return
  const { to } = pen
  to.strokeStyle = colour
  to.fillStyle = colour
  to.lineWidth = stroke(pen, 1.5)
  to.beginPath()
  for (const { points } of routes) trace(pen, points)
  to.stroke()
  to.beginPath()
  for (const { points, flow } of routes) {
    head(pen, points.at(-2), points.at(-1))
    if (flow.bidirectional) head(pen, points[1], points[0])
  }
  to.fill()
}

/** An arrow head at the end of a line: 9 units long like in the drawing, but large enough to tell where it points. */
function head(pen: Pen, from: Point | undefined, tip: Point | undefined): void {
  if (!from || !tip) return
  const { to, sheet } = pen
  const length = stroke(pen, 9, 4)
  const run = Math.hypot(tip.x - from.x, tip.y - from.y) || 1
  const [dx, dy] = [((tip.x - from.x) / run) * length, ((tip.y - from.y) / run) * length]
  const [x, y] = [(tip.x - sheet.x) * sheet.scale, (tip.y - sheet.y) * sheet.scale]
  to.moveTo(x, y)
  to.lineTo(x - dx - dy * 0.45, y - dy + dx * 0.45)
  to.lineTo(x - dx + dy * 0.45, y - dy - dx * 0.45)
  to.closePath()
}

function paintElements(pen: Pen, elements: readonly DrawnBox[]): void {
  const { to, ink } = pen
  to.fillStyle = ink.fill
  for (const kind of ['process', 'externalEntity', 'dataStore'] as const) {
    const some = elements.filter(box => box.kind === kind)
    to.beginPath()
    for (const box of some) shape(pen, box, kind)
    to.fill()
    to.strokeStyle = kind === 'process' ? ink.process : ink.line
    to.lineWidth = stroke(pen, kind === 'dataStore' ? 2 : 1.5)
    if (kind === 'dataStore') {
      to.beginPath()
      for (const box of some) {
        const { x, y, width, height } = onSheet(pen, box)
        to.moveTo(x, y)
        to.lineTo(x + width, y)
        to.moveTo(x, y + height)
        to.lineTo(x + width, y + height)
      }
    }
    to.stroke()
  }
}

function shape(pen: Pen, box: DrawnBox, kind: DrawnBox['kind']): void {
  const { to } = pen
  const { x, y, width, height } = onSheet(pen, box)
  if (kind === 'process' && height > 8) to.roundRect(x, y, width, height, Math.min(width, height) / 2)
  else to.rect(x, y, width, height)
}

/** The size of writing in pixels of the screen, or none when it could not be read. */
function writing(zoom: number, size: number, by: typeof NAME): number | undefined {
  const wanted = Math.min(by.most, size * zoom * by.grows)
  return wanted < by.least ? undefined : wanted
}

function paintNames(pen: Pen, elements: readonly DrawnBox[]): void {
  const { to, ink, sheet } = pen
  const size = writing(sheet.zoom, 13, NAME)
  if (size === undefined) return
  const ratio = sheet.scale / sheet.zoom
  to.font = `550 ${size * ratio}px ${ink.font}`
  to.fillStyle = ink.ink
  to.textAlign = 'center'
  to.textBaseline = 'middle'
  for (const box of elements) {
    const { x, y, width, height } = onSheet(pen, box)
    const most = Math.max(1, Math.min(3, Math.floor(height / (size * ratio * 1.15))))
    const lines = wrapped(to, box.name, width - 8 * ratio, most)
    const step = size * ratio * 1.15
    for (const [i, line] of lines.entries())
      to.fillText(line, x + width / 2, y + height / 2 + (i - (lines.length - 1) / 2) * step)
  }
}

/** The words of a name in so many lines of so much room; what does not fit ends in an ellipsis. */
function wrapped(to: CanvasRenderingContext2D, name: string, room: number, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of name.split(' ')) {
    const line = lines.at(-1)
    const longer = line === undefined ? word : `${line} ${word}`
    if (line !== undefined && to.measureText(longer).width <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')]
  return shown.map(line => shortened(to, line, room))
}

function shortened(to: CanvasRenderingContext2D, text: string, room: number): string {
  const width = to.measureText(text).width
  if (width <= room) return text
  const fits = Math.max(1, Math.floor((text.length * room) / width) - 1)
  return `${text.slice(0, fits).trimEnd()}…`
}

function paintOpen(pen: Pen, elements: readonly DrawnBox[], open: ReadonlyMap<string, number>): void {
  const { to, ink, sheet } = pen
  const some = elements.filter(box => (open.get(box.id) ?? 0) > 0)
  if (some.length === 0) return
  const size = writing(sheet.zoom, 11, NAME)
  const ratio = sheet.scale / sheet.zoom
  const radius = size === undefined ? stroke(pen, 9, 1.6) : size * 0.85 * ratio
  to.fillStyle = ink.bad
  to.beginPath()
  for (const box of some) {
    const { x, y, width } = onSheet(pen, box)
    to.moveTo(x + width, y)
    to.arc(x + width - radius * 0.4, y, radius, 0, 2 * Math.PI)
  }
  to.fill()
  if (size === undefined) return
  to.fillStyle = ink.onBad
  to.font = `650 ${size * ratio}px ${ink.font}`
  for (const box of some) {
    const { x, y, width } = onSheet(pen, box)
    to.fillText(String(open.get(box.id)), x + width - radius * 0.4, y + ratio * 0.5)
  }
}

/** False where labels could not be read. As on a map, a label that would cover another or an element is left out. */
function paintLabels(pen: Pen, routes: readonly Route[], taken: Taken): boolean {
  const { to, ink, sheet } = pen
  const size = writing(sheet.zoom, 11.5, LABEL)
  if (size === undefined) return false
  const ratio = sheet.scale / sheet.zoom
  to.font = `400 ${size * ratio}px ${ink.font}`
  to.textAlign = 'center'
  to.textBaseline = 'middle'
  for (const route of routes) {
    const room = Math.max(route.width, route.height) * sheet.scale * 0.9
    if (room < size * ratio * 4) continue
    const text = shortened(to, route.flow.name, room)
    const width = to.measureText(text).width + 4 * ratio
    const x = (route.label.x - sheet.x) * sheet.scale
    const y = (route.label.y - sheet.y) * sheet.scale
    const ground = { x: x - width / 2, y: y - size * ratio * 0.65, width, height: size * ratio * 1.3 }
    if (taken.covered(ground) > 0) continue
    taken.add(ground)
    to.fillStyle = ink.ground
    to.fillRect(ground.x, ground.y, ground.width, ground.height)
    to.fillStyle = ink.ink
    to.fillText(text, x, y)
  }
  return true
}

/** Names of boundaries keep their size, like names on a map, while there is room for them. */
function paintZoneNames(pen: Pen, zones: readonly DrawnBox[]): void {
  const { to, ink, sheet } = pen
  const ratio = sheet.scale / sheet.zoom
  const size = 10 * ratio
  to.font = `600 ${size}px ${ink.font}`
  to.textAlign = 'left'
  to.textBaseline = 'top'
  to.lineJoin = 'round'
  to.lineWidth = 3 * ratio
  to.strokeStyle = ink.ground
  to.fillStyle = ink.bad
  for (const zone of zones) {
    const { x, y, width, height } = onSheet(pen, zone)
    if (zone.line || width < 44 * ratio || height < 26 * ratio) continue
    const text = shortened(to, zone.name, width - 10 * ratio)
    const gap = Math.min(7, 2 + 12 * sheet.zoom) * ratio
    to.strokeText(text, x + gap, y + gap)
    to.fillText(text, x + gap, y + gap)
  }
}

function rings(pen: Pen, { scene, selection, moved }: Look): void {
  const { to, ink, sheet } = pen
  const gap = (2.5 * sheet.scale) / sheet.zoom
  to.strokeStyle = ink.accent
  to.lineWidth = (2 * sheet.scale) / sheet.zoom
  to.beginPath()
  for (const id of selection) {
    const box = scene.box.get(id)
    const route = scene.route.get(id)
    if (box) {
      const { x, y, width, height } = onSheet(pen, placed(box, moved))
      to.roundRect(x - gap, y - gap, width + 2 * gap, height + 2 * gap, gap * 2)
    } else if (route) trace(pen, route.points)
  }
  to.stroke()
}
