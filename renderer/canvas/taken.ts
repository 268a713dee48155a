import { meets, type Rect } from './scene.ts'

/** What is taken of a plane. */
export type Taken = {
  readonly add: (rect: Rect) => void
  /** How much of a rectangle is covered by what was added; what lies doubly counts twice. */
  readonly covered: (rect: Rect) => number
}

/** An empty plane in square cells: a question looks at its neighbours alone, however much there is. */
export function takenBy(cell: number): Taken {
  const cells = new Map<number, Rect[]>()
  return {
    add: rect => {
      for (const key of keysOf(rect, cell)) {
        const held = cells.get(key)
        if (held) held.push(rect)
        else cells.set(key, [rect])
      }
    },
    covered: rect => {
      const met = new Set<Rect>()
      for (const key of keysOf(rect, cell)) for (const one of cells.get(key) ?? []) if (meets(one, rect)) met.add(one)
      let sum = 0
      for (const one of met) sum += shared(one, rect)
      return sum
    },
  }
}

function* keysOf({ x, y, width, height }: Rect, cell: number): Generator<number> {
  for (let across = Math.floor(x / cell); across <= Math.floor((x + width) / cell); across++)
    for (let down = Math.floor(y / cell); down <= Math.floor((y + height) / cell); down++) yield across * 65_536 + down
}

function shared(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}
