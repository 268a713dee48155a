import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { diffDesigns } from '../../../core/model/diff.ts'
import { designDigest } from '../../../core/model/digest.ts'
import { changedIds, hasRow, plainTable, rowAt, rowIds, rowsOf, sizeOf, withRows } from '../../../core/model/table.ts'
import type { Design, Element, Table } from '../../../core/model/types.ts'
import { bundleOf, changedFiles } from '../../../core/model/write.ts'
import { byText } from '../../../core/support/order.ts'
import { runs } from '../../support/runs.ts'
import { element } from './designs.ts'

type Row = { readonly id: string; readonly n: number }
type Model = ReadonlyMap<string, Row>
type State = { readonly table: Table<Row>; readonly model: Model }

/** Names that every object answers to, one that is a field of rows, and one that objects list before all others. */
const ODD = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'id', '7', '']
/** No table takes a row of this id. */
const NEVER = '__proto__'

const idOf = (n: number) => `E-${String(n).padStart(5, '0')}`
const id = fc.oneof(
  { weight: 8, arbitrary: fc.nat(40).map(idOf) },
  { weight: 4, arbitrary: fc.nat(800).map(idOf) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD) },
)
const edit = fc.record({ id, kind: fc.constantFrom('put', 'put', 'remove') })
const step = fc.record({
  edits: fc.oneof(
    { weight: 3, arbitrary: fc.array(edit, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(edit, { minLength: 10, maxLength: 40 }) },
  ),
  /** Whether somebody reads the rows in between; what is remembered of them changes the way of the next edit. */
  isRead: fc.boolean(),
  /** From which state, counted backwards: mostly the last one. */
  back: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 3),
})
/** Sizes on both sides of those from which tables are layered. */
const size = fc.constantFrom(0, 3, 500, 511, 512, 513, 700)
const near = fc.array(step, { minLength: 1, maxLength: 60, size: 'max' })
/** So many different rows that layers fill up and are made flat. */
const wide = fc.array(
  fc.record({
    edits: fc.array(fc.record({ id: fc.nat(1_500).map(idOf), kind: fc.constantFrom('put', 'remove') }), {
      minLength: 30,
      maxLength: 40,
    }),
    isRead: fc.constantFrom(false, false, false, true),
    back: fc.constant(0),
  }),
  { minLength: 18, maxLength: 40 },
)
const history = fc.oneof({ weight: 5, arbitrary: near }, { weight: 1, arbitrary: wide })

function stateOf(size: number): State {
  const rows = Array.from({ length: size }, (_, n) => ({ id: idOf(n), n: -1 }))
  return { table: Object.fromEntries(rows.map(row => [row.id, row])), model: new Map(rows.map(row => [row.id, row])) }
}

type Edits = readonly { readonly id: string; readonly kind: string }[]

function edited({ table, model }: State, edits: Edits, at: number): State {
  const rows = new Map<string, Row | undefined>()
  const next = new Map(model)
  for (const [i, { id, kind }] of edits.entries()) {
    const row = kind === 'put' ? { id, n: at * 100 + i } : undefined
    rows.set(id, row)
    if (row && id !== NEVER) next.set(id, row)
    else next.delete(id)
  }
  return { table: withRows(table, rows), model: next }
}

/** Plain comparisons, since a matcher for each of a million rows would take minutes. */
function hold(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(what)
}

function agrees({ table, model }: State): void {
  const wanted = [...model.values()].sort((a, b) => byText(a.id, b.id))
  const rows = rowsOf(table)
  hold(rows.length === wanted.length && rows.every((row, i) => row === wanted[i]), 'rowsOf: the same rows in order')
  hold(sizeOf(table) === wanted.length, 'sizeOf')
  hold(rowIds(table).join() === wanted.map(row => row.id).join(), 'rowIds')
  for (const id of [...model.keys(), ...ODD, idOf(0), idOf(900), 'n']) {
    hold(rowAt(table, id) === model.get(id), `rowAt ${id}`)
    hold(hasRow(table, id) === model.has(id), `hasRow ${id}`)
  }
  hold(rowAt(table, undefined) === undefined, 'rowAt nothing')
  const plain = plainTable(table)
  hold(Object.getPrototypeOf(plain) === Object.prototype, 'plainTable: a plain object')
  const entries = Object.entries(plain)
  hold(entries.length === wanted.length && entries.every(([id, row]) => model.get(id) === row), 'plainTable: the same rows')
}

