import { numberOf } from '../reading/json-fields.ts'
import type { XmlItem } from '../reading/xml-items.ts'

/** Children of an object by name; of two with one name the first counts. */
export type Fields = ReadonlyMap<string, XmlItem>

/** The children of an object. */
export function fieldsOf(item: XmlItem | undefined): Fields {
  const fields = new Map<string, XmlItem>()
  for (const child of item?.children ?? []) if (!fields.has(child.name)) fields.set(child.name, child)
  return fields
}

/** The text of a field without the space around it; indented files have much. Nothing when there is none. */
export function textIn(fields: Fields, name: string): string | undefined {
  const text = fields.get(name)?.text.trim()
  return text === '' ? undefined : text
}

/** The number of a field, as .NET writes numbers: 12, 12.5 or 1.2E-05. */
export function numberIn(fields: Fields, name: string): number | undefined {
  const text = textIn(fields, name) ?? ''
  return /^-?\d{1,20}(\.\d{1,20})?(E[+-]?\d{1,3})?$/i.test(text) ? numberOf(Number(text)) : undefined
}

/** A reference to an object by its id; the tool writes zeros where there is none. */
export function guidIn(fields: Fields, name: string): string | undefined {
  const guid = textIn(fields, name)
  return guid === undefined || /^[0{}-]*$/.test(guid) ? undefined : guid
}

/** The entry of a dictionary: its key and its value. */
export function entryOf(item: XmlItem): { readonly key: string | undefined; readonly value: XmlItem | undefined } {
  const fields = fieldsOf(item)
  return { key: textIn(fields, 'Key'), value: fields.get('Value') }
}

/**
 * Values by the names people see. Of two with one name the second gets its internal name beside it; the one name that no stored file
 * may hold is written in parentheses.
 */
export function byTitle(named: readonly { readonly title: string; readonly id: string; readonly value: string }[]) {
  const values = new Map<string, string>()
  for (const { title, id, value } of named) {
    const plain = title === '__proto__' ? '(__proto__)' : title
    values.set(values.has(plain) ? `${plain} (${id})` : plain, value)
  }
  return Object.fromEntries(values)
}
