import { canonicalJson } from '../../model/canonical.ts'
import { flatFields } from '../../model/diff.ts'
import { idsAfter } from '../../model/identity.ts'
import { rowsOf } from '../../model/table.ts'
import { TABLE_NAMES, TABLES } from '../../model/tables.ts'
import type { AnyRow, Design, Provenance, Stamp, Table, TableName } from '../../model/types.ts'
import { cleanJson } from '../reading/json-fields.ts'

/** Hashes of the fields of a row, by their flat paths. */
export type Hashes = Readonly<Record<string, string>>

/** What a row may carry of it; a diagram of thousands of things would carry more than it says itself. */
const MOST = 500
const LONGEST = 500

/** No field is called this: under it stands the mark that all rows of one model share, from its first import on. */
export const MODEL = '/model'

/** The mark of a model that comes in for the first time. */
export function modelOf(design: Design): string {
  return hashOf(design.settings.design?.designId ?? '')
}

const hashed = idsAfter('', '')

/** Six base-32 characters for a value: enough to tell whether a person changed it, and nobody's secret. */
export function hashOf(value: unknown): string {
  // Half a character cannot be stored; until somebody refuses it, it is hashed as what it would become.
  const isHalved = typeof value === 'string' ? /[\uD800-\uDFFF]/u.test(value) : JSON.stringify(value).includes('\\ud')
  return hashed(canonicalJson(isHalved ? cleanJson(value) : value)).slice(1, 7)
}

/** Where a row came from; rows of some tables never say. */
export function provenanceIn(row: AnyRow): Provenance | undefined {
  return (row as { readonly provenance?: Provenance }).provenance
}

/** The fields a file can give, flat; where the row came from is no field of these. */
export function givenFields(table: TableName, row: AnyRow): Readonly<Record<string, unknown>> {
  const { provenance: _provenance, ...fields } = flatFields(table, row)
  if (table !== 'settings') return fields
  return Object.fromEntries(SETTINGS.flatMap(key => (Object.hasOwn(fields, key) ? [[key, fields[key]]] : [])))
}

/** All that a file says of a design as a whole. */
const SETTINGS = ['name', 'purpose', 'foreign']

/** What the row holds now, hashed as it would be on an import; maps of a row with too many fields are hashed whole. */
export function hashesOf(table: TableName, row: AnyRow): Hashes {
  const fields = Object.entries(givenFields(table, row))
  const flat = fields.length <= MOST ? fields : wholeFields(table, row)
  const said = flat.filter(([path, value]) => path.length <= LONGEST && value !== undefined)
  return Object.fromEntries(said.map(([path, value]) => [path, hashOf(value)]))
}

function wholeFields(table: TableName, row: AnyRow): readonly (readonly [string, unknown])[] {
  return Object.entries(row).filter(
    ([key]) => key !== 'id' && key !== 'provenance' && (table !== 'settings' || SETTINGS.includes(key)),
  )
}

/** What the file gave for a path: its hash, nothing, or unknown where only the whole map is known and that is another now. */
export function baseOf(table: TableName, row: AnyRow, path: string): string | undefined | 'unknown' {
  const base = provenanceIn(row)?.asImported
  if (base === undefined || path.length > LONGEST) return 'unknown'
  if (Object.hasOwn(base, path)) return base[path]
  const field = path.split('/', 1)[0] ?? path
  if (field === path || !TABLES[table].maps.includes(field) || !Object.hasOwn(base, field)) return undefined
  const map = (row as unknown as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>)[field]
  if (base[field] !== hashOf(map ?? {})) return 'unknown'
  const key = path.slice(field.length + 1)
  return map !== undefined && Object.hasOwn(map, key) ? hashOf(map[key]) : undefined
}

/** Whether a row is exactly as its file gave it, and nobody stood in for it since. */
export function isUntouched(table: TableName, row: AnyRow): boolean {
  const provenance = provenanceIn(row)
  if (provenance?.kind !== 'import' || provenance.asImported === undefined || provenance.confirmedBy !== undefined) return false
  const base = provenance.asImported
  const now = hashesOf(table, row)
  const given = Object.keys(base).filter(path => path !== MODEL)
  const paths = Object.keys(now)
  return paths.length === given.length && paths.every(path => base[path] === now[path])
}

/** The design of a file, each of its rows with the hashes of what the file gave; the settings say where they came from too. */
export function withAsImported(design: Design, { file, stamp }: { readonly file: string; readonly stamp: Stamp }): Design {
  const tool = toolOf(design)
  const settings = design.settings.design
  const model = modelOf(design)
  const made = notedAnew(design, model)
  if (!settings || tool === undefined) return made
  const from = {
    kind: 'import',
    at: stamp.at,
    by: stamp.by,
    tool,
    file: (file.split(/[\\/]/).pop() ?? '').slice(0, 1000),
  } as const
  return { ...made, settings: { design: noted('settings', { ...settings, provenance: from }, model) as typeof settings } }
}

/** Every imported row with the hashes of what it holds now: ids that were renamed are what the file gave, too. */
export function notedAnew(design: Design, model: string): Design {
  const tables = TABLE_NAMES.map(table => {
    const rows = rowsOf(design[table] as Table<AnyRow>).map(row => noted(table, row, model))
    return [table, Object.fromEntries(rows.map(row => [row.id, row]))]
  })
  return Object.fromEntries(tables) as Design
}

/** The tool that wrote a file, as the rows made from it say. */
export function toolOf(design: Design): string | undefined {
  for (const table of TABLE_NAMES)
    for (const row of rowsOf(design[table] as Table<AnyRow>)) {
      const provenance = provenanceIn(row)
      if (provenance?.kind === 'import' && provenance.tool !== undefined) return provenance.tool
    }
  return undefined
}

function noted(table: TableName, row: AnyRow, model: string): AnyRow {
  const provenance = provenanceIn(row)
  if (provenance?.kind !== 'import') return row
  return { ...row, provenance: { ...provenance, asImported: { [MODEL]: model, ...hashesOf(table, row) } } } as AnyRow
}
