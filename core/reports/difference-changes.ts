import { canonicalJson } from '../model/canonical.ts'
import type { Change } from '../model/change.ts'
import { diffDesigns, flatFields } from '../model/diff.ts'
import { rowAt } from '../model/table.ts'
import { isSpoken, TABLES } from '../model/tables.ts'
import type { AnyRow, Provenance, Table, TableName } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { clauseOf } from './difference-clauses.ts'
import { addedSentence, type Ground, removedSentence, rowName } from './difference-rows.ts'
import { type FieldValue, fieldValue, listed } from './difference-words.ts'

/** One row that came, went or says something else, in words. */
export type SpokenChange = {
  readonly kind: 'added' | 'changed' | 'removed'
  readonly table: TableName
  readonly id: string
  /** What it is called in the later state, or was in the earlier where it went. */
  readonly name: string
  /** Begins with a verb and ends without a full stop. Names of other objects, not their ids. */
  readonly sentence: string
  /** The changed fields in order, keys of a map as `field/key`; a side that states nothing is left out. None unless changed. */
  readonly fields: readonly { readonly field: string; readonly before?: FieldValue; readonly after?: FieldValue }[]
}

/** So many clauses are spoken; the fields are all listed. */
const CLAUSES = 8

/**
 * Every row that says something else, in the order of the tables, removed rows first, then by id. Left out are drawing and
 * remarks, and when, by whom and from which file an import took a row: reading a file again changes nothing of what it says.
 */
export function spokenChanges(before: Ground, after: Ground): readonly SpokenChange[] {
  return diffDesigns(before.design, after.design).flatMap(change => (isSpoken(change.table) ? spoken(change, before, after) : []))
}

function spoken(change: Change, before: Ground, after: Ground): readonly SpokenChange[] {
  const { table } = change
  if (change.kind === 'put') {
    const { row } = change
    const name = rowName(after, table, row.id)
    return [{ kind: 'added', table, id: row.id, name, sentence: addedSentence(after, table, row), fields: [] }]
  }
  const { id } = change
  const was = rowAt(before.design[table] as Table<AnyRow>, id)
  if (!was) return []
  if (change.kind === 'remove')
    return [
      { kind: 'removed', table, id, name: rowName(before, table, id), sentence: removedSentence(before, table, was), fields: [] },
    ]
  const old = flatFields(table, was)
  const paths = Object.keys(change.fields)
    .filter(path => !isBookkeeping(table, path, old[path], change.fields[path]))
    .sort(byText)
  if (paths.length === 0) return []
  const clauses = paths.map(path => {
    const slash = TABLES[table].maps.includes(path.split('/')[0] ?? '') ? path.indexOf('/') : -1
    const [field, key] = slash < 0 ? [path, undefined] : [path.slice(0, slash), path.slice(slash + 1)]
    return clauseOf({ table, field, key, was: old[path], is: change.fields[path], before: before.design, after: after.design })
  })
  // The name it had: a reader knows it by that one when it is renamed.
  const sentence = joined(clauses, rowName(before, table, id))
  const fields = paths.map(field => ({ field, ...side('before', old[field]), ...side('after', change.fields[field]) }))
  return [{ kind: 'changed', table, id, name: rowName(after, table, id), sentence, fields }]
}

function side<S extends 'before' | 'after'>(name: S, value: unknown) {
  return (value === undefined ? {} : { [name]: fieldValue(value) }) as { readonly [N in S]?: FieldValue }
}

/** The name once, then "it". */
function joined(clauses: readonly string[], name: string): string {
  const told = clauses.slice(0, CLAUSES).map((clause, i) => clause.split('{it}').join(i === 0 ? name : 'it'))
  const more = clauses.length - told.length
  return listed(more > 0 ? [...told, `changes ${more} ${more === 1 ? 'field' : 'fields'} more`] : told)
}

/** The counter of openings, and what an import notes of itself. */
function isBookkeeping(table: TableName, field: string, was: unknown, is: unknown): boolean {
  if (table === 'settings' && field === 'epoch') return true
  if (field !== 'provenance') return false
  const [from, to] = [was, is] as readonly (Provenance | undefined)[]
  return from?.kind === 'import' && to?.kind === 'import' && canonicalJson(lasting(from)) === canonicalJson(lasting(to))
}

function lasting({ at: _at, by: _by, tool: _tool, file: _file, asImported: _asImported, ...rest }: Provenance): object {
  return rest
}
