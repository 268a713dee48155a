import { type Change, EMPTY_DESIGN, type Fields, patchRow } from '../model/change.ts'
import { diffDesigns } from '../model/diff.ts'
import { entityOf, tableOf } from '../model/lookup.ts'
import { accepts } from '../model/parse.ts'
import { TABLES } from '../model/tables.ts'
import type { AnyRow, Design, RowOf, TableName } from '../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../support/result.ts'

/** Puts a new row, or says which of its fields does not fit. Fields that are undefined are left out, texts are trimmed. */
export function putRow<T extends TableName>(design: Design, table: T, fields: Fields): Result<readonly Change[]> {
  const trimmed = Object.entries(fields).map(([path, value]) => [path, typeof value === 'string' ? value.trim() : value])
  const row = patchRow({}, tidy(table, Object.fromEntries(trimmed))) as unknown as RowOf<T> & AnyRow
  const fault = faultOf(design, table, row)
  return fault ?? ok([{ kind: 'put', table, row } as unknown as Change])
}

/** The shortest patch that gives one row these fields; none when nothing would change. Map fields may be given whole or key by key. */
export function setRow(design: Design, id: string, fields: Fields): Result<readonly Change[]> {
  const table = tableOf(id)
  const row = entityOf(design, id)
  if (!table || !row) return refuse(missing(id))
  const fixed = Object.keys(fields).find(path => path === 'id' || path.startsWith('__proto__'))
  if (fixed !== undefined)
    return refuse({
      code: 'edit.fixed',
      at: id,
      message: `The field ${fixed} cannot be changed.`,
      cure: 'Make a new one instead.',
    })
  const next = patchRow(row, tidy(table, fields))
  const fault = faultOf(design, table, next, row)
  return fault ?? ok(diffDesigns(only(table, row), only(table, next)))
}

/** What to say about an id that names nothing. */
export function missing(id: string): { code: string; at: string; message: string; cure: string } {
  return {
    code: 'edit.missing',
    at: id,
    message: `${id} is not in the design.`,
    cure: 'Someone may have removed it: undo that, or choose another.',
  }
}

function only(table: TableName, row: AnyRow): Design {
  return { ...EMPTY_DESIGN, [table]: { [row.id]: row } }
}

/** An emptied optional text is taken away; an empty map says nothing. */
function tidy(table: TableName, fields: Fields): Fields {
  const isMap = (path: string) => TABLES[table].maps.includes(path)
  return Object.fromEntries(
    Object.entries(fields).map(([path, value]) => {
      if (typeof value === 'string' && value.trim() === '') return [path, REQUIRED_TEXT.has(path) ? '' : undefined]
      return [path, isMap(path) && isEmpty(value) ? undefined : value]
    }),
  )
}

const REQUIRED_TEXT = new Set(['name', 'statement'])

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(inner => inner === undefined)
}

function faultOf(design: Design, table: TableName, row: AnyRow, before?: AnyRow): Refusal | undefined {
  // A row that a peer broke must stay curable field by field.
  if (!accepts(table, row)) return before && !accepts(table, before) ? undefined : misfit(table, row, before)
  for (const [field, id] of linksIn(table, row)) {
    const isNew = !before || !linksIn(table, before).some(([was, to]) => was === field && to === id)
    if (isNew && !entityOf(design, id))
      return refuse({ ...missing(id), message: `${id}, named as ${field}, is not in the design.` })
  }
  return undefined
}

const SINGLE = ['boundary', 'parent', 'source', 'target'] as const
const LINK = /^[RAEFBDTMXWG]-[0-9A-HJKMNP-TV-Z]{5}$/

function linksIn(table: TableName, row: AnyRow): (readonly [string, string])[] {
  const fields = row as Readonly<Record<string, unknown>>
  const single = SINGLE.map(field => [field, fields[field]] as const)
  const many = TABLES[table].maps.flatMap(field =>
    Object.keys((fields[field] as object | undefined) ?? {}).map(id => [field, id] as const),
  )
  return [...single, ...many].filter(
    (link): link is readonly [string, string] => typeof link[1] === 'string' && LINK.test(link[1]),
  )
}

/** Says which field does not fit; only ever run when one does not. */
function misfit(table: TableName, row: AnyRow, before: AnyRow | undefined): Refusal {
  const at = before ? { at: row.id } : {}
  const fields = row as Readonly<Record<string, unknown>>
  for (const [field, limit] of Object.entries(TEXT_LIMITS)) {
    const text = fields[field]
    if (text === '')
      return refuse({ ...at, code: `edit.${field}.empty`, message: `The ${field} is empty.`, cure: `Write a ${field}.` })
    if (typeof text === 'string' && text.length > limit)
      return refuse({
        ...at,
        code: `edit.${field}.long`,
        message: `The ${field} has ${text.length} characters; at most ${limit} fit.`,
        cure: 'Shorten it; the description has room for more.',
      })
  }
  const field = fieldAtFault(table, fields, before)
  const value = field === undefined ? '' : JSON.stringify(fields[field])?.slice(0, 60)
  return refuse({
    ...at,
    code: 'edit.value',
    message:
      field === undefined
        ? 'A field does not fit, or has no place here.'
        : `The field ${field} cannot be ${value ?? 'left out'}.`,
    cure: 'Choose one of the values it may have.',
  })
}

/** The new value that the row before does not take alone; in a new row, the one without which the rest fits. */
function fieldAtFault(
  table: TableName,
  fields: Readonly<Record<string, unknown>>,
  before: AnyRow | undefined,
): string | undefined {
  if (before) {
    const keys = [...new Set([...Object.keys(fields), ...Object.keys(before)])]
    return keys.find(key => !accepts(table, patchRow(before, { [key]: fields[key] })))
  }
  return Object.keys(fields).find(key => accepts(table, patchRow(fields, { [key]: undefined })))
}

const TEXT_LIMITS = { name: 400, statement: 4000 }
