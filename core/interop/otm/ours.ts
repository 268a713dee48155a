import { accepts } from '../../model/parse.ts'
import type { AnyRow, TableName } from '../../model/types.ts'
import { byText } from '../../support/order.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'

/** Fields of ours that the format has no place for go into `attributes`, one text each, under keys that begin so. */
const HEAD = 'skeptic.'

/** The tables that have such fields, and which; whatever is no text is written as JSON. */
export const CARRIED = {
  boundaries: ['kind', 'membership'],
  elements: ['technology', 'attributes', 'codeClasses', 'paths', 'tags', 'outOfScope'],
  flows: ['protocol', 'authentication', 'encryption', 'publicNetwork', 'outOfScope'],
  data: ['class', 'personal'],
  threats: ['source', 'prerequisite', 'action', 'impact', 'privacy', 'owasp', 'cvss', 'description'],
  mitigations: ['control', 'owner', 'checks', 'description'],
  acceptances: ['approver', 'expires', 'description'],
} as const satisfies { readonly [table in TableName]?: readonly string[] }

/** What the format always reads so needs no mention. */
const USUAL: Readonly<Record<string, unknown>> = { kind: 'unknown', membership: 'stated' }

export type Carrying = keyof typeof CARRIED

/** Our attributes of a row: its id, its fields without a place, and what the file states although we do not know it. */
export function ourAttributes(table: Carrying, row: AnyRow, unknown: readonly string[] = []): Raw {
  const fields = CARRIED[table].flatMap(field => {
    const value = (row as unknown as Raw)[field]
    return isSaid(table, row, field) ? [[HEAD + field, typeof value === 'string' ? value : JSON.stringify(value)] as const] : []
  })
  const missing = unknown.length > 0 ? [[`${HEAD}unknown`, unknown.join(' ')] as const] : []
  return Object.fromEntries([[`${HEAD}id`, row.id] as const, ...fields, ...missing])
}

/** A description that only says what the statement says would be taken for none. */
function isSaid(table: Carrying, row: AnyRow, field: string): boolean {
  const { statement, ...fields } = row as unknown as Raw
  const value = fields[field]
  if (value === undefined) return false
  if (field === 'description' && statement !== undefined) return value === statement
  return table !== 'boundaries' || USUAL[field] !== value
}

/** One value of ours under its own key. */
export function ourAttribute(key: string, value: string): Raw {
  return { [HEAD + key]: value }
}

/** What a file of ours carries of one row; every value is a claim that may be wrong. */
export type Ours = ReadonlyMap<string, string>
const NONE: Ours = new Map()

/** The object without our attributes, and these by themselves. */
export function withoutOurs(raw: Raw): { readonly raw: Raw; readonly ours: Ours } {
  const attributes = recordOf(raw.attributes)
  const own = Object.entries(attributes ?? {}).filter(([key]) => key.startsWith(HEAD))
  if (!attributes || own.length === 0) return { raw, ours: NONE }
  const { attributes: _, ...rest } = raw
  const others = Object.entries(attributes).filter(([key]) => !key.startsWith(HEAD))
  const texts = own.flatMap(([key, value]) => (typeof value === 'string' ? [[key.slice(HEAD.length), value] as const] : []))
  return { raw: others.length > 0 ? { ...rest, attributes: Object.fromEntries(others) } : rest, ours: new Map(texts) }
}

/** A list with our attributes taken out of its objects, and a way to ask for them. */
export function listWithoutOurs(list: unknown): { readonly list: unknown; readonly ours: ReadonlyMap<unknown, Ours> } {
  if (!Array.isArray(list)) return { list, ours: new Map() }
  const ours = new Map<unknown, Ours>()
  const cleaned = list.map((value: unknown) => {
    const object = recordOf(value)
    if (!object) return value
    const split = withoutOurs(object)
    if (split.ours.size > 0) ours.set(split.raw, split.ours)
    return split.raw
  })
  return { list: cleaned, ours }
}

/** The row with the fields that the file carries for it; one that would break the row's schema is left out. */
export function withOurs<Row extends AnyRow>(table: Carrying, row: Row, ours: Ours): Row {
  let next = row
  for (const field of CARRIED[table]) {
    const text = ours.get(field)
    if (text === undefined) continue
    const asText = { ...next, [field]: text }
    const asJson = accepts(table, asText) ? asText : withValue(next, field, text)
    if (accepts(table, asJson)) next = asJson
  }
  return next
}

/** Whether the file says that a number stands there only because the format wants one. */
export function isUnknown(ours: Ours, field: string): boolean {
  return (ours.get('unknown') ?? '').split(' ').includes(field)
}

/** Only what looks like JSON is tried: a thousand words that are none would cost more than all else. */
function withValue<Row extends AnyRow>(row: Row, field: string, text: string): Row {
  if (!/^[[{"\d-]|^(true|false|null)$/.test(text)) return row
  try {
    return { ...row, [field]: JSON.parse(text) as unknown }
  } catch {
    return row
  }
}

/** Attributes as they were kept, with ours; none when there are none. */
export function attributesWith(kept: unknown, ours: Raw): Raw {
  const all = { ...recordOf(kept), ...ours }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => byText(a, b)))
}

/** Names of a list, for comparing what a kept list means. */
export function textsOf(list: unknown): readonly string[] {
  return listOf(list).map(String)
}
