import { Records } from './emf-records.ts'
import { sizeOfSvg } from './svg-size.ts'

type Attributes = Readonly<Record<string, string>>

/**
 * A picture of our own making as an enhanced metafile (MS-EMF), for office programs that know no SVG: sharp at every size, and its words
 * stay words. Knows what our pictures are made of: rectangles, paths of M, L, Q, h and Z, and texts.
 */
export function emfOf(svg: string): Uint8Array {
  const { width, height } = sizeOfSvg(svg)
  const [left = 0, top = 0] = (/\sviewBox="([^"]+)"/.exec(svg)?.[1] ?? '').split(/[\s,]+/).map(Number)
  const records = new Records({ left, top, width, height })
  for (const [, name, said = '', , inner = ''] of svg.matchAll(/<(rect|path|text)\b([^>]*?)(\/>|>([\s\S]*?)<\/\1>)/g)) {
    const attributes = Object.fromEntries(
      [...said.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    )
    if (name === 'text') text(records, attributes, wordsOf(inner))
    else shape(records, attributes, name === 'rect')
  }
  return records.done()
}

function shape(records: Records, attributes: Attributes, isRect: boolean): void {
  const fill = colourOf(attributes.fill ?? '#000000', Number(attributes['fill-opacity'] ?? 1))
  const stroke = colourOf(attributes.stroke ?? 'none', 1)
  records.brush(fill)
  records.pen(stroke, Number(attributes['stroke-width'] ?? 1), attributes['stroke-dasharray'] !== undefined)
  const [x, y, width, height, rx] = ['x', 'y', 'width', 'height', 'rx'].map(key => Number(attributes[key] ?? 0)) as Five
  if (isRect && rx === 0) records.rect({ x, y, width, height })
  else {
    path(records, isRect ? rounded({ x, y, width, height }, rx) : (attributes.d ?? ''))
    records.endPath(fill !== undefined, stroke !== undefined)
  }
}

type Five = [number, number, number, number, number]

/** As a path: programs do not agree on the corners of the record for it. */
function rounded({ x, y, width, height }: { readonly [key in 'x' | 'y' | 'width' | 'height']: number }, radius: number): string {
  const [right, bottom] = [x + width, y + height]
  return (
    `M${x + radius} ${y}L${right - radius} ${y}Q${right} ${y} ${right} ${y + radius}L${right} ${bottom - radius}` +
    `Q${right} ${bottom} ${right - radius} ${bottom}L${x + radius} ${bottom}Q${x} ${bottom} ${x} ${bottom - radius}` +
    `L${x} ${y + radius}Q${x} ${y} ${x + radius} ${y}Z`
  )
}

type Point = readonly [number, number]

function path(records: Records, d: string): void {
  records.beginPath()
  let at: Point = [0, 0]
  for (const [, letter = '', said = ''] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const numbers = (said.match(/-?[\d.]+/g) ?? []).map(Number)
    const [a = 0, b = 0, c = 0, e = 0] = numbers
    const to: Point = letter === 'h' ? [at[0] + a, at[1]] : letter === 'Q' ? [c, e] : [a, b]
    if (letter === 'Z') records.close()
    else if (letter === 'M') records.moveTo(to)
    else if (letter === 'Q') records.curveTo(third(at, [a, b]), third(to, [a, b]), to)
    else records.lineTo(to)
    at = to
  }
}

/** The control point of a cubic curve that runs as a quadratic one does. */
function third([x, y]: Point, [cx, cy]: Point): Point {
  return [x + ((cx - x) * 2) / 3, y + ((cy - y) * 2) / 3]
}

function text(records: Records, attributes: Attributes, words: string): void {
  const size = Number(attributes['font-size'] ?? 14)
  records.text(words, {
    x: Number(attributes.x ?? 0),
    y: Number(attributes.y ?? 0),
    size,
    isBold: Number(attributes['font-weight'] ?? 400) >= 600,
    isMiddle: attributes['text-anchor'] === 'middle',
    colour: colourOf(attributes.fill ?? '#000000', 1) ?? 0,
  })
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function wordsOf(inner: string): string {
  return inner.replace(/<[^>]+>/g, '').replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
}

/** As red, green and blue from the lowest byte up; what shines through is laid on white. Undefined for no colour. */
function colourOf(said: string, opacity: number): number | undefined {
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(said) ?? []
  if (red === undefined || green === undefined || blue === undefined) return said === 'none' ? undefined : 0
  const [r, g, b] = [red, green, blue].map(hex => Math.round(Number.parseInt(hex, 16) * opacity + 255 * (1 - opacity))) as Three
  return r | (g << 8) | (b << 16)
}

type Three = [number, number, number]