describe('a table after any history', () => {
  test('holds what a map would hold, and no older table changes', () => {
    fc.assert(
      fc.property(size, history, (start, steps) => {
        const states = [stateOf(start)]
        for (const [i, { edits, isRead, back }] of steps.entries()) {
          const from = states[Math.max(0, states.length - 1 - back)] as State
          const next = edited(from, edits, i)
          if (isRead) agrees(next)
          states.push(next)
        }
        for (const state of [...states].reverse()) agrees(state)
      }),
      { numRuns: runs(60, 1_500) },
    )
  })

  test('tells which rows differ from a state some steps back, or that it does not know', () => {
    fc.assert(
      fc.property(size, history, (start, steps) => {
        const line = [stateOf(start)]
        for (const [i, { edits, isRead }] of steps.entries()) {
          const next = edited(line.at(-1) as State, edits, i)
          if (isRead) rowsOf(next.table)
          line.push(next)
        }
        const last = line.slice(-20)
        for (const [i, from] of last.entries())
          for (const [j, to] of last.entries()) {
            const changed = changedIds(from.table, to.table)
            if (i === j) hold(changed?.length === 0, 'nothing differs from itself')
            else if (j < i) hold(changed === undefined, 'nothing came from what came after it')
            // Older steps are forgotten, so that a long history is not kept alive.
            else if (last.length - 1 - i <= 16) hold(changed !== undefined, `${j - i} steps are known`)
            if (changed) covers({ from: from.model, to: to.model }, changed)
          }
      }),
      { numRuns: runs(40, 2_000) },
    )
  })

  test('of two branches neither is told as a change of the other', () => {
    fc.assert(
      fc.property(
        size,
        fc.array(edit, { minLength: 1, maxLength: 5 }),
        fc.array(edit, { minLength: 1, maxLength: 5 }),
        (n, a, b) => {
          const root = stateOf(n)
          const [left, right] = [edited(root, a, 1), edited(root, b, 2)]
          expect(changedIds(left.table, right.table)).toBeUndefined()
          expect(changedIds(right.table, left.table)).toBeUndefined()
          for (const branch of [left, right])
            covers({ from: root.model, to: branch.model }, changedIds(root.table, branch.table) ?? [])
          for (const state of [root, left, right]) agrees(state)
        },
      ),
      { numRuns: runs(60, 2_000) },
    )
  })

  test('an edit of nothing is the same table', () => {
    const { table } = stateOf(600)
    expect(withRows(table, new Map())).toBe(table)
  })
})

function covers({ from, to }: { readonly from: Model; readonly to: Model }, changed: readonly string[]): void {
  const told = new Set(changed)
  for (const id of new Set([...from.keys(), ...to.keys()]))
    hold(from.get(id) === to.get(id) || told.has(id), `${id} differs and is not told`)
}

const fields = fc.dictionary(
  fc.constantFrom('name', 'description', 'data/D-00001', 'attributes/logsAudit', 'outOfScope'),
  fc.constantFrom('yes', 'no', undefined),
  { noNullPrototype: true },
)
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ id, fields }).map(({ id, fields }): Change => ({ kind: 'patch', table: 'elements', id, fields })),
  id.map((id): Change => ({ kind: 'put', table: 'elements', row: element(id, { technology: 'new' }) })),
  id.map((id): Change => ({ kind: 'remove', table: 'elements', id })),
)
const batches = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(change, { minLength: 10, maxLength: 40 }) },
  ),
  { minLength: 1, maxLength: 12 },
)

function designOfSize(size: number): Design {
  const rows = Array.from({ length: size }, (_, n): Element => element(idOf(n)))
  return { ...EMPTY_DESIGN, elements: Object.fromEntries(rows.map(row => [row.id, row])) }
}

function flatCopy(design: Design): Design {
  return { ...design, elements: Object.fromEntries(rowsOf(design.elements).map(row => [row.id, row])) }
}

describe('a design of layered tables', () => {
  test('answers as its plain copy does', () => {
    fc.assert(
      fc.property(fc.constantFrom(3, 520, 700), batches, (size, edits) => {
        const start = designOfSize(size)
        let layered = start
        for (const changes of edits) {
          const flat = flatCopy(layered)
          const [after, flatAfter] = [applyChanges(layered, changes), applyChanges(flat, changes)]
          const [rows, flatRows] = [rowsOf(after.elements), rowsOf(flatAfter.elements)]
          expect(rows.length).toBe(flatRows.length)
          const touched = changes.map(one => (one.kind === 'put' ? one.row.id : one.id))
          for (const id of touched) expect(rowAt(after.elements, id)).toEqual(rowAt(flatAfter.elements, id))
          expect(diffDesigns(layered, after)).toEqual(diffDesigns(flat, flatAfter))
          expect([...changedFiles(layered, after)]).toEqual([...changedFiles(flat, flatAfter)])
          layered = after
        }
        const flat = flatCopy(layered)
        expect(designDigest(layered)).toBe(designDigest(flat))
        expect(bundleOf(layered)).toBe(bundleOf(flat))
        expect(diffDesigns(layered, flat)).toEqual([])
        expect(flatCopy(applyChanges(start, diffDesigns(start, layered))).elements).toEqual(flat.elements)
      }),
      { numRuns: runs(20, 1_000) },
    )
  })
})
