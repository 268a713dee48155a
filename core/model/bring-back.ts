import type { Change, Fields } from './change.ts'
import { diffDesigns } from './diff.ts'
import { hasRow, rowAt, rowIds } from './table.ts'
import { TABLE_NAMES } from './tables.ts'
import type { AnyRow, Design, Table, TableName } from './types.ts'

/** What no bringing back touches: who the design is, and how often it was opened. */
const OWN_SETTINGS: readonly string[] = ['designId', 'epoch']

/**
 * The changes that make a design say again what it said then, drawing included. Remarks stay: they are what people said to each other,
 * and what was said is not unsaid.
 */
export function stateBack(now: Design, then: Design): readonly Change[] {
  return diffDesigns(now, then).flatMap(change => (change.table === 'comments' ? [] : withoutOwn(change)))
}

/**
 * The changes that make one object say again what it said then, with the things it rests on that are gone since, its places on drawings
 * and the links to it. None where it was not there then: to take it out is a deed of its own.
 */
export function objectBack(now: Design, then: Design, id: string): readonly Change[] {
  if (tableWith(then, id) === undefined) return []
  return rowsBack(now, then, { wanted: withGrounds(now, then, [id]), whole: id })
}

/** The changes that bring back every row that is gone since then, remarks too, and the links to these; what else changed stays. */
export function removedBack(now: Design, then: Design): readonly Change[] {
  const gone = TABLE_NAMES.flatMap(table => rowIds(then[table] as Rows).filter(id => !hasRow(now[table] as Rows, id)))
  return rowsBack(now, then, { wanted: new Set(gone) })
}

type Wanted = { readonly wanted: ReadonlySet<string>; readonly whole?: string }

function rowsBack(now: Design, then: Design, { wanted, whole }: Wanted): readonly Change[] {
  const isWanted = (text: unknown) => typeof text === 'string' && wanted.has(text)
  const isMissing = (id: string) => isWanted(id) && tableWith(now, id) === undefined
  return diffDesigns(now, then).flatMap((change): readonly Change[] => {
    if (change.kind === 'remove') return []
    if (change.kind === 'put') return isWanted(change.row.id) || placesWanted(change, isWanted) ? [change] : []
    if (change.id === whole) return withoutOwn(change)
    const links = Object.entries(change.fields).filter(
      ([path, value]) => value !== undefined && (isMissing(path.slice(path.indexOf('/') + 1)) || isMissing(String(value))),
    )
    return links.length === 0 ? [] : [{ ...change, fields: Object.fromEntries(links) }]
  })
}

/** A place is named after the drawing and what it places. */
function placesWanted({ table, row }: Extract<Change, { kind: 'put' }>, isWanted: (id: string) => boolean): boolean {
  return table === 'layout' && isWanted(row.id.slice(row.id.indexOf('.') + 1))
}

/** The objects, and whatever they name that was there then and is gone: a flow comes back with its ends. */
function withGrounds(now: Design, then: Design, ids: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(ids)
  for (const id of wanted) {
    const table = tableWith(then, id)
    if (table === undefined) continue
    for (const named of namesIn(rowAt(then[table] as Rows, id)))
      if (!wanted.has(named) && tableWith(now, named) === undefined && tableWith(then, named) !== undefined) wanted.add(named)
  }
  return wanted
}

function namesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...namesIn(inner)])
}

function tableWith(design: Design, id: string): TableName | undefined {
  return TABLE_NAMES.find(table => hasRow(design[table] as Rows, id))
}

function withoutOwn(change: Change): readonly Change[] {
  if (change.table !== 'settings') return [change]
  if (change.kind !== 'patch') return []
  const fields: Fields = Object.fromEntries(Object.entries(change.fields).filter(([path]) => !OWN_SETTINGS.includes(path)))
  return Object.keys(fields).length === 0 ? [] : [{ ...change, fields }]
}

type Rows = Table<AnyRow>
