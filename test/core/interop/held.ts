import { rowsOf } from '../../../core/model/table.ts'
import type { AnyRow, Design, TableName } from '../../../core/model/types.ts'

type Fields = Readonly<Record<string, unknown>>
/** The fields of each table that a format holds. */
export type Held = { readonly [table in TableName]?: readonly string[] }

/** The part of a design that a format holds, by table and id; fields that a row does not have are left out. */
export function heldOf(design: Design, held: Held): Readonly<Record<string, Fields>> {
  return Object.fromEntries(
    Object.entries(held).map(([table, fields]) => [
      table,
      Object.fromEntries(
        rowsOf(design[table as TableName] as Readonly<Record<string, AnyRow>>).map(row => {
          const values = row as unknown as Fields
          return [
            row.id,
            Object.fromEntries(fields.flatMap(field => (values[field] === undefined ? [] : [[field, values[field]]]))),
          ]
        }),
      ),
    ]),
  )
}
