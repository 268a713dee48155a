import { canonicalJson } from '../../model/canonical.ts'
import { rowAt, rowsOf } from '../../model/table.ts'
import { TABLE_NAMES } from '../../model/tables.ts'
import type { AnyRow, Design, Table } from '../../model/types.ts'
import type { Raw } from '../reading/json-fields.ts'
import type { Differences } from './read-back.ts'
import { foreignFrom, isOf } from './returned.ts'

/** What a row says in the words of a format, and what an import of that format kept beside it. */
export type Parts = {
  readonly native: Raw
  readonly kept: Raw
  /** Whether our words go first where both have a key; kept ones go first as long as they still say what the row says. */
  readonly isOurs: boolean
  /** Keys of lists that both make up together. */
  readonly joined: ReadonlySet<string>
  /** Whether a kept entry of such a list says what only rows may say: what people took away must not come back. */
  readonly isSaid: (entry: unknown) => boolean
}

/** One object of both; values that are undefined are left out. */
export function merged({ native, kept, isOurs, joined, isSaid }: Parts): Raw {
  const object: Record<string, unknown> = Object.fromEntries(Object.entries(native).filter(([, value]) => value !== undefined))
  for (const [key, value] of Object.entries(kept)) {
    if (joined.has(key) && Array.isArray(value)) {
      const own = Array.isArray(object[key]) ? (object[key] as readonly unknown[]) : []
      object[key] = uniqueOf([...own, ...value.filter(one => !isSaid(one))])
    } else if (object[key] === undefined || !isOurs) object[key] = value
  }
  return object
}

/** The list without what is in it twice. */
export function uniqueOf(list: readonly unknown[]): readonly unknown[] {
  return [...new Map(list.map(one => [canonicalJson(one), one])).values()]
}

/** Whether any row holds keys of such a tool; most designs have none, and need not be written twice. */
function hasKept(design: Design, tool: string): boolean {
  return TABLE_NAMES.some(table =>
    rowsOf(design[table] as Table<AnyRow>).some(row => Object.keys(foreignFrom(row, tool)).length > 0),
  )
}

/**
 * The rows whose own words must go before the keys kept from an import, as those say something else by now: `compared` writes with the
 * given rows first, reads that back and compares.
 */
export function oursFirst(
  design: Design,
  tool: string,
  compared: (ours: ReadonlySet<string>) => Differences,
): ReadonlySet<string> {
  if (!hasKept(design, tool)) return new Set()
  const kept = compared(new Set())
  const suspects = new Set(
    kept.fields.flatMap(({ table, id }) => {
      const row = rowAt(design[table] as Table<AnyRow>, id)
      return row && isOf(row, tool) ? [id] : []
    }),
  )
  if (suspects.size === 0) return suspects
  const count = ({ fields }: Differences) => {
    const counts = new Map<string, number>()
    for (const { id, field } of fields) if (field !== 'foreign') counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }
  const [before, after] = [count(kept), count(compared(suspects))]
  return new Set([...suspects].filter(id => (after.get(id) ?? 0) < (before.get(id) ?? 0)))
}
