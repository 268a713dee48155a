import type { AnyRow, TableName } from '../../model/types.ts'

/** What people call a row: its name, its statement, or its id when it has neither. */
export function calledRow(row: AnyRow): string {
  const { name, statement } = row as { readonly name?: string; readonly statement?: string }
  return name ?? statement ?? row.id
}

/** What tells a row apart without its id: kind and name, the ends of a flow, the threat that an acceptance answers; nothing when that is too little. */
export function labelOf(table: TableName, row: AnyRow): string | undefined {
  const fields = row as unknown as Readonly<Record<string, unknown>>
  const name = (fields.name ?? fields.statement) as string | undefined
  if (table === 'acceptances') return `${fields.threat}`
  if (name === undefined || name.startsWith('Unnamed ')) return undefined
  const said = name.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (table === 'elements') return JSON.stringify([fields.kind, said])
  if (table === 'flows') return JSON.stringify([fields.source, fields.target, said])
  return said
}
