import type { Drawing, DrawnBox } from '../../dfd/drawn.ts'
import { centreOf, type Point } from '../../dfd/geometry.ts'
import { pathThrough } from '../../dfd/routes.ts'
import { escaped } from '../document/escape.ts'
import type { Drawn } from './labels.ts'
import type { Rect } from './rects.ts'
import { spread } from './spread.ts'
import { linesOf, widthOf } from './text.ts'

/** Ink and paper of each kind: told apart by shape and line too, for prints without colour. Contrast of text is 7 to 1 and more. */
const LOOKS = {
  process: { fill: '#eaf1fb', stroke: '#24508c' },
  dataStore: { fill: '#e9f5ee', stroke: '#1f6b43' },
  externalEntity: { fill: '#f8f1e3', stroke: '#7a5312' },
} as const
/** Bold letters of 14 units are about as wide as others of so many. */
const BOLD = 15.2
const INK = '#1b1f24'
const CROSSING = '#a01f37'
const QUIET = '#4a525c'

/**
 * A drawing as SVG for paper, on white: presentation attributes only, no style, script, link or address. Title and description say
 * what it shows; every word of the design is escaped, and hidden characters are written out.
 */
export function diagramSvg(
  given: Drawing,
  said: { readonly id: string; readonly title: string; readonly words: string },
): string {
  const { drawing, drawn } = spread(given)
  const { x, y, width, height } = frameOf(drawing, drawn)
  const zones = drawing.boxes.filter(box => box.kind === 'boundary')
  const boxes = drawing.boxes.filter(box => box.kind !== 'boundary')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(x)} ${n(y)} ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" role="img" aria-labelledby="${said.id}-title ${said.id}-words" font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="14">`,
    `<title id="${said.id}-title">${escaped(said.title)}</title><desc id="${said.id}-words">${escaped(said.words)}</desc>`,
    `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="#ffffff"/>`,
    ...zones.map(zoneSvg),
    ...drawn.map(lineSvg),
    ...boxes.map(boxSvg),
    ...drawn.map(labelSvg),
    '</svg>',
  ].join('')
}

function zoneSvg({ x, y, width, height, name, id, line }: DrawnBox): string {
  const shape = line
    ? `<path d="${pathThrough(line)}" fill="none" stroke="${CROSSING}" stroke-width="1.8" stroke-dasharray="8 5"/>`
    : `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="10" fill="${CROSSING}" fill-opacity="0.035" stroke="${CROSSING}" stroke-width="1.5" stroke-dasharray="8 5"/>`
  const [shown = ''] = linesOf(name, Math.max(120, width - 40 - widthOf(id, 11)), 1, BOLD)
  return `<g>${shape}<text x="${n(x + 12)}" y="${n(y + 20)}" fill="${CROSSING}" font-weight="600">${escaped(shown)} <tspan font-size="11" font-weight="400">${escaped(id)}</tspan></text></g>`
}

function boxSvg(box: DrawnBox): string {
  const { x, y, width, height, name, id } = box
  if (box.kind === 'boundary') return ''
  const { fill, stroke } = LOOKS[box.kind]
  const rx = box.kind === 'process' ? Math.min(22, height / 2) : 2
  const frame = `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(rx)}" fill="${fill}" stroke="${stroke}" stroke-width="1.6"/>`
  const rules =
    box.kind === 'dataStore'
      ? `<path d="M${n(x)} ${n(y + 6)}h${n(width)}M${n(x)} ${n(y + height - 6)}h${n(width)}" stroke="${stroke}" stroke-width="1.2" fill="none"/>`
      : ''
  const lines = linesOf(name, width - 12, height >= 60 ? 2 : 1, BOLD)
  const centre = centreOf(box)
  const top = centre.y - ((lines.length + 1) * 17) / 2 + 13
  const texts = lines.map(
    (line, i) =>
      `<text x="${n(centre.x)}" y="${n(top + i * 17)}" text-anchor="middle" fill="${INK}" font-weight="600">${escaped(line)}</text>`,
  )
  const tag = `<text x="${n(centre.x)}" y="${n(top + lines.length * 17)}" text-anchor="middle" fill="${QUIET}" font-size="11">${escaped(id)}</text>`
  return `<g>${frame}${rules}${texts.join('')}${tag}</g>`
}

function lineSvg({ flow, points }: Drawn): string {
  const stroke = flow.crossing ? CROSSING : QUIET
  const heads = [[points.at(-2), points.at(-1)] as const, ...(flow.bidirectional ? [[points[1], points[0]] as const] : [])]
  const tips = heads.map(([from, tip]) => (from && tip ? `<path d="${headOf(from, tip)}" fill="${stroke}"/>` : ''))
  return `<g><path d="${pathThrough(points)}" fill="none" stroke="${stroke}" stroke-width="${flow.crossing ? 2 : 1.4}"/>${tips.join('')}</g>`
}

function labelSvg({ flow, label, lines }: Drawn): string {
  const x = label.x + label.width / 2
  const texts = [...lines, flow.id].map((line, i) => {
    const isId = i === lines.length
    const look = isId ? `fill="${QUIET}" font-size="10.5"` : `fill="${flow.crossing ? CROSSING : INK}" font-size="12.5"`
    return `<text x="${n(x)}" y="${n(label.y + 12 + i * 14)}" text-anchor="middle" ${look}>${escaped(line)}</text>`
  })
  return `<g><rect x="${n(label.x)}" y="${n(label.y)}" width="${n(label.width)}" height="${n(label.height)}" rx="3" fill="#ffffff" fill-opacity="0.88"/>${texts.join('')}</g>`
}

/** An arrow head 11 units long. */
function headOf(from: Point, tip: Point): string {
  const run = Math.hypot(tip.x - from.x, tip.y - from.y) || 1
  const [dx, dy] = [((tip.x - from.x) / run) * 11, ((tip.y - from.y) / run) * 11]
  return `M${n(tip.x)} ${n(tip.y)}L${n(tip.x - dx - dy * 0.42)} ${n(tip.y - dy + dx * 0.42)}L${n(tip.x - dx + dy * 0.42)} ${n(tip.y - dy - dx * 0.42)}Z`
}

function frameOf({ boxes }: Drawing, drawn: readonly Drawn[]): Rect {
  const points = drawn.flatMap(one => one.points.map(point => ({ ...point, width: 0, height: 0 })))
  const rects: readonly Rect[] = [...boxes, ...drawn.map(one => one.label), ...points]
  const x = Math.min(...rects.map(one => one.x)) - 16
  const y = Math.min(...rects.map(one => one.y)) - 16
  return {
    ...{ x, y },
    width: Math.max(...rects.map(one => one.x + one.width)) + 16 - x,
    height: Math.max(...rects.map(one => one.y + one.height)) + 16 - y,
  }
}

/** A number with one decimal at most: the same text on every machine, and a small one. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10)
}
