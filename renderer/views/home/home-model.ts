import { layoutId } from '../../../core/dfd/drawing.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { rowsOf, sizeOf } from '../../../core/model/table.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { AnyRow, Design, Table } from '../../../core/model/types.ts'
import type { Facts } from '../../state/facts.ts'
import type { FirstStep } from '../../state/steps.ts'

/** When something was decided last, and by whom as far as that is kept. */
export type LastChange = { readonly at: string; readonly by: string | undefined }

/** The latest of what the rows and the ledger say; rows keep when they were made and decided, not each word that was typed since. */
export function lastChange(design: Design, ledger: LedgerState | undefined): LastChange | undefined {
  const rows = TABLE_NAMES.flatMap(table => rowsOf(design[table] as Table<AnyRow>)).flatMap(stampIn)
  const entries = (ledger?.entries ?? []).map(({ entry }) => ({ at: entry.at, by: entry.actor }))
  return [...rows, ...entries].reduce<LastChange | undefined>(
    (latest, one) => (latest === undefined || one.at > latest.at ? one : latest),
    undefined,
  )
}

function stampIn(row: AnyRow): readonly LastChange[] {
  const { at, by, provenance } = row as { readonly at?: string; readonly by?: string; readonly provenance?: Partial<LastChange> }
  const stamp = at === undefined ? provenance : { at, by }
  return stamp?.at === undefined ? [] : [{ at: stamp.at, by: stamp.by }]
}

/** The five first steps with whether each is done, by what the design and the ledger say; a click alone ticks nothing. */
export function firstSteps(
  design: Design,
  facts: Facts,
  ledger: LedgerState | undefined,
): readonly { readonly step: FirstStep; readonly isDone: boolean }[] {
  const noted = (...types: readonly string[]) => ledger?.entries.some(({ entry }) => types.includes(entry.type)) === true
  return [
    { step: 'model', isDone: sizeOf(design.elements) > 0 },
    { step: 'decide', isDone: facts.states().some(state => state.response !== 'open') },
    { step: 'gate', isDone: sizeOf(design.elements) > 0 && facts.gate().open },
    { step: 'copy', isDone: noted('prompt-issued', 'prompt-copied') },
    { step: 'verify', isDone: noted('verdict') },
  ]
}

/** The part of the day, for the greeting; a local hour from 0 to 23. */
export function partOfDay(hour: number): 'night' | 'morning' | 'afternoon' | 'evening' {
  if (hour < 5) return 'night'
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'
}

/** What is drawn small: boxes with left and top, boundaries with width and height too. */
export type Drawn = {
  readonly boundaries: readonly { readonly id: string; readonly at: readonly [number, number, number, number] }[]
  readonly elements: readonly {
    readonly id: string
    readonly kind: string
    readonly name: string
    readonly at: readonly [number, number]
  }[]
  readonly flows: readonly { readonly id: string; readonly source?: string; readonly target?: string }[]
}

/** The first diagram of a design, as far as it is drawn. */
export function firstDrawing(design: Design): Drawn {
  const [diagram] = rowsOf(design.diagrams)
  const spot = (id: string) => {
    const place = diagram && design.layout[layoutId(diagram.id, id)]
    const { width, height } = SKETCHED
    return { at: [place?.x ?? 0, place?.y ?? 0] as const, size: [place?.width ?? width, place?.height ?? height] as const }
  }
  return {
    boundaries: rowsOf(design.boundaries)
      .filter(({ id }) => diagram?.boundaries?.[id])
      .map(({ id }) => ({ id, at: [...spot(id).at, ...spot(id).size] as const })),
    elements: rowsOf(design.elements)
      .filter(({ id }) => diagram?.elements?.[id])
      .map(({ id, kind, name }) => ({ id, kind, name, at: spot(id).at })),
    flows: rowsOf(design.flows).filter(({ id }) => diagram?.flows?.[id]),
  }
}

/** What of a design is drawn small. */
export type Sketch = {
  readonly viewBox: string
  readonly boundaries: readonly { readonly id: string; readonly at: readonly [number, number, number, number] }[]
  readonly elements: readonly {
    readonly id: string
    readonly kind: string
    readonly name: string
    readonly x: number
    readonly y: number
  }[]
  readonly flows: readonly {
    readonly id: string
    readonly x1: number
    readonly y1: number
    readonly x2: number
    readonly y2: number
  }[]
}

export const SKETCHED = { width: 160, height: 64 }
const MARGIN = 24

/** A design as boxes and lines; lines end at the border of their box. */
export function sketchOf(start: Drawn): Sketch {
  const boxes = new Map(start.elements.map(({ id, at: [x, y] }) => [id, { x, y }]))
  const corners = [
    ...start.boundaries.map(({ at: [x, y, width, height] }) => ({ x, y, right: x + width, bottom: y + height })),
    ...[...boxes.values()].map(({ x, y }) => ({ x, y, right: x + SKETCHED.width, bottom: y + SKETCHED.height })),
  ]
  const left = Math.min(...corners.map(corner => corner.x)) - MARGIN
  const top = Math.min(...corners.map(corner => corner.y)) - MARGIN
  const right = Math.max(...corners.map(corner => corner.right)) + MARGIN
  const bottom = Math.max(...corners.map(corner => corner.bottom)) + MARGIN
  return {
    viewBox: `${left} ${top} ${right - left} ${bottom - top}`,
    boundaries: start.boundaries,
    elements: start.elements.map(({ id, kind, name, at: [x, y] }) => ({ id, kind, name, x, y })),
    flows: start.flows.flatMap(({ id, source = '', target = '' }) => {
      const from = boxes.get(source)
      const to = boxes.get(target)
      return from && to ? [{ id, ...between(from, to) }] : []
    }),
  }
}

type Corner = { readonly x: number; readonly y: number }

function between(from: Corner, to: Corner) {
  const a = { x: from.x + SKETCHED.width / 2, y: from.y + SKETCHED.height / 2 }
  const b = { x: to.x + SKETCHED.width / 2, y: to.y + SKETCHED.height / 2 }
  const start = border(a, b)
  const end = border(b, a)
  return { x1: start.x, y1: start.y, x2: end.x, y2: end.y }
}

/** Where the line from the centre of a box towards another point leaves the box. */
function border(centre: Corner, towards: Corner): Corner {
  const dx = towards.x - centre.x
  const dy = towards.y - centre.y
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : SKETCHED.width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : SKETCHED.height / 2 / Math.abs(dy),
  )
  return Number.isFinite(scale) ? { x: centre.x + dx * scale, y: centre.y + dy * scale } : centre
}
