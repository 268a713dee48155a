import { canonicalJson } from '../../model/canonical.ts'
import { hasRow, rowAt, rowsOf, sizeOf } from '../../model/table.ts'
import { TABLE_NAMES } from '../../model/tables.ts'
import type { AnyRow, Design, Table, TableName } from '../../model/types.ts'
import { type Loss, many } from '../report.ts'
import { NOUNS } from './losses.ts'
import { isOf } from './returned.ts'

/** A field that a written file gives back otherwise than the design holds it. */
export type FieldDifference = {
  readonly table: TableName
  readonly id: string
  readonly field: string
  readonly ours: unknown
  readonly theirs: unknown
}

/** What a written file does not give back. Losses are measured by reading, not claimed. */
export type Differences = {
  readonly missing: readonly { readonly table: TableName; readonly id: string }[]
  /** Rows that the file would make, and the design does not have. */
  readonly added: readonly { readonly table: TableName; readonly id: string }[]
  readonly fields: readonly FieldDifference[]
}

/** Bookkeeping of the design folder, and who stated what: never part of a model. */
const APART: ReadonlySet<string> = new Set(['id', 'provenance', 'format', 'epoch'])

type Fields = Readonly<Record<string, unknown>>

/** Compares the design with what reading the written file gives; values are the same when their canonical JSON is. */
export function differencesOf(design: Design, back: Design): Differences {
  const missing: { table: TableName; id: string }[] = []
  const added: { table: TableName; id: string }[] = []
  const fields: FieldDifference[] = []
  for (const table of TABLE_NAMES) {
    const [mine, theirs] = [design[table] as Table<AnyRow>, back[table] as Table<AnyRow>]
    for (const row of rowsOf(mine)) {
      const other = rowAt(theirs, row.id)
      if (other) fields.push(...changedFields(table, row, other))
      else missing.push({ table, id: row.id })
    }
    if (table !== 'policy') for (const { id } of rowsOf(theirs)) if (!hasRow(mine, id)) added.push({ table, id })
  }
  return { missing, added, fields }
}

function changedFields(table: TableName, row: AnyRow, other: AnyRow): readonly FieldDifference[] {
  const [mine, theirs] = [row as Fields, other as Fields]
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].filter(field => !APART.has(field)).sort()
  return names.flatMap(field =>
    isSame(mine[field], theirs[field]) ? [] : [{ table, id: row.id, field, ours: mine[field], theirs: theirs[field] }],
  )
}

/** An empty map says as much as none. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? {}) === canonicalJson(b ?? {})
}

/** Why a format does not give something back, in words: by table for whole rows, by field or table/field for values. */
export type Reasons = {
  /** How the tools begin whose imports the format takes back; foreign keys of others mean nothing in it. */
  readonly tool: string
  readonly rows: Readonly<Partial<Record<TableName, string>>>
  readonly fields: Readonly<Record<string, string>>
}

/** The differences as losses: one for each table and each field, with the count of rows. */
export function lossesFrom(design: Design, { missing, fields }: Differences, reasons: Reasons): readonly Loss[] {
  return [...rowsLost(design, missing, reasons), ...valuesLost(design, fields, reasons), ...historyLost(design)]
}

function rowsLost(design: Design, missing: Differences['missing'], { rows }: Reasons): readonly Loss[] {
  return TABLE_NAMES.flatMap(table => {
    const count = missing.filter(one => one.table === table).length
    if (count === 0 || table === 'policy') return []
    const all = sizeOf(design[table] as Table<AnyRow>)
    const what = count === all ? many(count, NOUNS[table]) : `${count} of ${many(all, NOUNS[table])}`
    return [{ at: table, what, why: rows[table] ?? 'The format has no place for it.' }]
  })
}

const CALLED: Readonly<Record<string, string>> = {
  cwe: 'CWE numbers',
  cvss: 'CVSS vector',
  owasp: 'OWASP factors',
  foreign: 'Keys kept from an import',
  class: 'Data class',
  personal: 'Whether it is personal data',
}

/** A field as people read it: outOfScope becomes "Out of scope". */
function called(field: string): string {
  const words = field.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
  return CALLED[field] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

function valuesLost(design: Design, fields: readonly FieldDifference[], reasons: Reasons): readonly Loss[] {
  const kinds = new Map<string, FieldDifference[]>()
  for (const one of fields) {
    const kind = `${one.table}/${one.field}\n${whyNot(design, one, reasons)}`
    const known = kinds.get(kind)
    if (known) known.push(one)
    else kinds.set(kind, [one])
  }
  return [...kinds].map(([kind, list]) => {
    const [at = '', why = ''] = kind.split('\n')
    const { table, field } = list[0] as FieldDifference
    const whose = table === 'settings' ? 'the design' : many(list.length, NOUNS[table])
    return { at, what: `${called(field)} of ${whose}`, why }
  })
}

function whyNot(design: Design, { table, id, field, ours, theirs }: FieldDifference, { tool, fields }: Reasons): string {
  if (field === 'foreign') {
    const row = rowAt(design[table] as Table<AnyRow>, id)
    const isOwn = table === 'settings' || (row !== undefined && isOf(row, tool))
    return isOwn
      ? 'Not all of it has a place in the format as it is written.'
      : 'They come from another format, and mean nothing here.'
  }
  const known = fields[`${table}/${field}`] ?? fields[field]
  if (known !== undefined) return known
  if (ours === undefined) return 'The format asks for something here where the design states nothing.'
  return theirs === undefined ? 'The format has no place for it.' : 'The format holds it only in part, or in other words.'
}

/** Who stated what and when stays with the design; it is said once, as no format asks for it. */
function historyLost(design: Design): readonly Loss[] {
  const count = TABLE_NAMES.flatMap(table => rowsOf(design[table] as Table<AnyRow>)).filter(row => 'provenance' in row).length
  return count === 0
    ? []
    : [{ at: 'provenance', what: `Who stated ${many(count, 'row')}, and when`, why: 'The format does not ask for it.' }]
}
