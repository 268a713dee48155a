import { rowsOf } from '../model/table.ts'
import { TABLE_NAMES } from '../model/tables.ts'
import type { AnyRow, Design, Table } from '../model/types.ts'
import { dictionaryOf } from './dictionary.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Found } from './found.ts'
import { type ScanOptions, scanText } from './scan.ts'

/** Something found in a field of the design: object, path of the field, place in it. */
export type FieldFound = Found & { readonly at: string; readonly field: string; readonly fingerprint?: string }

export type FieldScan = ScanOptions & {
  /** Only these objects; missing means all. */
  readonly ids?: ReadonlySet<string>
  /** With it, findings carry the fingerprint of their value. */
  readonly key?: Uint8Array
}

/** Who made a row and when is no text that a prompt shows. */
const SKIPPED = new Set(['id', 'provenance'])

/** What is found in the fields of a design, in the order of its tables. The values stay where they are. */
export function scanFields(design: Design, scan: FieldScan = {}): readonly FieldFound[] {
  const options = { ...scan, dictionary: scan.dictionary ?? dictionaryOf(design) }
  return TABLE_NAMES.filter(name => name !== 'layout').flatMap(name =>
    rowsOf(design[name] as Table<AnyRow>)
      .filter(({ id }) => scan.ids?.has(id) ?? true)
      .flatMap(row => textsIn(row).flatMap(({ field, text }) => foundIn(row.id, field, text, options))),
  )
}

function foundIn(at: string, field: string, text: string, { key, ...options }: FieldScan): readonly FieldFound[] {
  return scanText(text, options).map(found => ({
    ...found,
    at,
    field,
    ...(key ? { fingerprint: fingerprintOf(text.slice(found.start, found.end), key) } : {}),
  }))
}

type Held = { readonly field: string; readonly text: string }

/** Every text of a row with its path; names of entries count, since people write those as well. */
function textsIn(row: AnyRow): readonly Held[] {
  const held: Held[] = []
  function walk(field: string, value: unknown): void {
    if (typeof value === 'string') held.push({ field, text: value })
    else if (Array.isArray(value)) value.forEach((one, i) => void walk(`${field}/${i}`, one))
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) {
        if (field === '' && SKIPPED.has(name)) continue
        // What people call an entry can hold a value as well; the names of fields cannot.
        if (field !== '') held.push({ field, text: name })
        walk(field === '' ? name : `${field}/${name}`, one)
      }
  }
  walk('', row)
  return held
}
