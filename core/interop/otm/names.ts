import { rowsOf } from '../../model/table.ts'
import type { AnyRow, Design, Provenance, Table, TableName } from '../../model/types.ts'
import { isFrom, originalIdFrom } from '../writing/foreign.ts'

/** How the tools of files of this format are called. */
export const TOOL = 'Open Threat Model'

const NAMED = [
  'boundaries',
  'elements',
  'flows',
  'data',
  'threats',
  'mitigations',
  'diagrams',
] as const satisfies readonly TableName[]

/** Names of rows in the file: the one they had in such a file, as long as no other row of their kind has it, else our id. */
export type Names = (id: string) => string

export function namesOf(design: Design): Names {
  const names = new Map<string, string>()
  for (const table of NAMED) {
    const used = new Set<string>()
    for (const row of rowsOf(design[table] as Table<AnyRow>)) {
      const original = table === 'threats' ? undefined : originalIdFrom(TOOL, row as { readonly provenance?: Provenance })
      const name = original === undefined || original === '' || used.has(original) ? row.id : original
      used.add(name)
      names.set(row.id, name)
    }
  }
  return id => names.get(id) ?? id
}

/** Whether a row came from a file of this format. */
export function isOtm(row: { readonly provenance?: Provenance }): boolean {
  return isFrom(TOOL, row)
}
