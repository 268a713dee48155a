import { memoLast } from '../support/memo.ts'
import { canonicalJson } from './canonical.ts'
import { sha256Hex } from './sha256.ts'
import { plainTable } from './table.ts'
import { TABLE_NAMES, TABLES } from './tables.ts'
import type { AnyRow, Control, Design, Provenance, Table, TableName } from './types.ts'

/** `sha256:` and 64 hex digits of the UTF-8 text. */
export function digestOfText(text: string): string {
  return `sha256:${sha256Hex(text)}`
}

/** Digest of the canonical JSON of a value. */
export function digestOf(value: unknown): string {
  return digestOfText(canonicalJson(value))
}

/** Digest of the whole design; layout, diagrams, comments, suggestions, the epoch and what a file once gave are left out. */
export const designDigest = memoLast((design: Design): string => {
  const decided = Object.fromEntries(
    TABLE_NAMES.filter(name => !TABLES[name].outsideDigest).map(name => [name, countedRows(design[name] as Table<AnyRow>)]),
  )
  const settings = design.settings.design && counted(design.settings.design)
  return digestOf(settings ? { ...decided, settings: { design: { ...settings, epoch: undefined } } } : decided)
})

/** Digest of exactly these entities, with the versions of what they were read with. */
export function sliceDigest(design: Design, ids: Iterable<readonly [TableName, string]>, versions: unknown): string {
  const entities: Record<string, unknown> = {}
  for (const [table, id] of ids) {
    const row = (design[table] as Readonly<Record<string, unknown>>)[id]
    if (row !== undefined) entities[`${table}/${id}`] = counted(row as AnyRow)
  }
  return digestOf({ entities, versions })
}

/**
 * The row as it counts: without the note of what its file gave. That only serves the next import of the file, and an import that
 * brings nothing a person can see must make nothing stale.
 */
export function counted<Row extends AnyRow>(row: Row): Row {
  const provenance = (row as { readonly provenance?: Provenance }).provenance
  if (provenance?.asImported === undefined) return row
  const { asImported: _asImported, ...rest } = provenance
  return { ...row, provenance: rest }
}

function countedRows(table: Table<AnyRow>): Table<AnyRow> {
  const plain = plainTable(table)
  const noted = Object.values(plain).filter(row => counted(row) !== row)
  return noted.length === 0 ? plain : { ...plain, ...Object.fromEntries(noted.map(row => [row.id, counted(row)])) }
}

const controls = new WeakMap<Control, string>()

/** Digest of what a control asks. What it refers to is left out: a corrected reference asks nothing new, and makes nothing stale. */
export function controlDigest(control: Control): string {
  const known = controls.get(control)
  if (known !== undefined) return known
  const { references: _references, ...asks } = control
  const digest = digestOf(asks)
  controls.set(control, digest)
  return digest
}

/** The first six hex digits, as people see them. */
export function shortDigest(digest: string): string {
  return digest.replace('sha256:', '').slice(0, 6)
}
