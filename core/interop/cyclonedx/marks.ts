import { digestOf } from '../../model/digest.ts'
import { integrityProblems } from '../../model/integrity.ts'
import { parseJson } from '../../model/json.ts'
import { accepts } from '../../model/parse.ts'
import { rowAt } from '../../model/table.ts'
import type { AnyRow, Design, Table, TableName } from '../../model/types.ts'
import { isStorable, listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import type { ImportReport } from '../report.ts'

/** Our name space among the properties of an object. */
const SPACE = 'skeptic:'

/** What our properties of an object say, by their names without the name space. */
export type Marks = ReadonlyMap<string, string>

/** Our properties of an object: `id` is the id of the row, every other one the JSON of a field that the format has no key for. */
export function marksIn(raw: Raw): Marks {
  return new Map(
    listOf(raw.properties).flatMap(one => {
      const { name, value } = recordOf(one) ?? {}
      return typeof name === 'string' && name.startsWith(SPACE) && typeof value === 'string'
        ? [[name.slice(SPACE.length), value] as const]
        : []
    }),
  )
}

/** The object as it was before our properties came to it; the same object when it has none. */
export function withoutMarks(raw: Raw): Raw {
  if (marksIn(raw).size === 0) return raw
  const others = listOf(raw.properties).filter(one => !String(recordOf(one)?.name).startsWith(SPACE))
  const { properties: _ours, ...rest } = raw
  return others.length > 0 ? { ...rest, properties: others } : rest
}

/** Properties of ours that stand inside another one, for what has none itself: assumptions, and mitigations that are requirements. */
export function marksWithin(text: string | undefined): { readonly ref: unknown; readonly marks: Marks } | undefined {
  const parsed = text === undefined ? undefined : parseJson('', text)
  const said = parsed?.ok ? recordOf(parsed.value) : undefined
  return said && { ref: said.ref, marks: marksIn(said) }
}

/** Properties as they are written, in order of their names. */
export function propertiesOf(marks: Readonly<Record<string, string>>): readonly Raw[] {
  return Object.keys(marks)
    .sort()
    .map(name => ({ name: `${SPACE}${name}`, value: marks[name] }))
}

/** Stands on objects that only a file of ours holds: they say again what rows say, so that other programs see it. */
export const OWN = 'own'

/** What other tools put into a file of ours: objects of ours and all our properties taken away, at every depth. */
export function withoutOurs(value: unknown): unknown {
  if (Array.isArray(value)) {
    const left = value.filter(one => !marksIn(recordOf(one) ?? {}).has(OWN)).map(withoutOurs)
    return left.length > 0 || value.length === 0 ? left : undefined
  }
  const raw = recordOf(value)
  if (!raw) return value
  const kept = Object.entries(withoutMarks(raw)).flatMap(([key, inner]) => {
    const left = marksIn(recordOf(inner) ?? {}).has(OWN) ? undefined : withoutOurs(inner)
    return left === undefined ? [] : [[key, left] as const]
  })
  return kept.length > 0 || Object.keys(raw).length === 0 ? Object.fromEntries(kept) : undefined
}

/** A row and what our properties say of it. */
export type Marked = { readonly table: TableName; readonly id: string; readonly marks: Marks; readonly at: string }

/** Names that say something else than a field. */
const APART: ReadonlySet<string> = new Set(['id', 'provenance', 'page', 'uses', 'mitigation', 'was', OWN])
const FIELD = /^[a-zA-Z]+$/

/** Under this name stands, field by field, what the keys of the format said when the file was written. */
export const WAS = 'was'

/** A value in a few characters, by which a later one is compared. */
export function seenOf(value: unknown): string {
  return value === undefined ? '' : digestOf(value).slice('sha256:'.length, 'sha256:'.length + 8)
}

/** The design with the fields that our properties give back. A row that would not fit its schema or lead nowhere stays as it was read. */
export function withMarks(design: Design, marked: readonly Marked[], report: ImportReport): Design {
  const said = marked.flatMap(one => {
    const row = rowAt(design[one.table] as Table<AnyRow>, one.id)
    if (!row) return []
    const fields = [...one.marks].filter(([name]) => !APART.has(name) && isUntouched(row, name, one.marks))
    if (fields.length === 0) return []
    const next = patched(row, fields)
    if (next && accepts(one.table, next)) return [{ ...one, next }]
    tellBroken(report, one)
    return []
  })
  const whole = patchedDesign(design, said)
  const broken = new Set(integrityProblems(whole).map(({ at }) => at))
  if (broken.size === 0) return whole
  for (const one of said) if (broken.has(one.id)) tellBroken(report, one)
  const rest = patchedDesign(
    design,
    said.filter(({ id }) => !broken.has(id)),
  )
  return integrityProblems(rest).length === 0 ? rest : design
}

/** Whether the keys of the format still say what they said: what another program has changed since goes before our property. */
function isUntouched(row: AnyRow, field: string, marks: Marks): boolean {
  if (field === 'foreign') return true
  const said = parseJson('', marks.get(WAS) ?? '{}')
  const seen = recordOf(said.ok ? said.value : undefined)?.[field] ?? ''
  return seenOf((row as Readonly<Record<string, unknown>>)[field]) === seen
}

function patched(row: AnyRow, fields: readonly (readonly [string, string])[]): AnyRow | undefined {
  const next = { ...row } as Record<string, unknown>
  for (const [field, text] of fields) {
    const parsed = parseJson('', text)
    if (!parsed.ok || !FIELD.test(field)) return undefined
    const { value } = parsed
    if (!isStorable(value)) return undefined
    if (field === 'foreign') keepOnly(next, listOf(value))
    else if (value === null) delete next[field]
    else next[field] = value
  }
  return next as AnyRow
}

/** Keys that the row kept already; whatever else its object holds is the same in other words. */
function keepOnly(row: Record<string, unknown>, keys: readonly unknown[]): void {
  const kept = Object.entries(recordOf(row.foreign) ?? {}).filter(([key]) => keys.includes(key))
  if (kept.length > 0) row.foreign = Object.fromEntries(kept)
  else delete row.foreign
}

type Said = { readonly table: TableName; readonly id: string; readonly next: AnyRow }

function patchedDesign(design: Design, said: readonly Said[]): Design {
  const tables = new Map<TableName, Record<string, AnyRow>>()
  for (const { table, id, next } of said) {
    const rows = tables.get(table) ?? { ...(design[table] as Record<string, AnyRow>) }
    rows[id] = next
    tables.set(table, rows)
  }
  return { ...design, ...Object.fromEntries(tables) }
}

function tellBroken({ losses }: ImportReport, { at, id }: Marked): void {
  losses.push({
    at,
    what: `Properties "${SPACE}..." of ${id}`,
    why: 'They do not fit what a row of ours may hold, or lead to nothing; the rest of the object was read.',
  })
}
