import { rowsOf } from '../../model/table.ts'
import { TABLE_NAMES } from '../../model/tables.ts'
import type { AnyRow, Design, Provenance, Table } from '../../model/types.ts'
import type { Foreign } from '../reading/foreign.ts'

type Imported = { readonly provenance?: Provenance; readonly foreign?: Foreign }

/** Whether a row came in from a tool whose name begins so: only then its original id and foreign keys mean something in its format. */
export function isOf(row: AnyRow, tool: string): boolean {
  const { provenance } = row as Imported
  return provenance?.kind === 'import' && provenance.tool?.startsWith(tool) === true
}

/** The id the row had in a file of that tool. */
export function originalOf(row: AnyRow, tool: string): string | undefined {
  return isOf(row, tool) ? (row as Imported).provenance?.originalId : undefined
}

/** The keys that an import from that tool kept beside the row. */
export function foreignFrom(row: AnyRow, tool: string): Foreign {
  return isOf(row, tool) ? ((row as Imported).foreign ?? {}) : {}
}

/** What an import kept of the file as a whole: settings do not say from where, so every imported row must have come from that tool. */
export function foreignOfDesign(design: Design, tool: string): Foreign {
  const foreign = design.settings.design?.foreign
  if (!foreign) return {}
  const imported = TABLE_NAMES.flatMap(table => rowsOf(design[table] as Table<AnyRow>)).filter(
    row => (row as Imported).provenance?.kind === 'import',
  )
  return imported.length > 0 && imported.every(row => isOf(row, tool)) ? foreign : {}
}

/** Names for rows: the original one where it is free, else one of ours. No two rows get the same. */
export function namesFor(
  rows: readonly AnyRow[],
  {
    tool,
    own,
    fits = () => true,
  }: { readonly tool: string; readonly own: (id: string) => string; readonly fits?: (name: string, id: string) => boolean },
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set<string>()
  const take = (id: string, name: string) => {
    names.set(id, name)
    taken.add(name)
  }
  for (const row of rows) {
    const original = originalOf(row, tool)
    if (original !== undefined && fits(original, row.id) && !taken.has(original)) take(row.id, original)
  }
  for (const { id } of rows) {
    if (names.has(id)) continue
    let name = own(id)
    while (taken.has(name)) name = `${name}-0`
    take(id, name)
  }
  return names
}
