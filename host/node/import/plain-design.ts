import { plainTable } from '../../../core/model/table.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { AnyRow, Design, Table } from '../../../core/model/types.ts'

/** The design with every table as one plain object, to be sent to another thread or process. */
export function plainDesign(design: Design): Design {
  return Object.fromEntries(TABLE_NAMES.map(name => [name, plainTable(design[name] as Table<AnyRow>)])) as unknown as Design
}
