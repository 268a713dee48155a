import type { Change } from './change.ts'
import { newDesignId, newId } from './identity.ts'
import { DEFAULT_POLICY } from './lookup.ts'
import { FORMAT } from './migrate.ts'
import { hasRow } from './table.ts'
import { TABLES } from './tables.ts'
import type { Design, Provenance, Stamp, TableName } from './types.ts'

/** The changes that make an empty design a named one. */
export function newDesign(name: string, stamp: Stamp): readonly Change[] {
  return [
    {
      kind: 'put',
      table: 'settings',
      row: { id: 'design', format: FORMAT, designId: newDesignId(stamp.random), name, epoch: 1 },
    },
    { kind: 'put', table: 'policy', row: DEFAULT_POLICY },
  ]
}

/** An id that is free in its table. */
export function freshId(design: Design, table: TableName, stamp: Stamp): string {
  const prefix = TABLES[table].prefix
  if (prefix === undefined) throw new Error(`freshId: ids of ${table} are not random`)
  return newId(prefix, stamp.random, id => hasRow(design[table], id))
}

export function provenanceOf(stamp: Stamp): Provenance {
  return { kind: stamp.kind ?? 'human', at: stamp.at, by: stamp.by }
}
