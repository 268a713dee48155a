import { memoLast } from '../support/memo.ts'
import { canonicalJson } from './canonical.ts'
import { sha256Hex } from './sha256.ts'
import { plainTable } from './table.ts'
import { TABLE_NAMES, TABLES } from './tables.ts'
import type { AnyRow, Design, Table, TableName } from './types.ts'

/** `sha256:` and 64 hex digits of the UTF-8 text. */
export function digestOfText(text: string): string {
  return `sha256:${sha256Hex(text)}`
}

/** Digest of the canonical JSON of a value. */
export function digestOf(value: unknown): string {
  return digestOfText(canonicalJson(value))
}

/** Digest of the whole design; layout, diagrams, comments and the epoch are left out. */
export const designDigest = memoLast((design: Design): string => {
  const decided = Object.fromEntries(
    TABLE_NAMES.filter(name => !TABLES[name].outsideDigest).map(name => [name, plainTable(design[name] as Table<AnyRow>)]),
  )
  const settings = design.settings.design
  return digestOf(settings ? { ...decided, settings: { design: { ...settings, epoch: undefined } } } : decided)
})

/** Digest of exactly these entities, with the versions of what they were read with. */
export function sliceDigest(design: Design, ids: Iterable<readonly [TableName, string]>, versions: unknown): string {
  const entities: Record<string, unknown> = {}
  for (const [table, id] of ids) {
    const row = (design[table] as Readonly<Record<string, unknown>>)[id]
    if (row !== undefined) entities[`${table}/${id}`] = row
  }
  return digestOf({ entities, versions })
}

/** The first six hex digits, as people see them. */
export function shortDigest(digest: string): string {
  return digest.replace('sha256:', '').slice(0, 6)
}
