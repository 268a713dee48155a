import { byText } from '../support/order.ts'
import type { Table } from './types.ts'

/**
 * Tables of a large design are tens of thousands of rows, and copying one for every keystroke would cost more than everything that
 * follows from it. So a large table that changed is a thin layer over the one it came from: its own properties are the changed rows
 * (undefined: removed), the rest answers through its prototype. Reading one row by id works on both kinds; everything else goes
 * through the functions here, never through Object.keys and its like.
 */
type Origin = { readonly from: object; readonly ids: readonly string[] }

/** From this many rows on, a copy costs more than a layer. */
const LARGE = 512
/** The uppermost layer is copied at every edit and holds at most so many rows. */
const THIN = 32
/** The layer under it is copied when that is full, and is made flat with the table below when it holds more than this. */
const THICK = 512
const NO_EDITS: ReadonlyMap<string, unknown> = new Map()
/** How many steps back a change can be traced. */
const STEPS = 16

const bases = new WeakMap<object, object>()
const origins = new WeakMap<object, Origin>()
const sorted = new WeakMap<object, readonly unknown[]>()

const NOTHING: readonly string[] = []

type Rows = Record<string, unknown>

/** A table of these rows; files and bundles are read in order, and then the order need not be looked for again. */
export function tableFrom<Row extends { readonly id: string }>(rows: readonly Row[]): Table<Row> {
  const table: Record<string, Row> = {}
  let last = ''
  let isInOrder = true
  for (const row of rows) {
    const { id } = row
    isInOrder &&= id > last && id !== '__proto__' // of two rows with one id the later counts
    last = id
    if (id !== '__proto__') table[id] = row
  }
  if (isInOrder) sorted.set(table, rows)
  return table
}

/** The table with these rows put, or taken away where undefined; the given table stays as it was. */
export function withRows<Row>(table: Table<Row>, edits: ReadonlyMap<string, Row | undefined>): Table<Row> {
  if (edits.size === 0) return table
  const next = layered(table, edits) ?? flat(table, edits)
  origins.set(next, { from: table, ids: [...edits.keys()] })
  forget(next)
  return next as Table<Row>
}

/** Ids of the rows that differ, perhaps with some that do not; undefined when the one is not known to have come from the other. */
export function changedIds(from: object, to: object): readonly string[] | undefined {
  if (from === to) return NOTHING
  const only = origins.get(to)
  if (only?.from === from) return only.ids
  const ids = new Set<string>()
  let at = to
  for (let step = 0; at !== from; step++) {
    const origin = step <= STEPS ? origins.get(at) : undefined
    if (!origin) return undefined
    for (const id of origin.ids) ids.add(id)
    at = origin.from
  }
  return [...ids]
}

/** All rows of a table, ordered by id. */
export function rowsOf<Row extends { readonly id: string }>(table: Table<Row>): readonly Row[] {
  const known = sorted.get(table)
  if (known) return known as readonly Row[]
  const origin = origins.get(table)
  const before = origin && sorted.get(origin.from)
  const rows = before && origin.ids.length <= THICK ? patched(before as readonly Row[], table, origin.ids) : sortedRows(table)
  sorted.set(table, rows)
  return rows
}

/** The row with this id; ids come from people, so names that every object answers to are no rows. */
export function rowAt<Row extends { readonly id: string }>(table: Table<Row>, id: string | undefined): Row | undefined {
  const row = id === undefined ? undefined : table[id]
  return row?.id === id ? row : undefined
}

export function hasRow(table: Table<{ readonly id: string }>, id: string | undefined): boolean {
  return rowAt(table, id) !== undefined
}

/** Ids of all rows, ordered. */
export function rowIds(table: Table<{ readonly id: string }>): readonly string[] {
  return rowsOf(table).map(row => row.id)
}

export function sizeOf(table: Table<{ readonly id: string }>): number {
  return rowsOf(table).length
}

/** The table as one plain object, to be written or compared as a whole. */
export function plainTable<Row extends { readonly id: string }>(table: Table<Row>): Table<Row> {
  return bases.has(table) ? Object.fromEntries(rowsOf(table).map(row => [row.id, row])) : table
}

/** A layer over what lies below; as it grows it is folded into a thicker one, and that at last into a flat table. */
function layered(table: object, edits: ReadonlyMap<string, unknown>): object | undefined {
  const below = bases.get(table)
  if (!below) return edits.size * 4 <= LARGE && isLarge(table) ? layerOver(table, [], edits) : undefined
  if (Object.keys(table).length + edits.size <= THIN) return layerOver(below, [table], edits)
  const bottom = bases.get(below)
  if (!bottom) return layerOver(layerOver(below, [table], edits), [], NO_EDITS)
  return Object.keys(below).length + THIN + edits.size <= THICK
    ? layerOver(layerOver(bottom, [below, table], edits), [], NO_EDITS)
    : undefined
}

function layerOver(below: object, layers: readonly object[], edits: ReadonlyMap<string, unknown>): object {
  const layer: Rows = Object.create(below)
  for (const from of layers) Object.assign(layer, from)
  for (const [id, row] of edits) if (id !== '__proto__') layer[id] = row
  bases.set(layer, below)
  return layer
}

function flat(table: object, edits: ReadonlyMap<string, unknown>): object {
  const below = bases.get(table)
  const copy: Rows = below ? (flat(below, NO_EDITS) as Rows) : { ...table }
  if (below) for (const [id, row] of Object.entries(table)) setOrDelete(copy, id, row)
  for (const [id, row] of edits) setOrDelete(copy, id, row)
  return copy
}

function setOrDelete(rows: Rows, id: string, row: unknown): void {
  if (row === undefined) delete rows[id]
  // No id has this name; set, it would lend the table rows that are written nowhere.
  else if (id !== '__proto__') rows[id] = row
}

function isLarge(table: object): boolean {
  const known = sorted.get(table)
  if (known) return known.length >= LARGE
  let count = 0
  for (const _ in table) if (++count >= LARGE) return true
  return false
}

/** Cuts the line of descent, so that a long history is not kept alive. */
function forget(table: object): void {
  let at: object | undefined = table
  for (let step = 0; at && step < STEPS; step++) at = origins.get(at)?.from
  if (at) origins.delete(at)
}

function sortedRows<Row extends { readonly id: string }>(table: Table<Row>): readonly Row[] {
  const base = bases.get(table) as Table<Row> | undefined
  if (base) return patched(rowsOf(base), table, Object.keys(table))
  const rows = Object.values(table)
  return isSorted(rows) ? rows : rows.sort((a, b) => byText(a.id, b.id))
}

/** Files and bundles are read in order, and looking is cheaper than sorting. */
function isSorted(rows: readonly { readonly id: string }[]): boolean {
  for (let i = 1; i < rows.length; i++) if ((rows[i - 1]?.id ?? '') > (rows[i]?.id ?? '')) return false
  return true
}

/** A sorted list with the rows of these ids as the table has them now. */
function patched<Row extends { readonly id: string }>(
  before: readonly Row[],
  table: Table<Row>,
  ids: readonly string[],
): readonly Row[] {
  const rows = before.slice()
  for (const id of ids) {
    const at = placeFor(rows, id)
    const row = rowAt(table, id)
    const isThere = rows[at]?.id === id
    if (row && isThere) rows[at] = row
    else if (row) rows.splice(at, 0, row)
    else if (isThere) rows.splice(at, 1)
  }
  return rows
}

function placeFor(rows: readonly { readonly id: string }[], id: string): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle]?.id ?? '') < id) low = middle + 1
    else high = middle
  }
  return low
}
