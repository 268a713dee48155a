import { rowsOf, sizeOf } from '../../model/table.ts'
import type { AnyRow, Design, TableName } from '../../model/types.ts'
import { type Loss, many } from '../report.ts'

/** What a person calls the rows of a table, in the singular. */
export const NOUNS = {
  settings: 'setting',
  policy: 'policy',
  requirements: 'requirement',
  assumptions: 'assumption',
  elements: 'element',
  flows: 'data flow',
  boundaries: 'trust boundary',
  data: 'data asset',
  triage: 'triage decision',
  threats: 'threat',
  mitigations: 'mitigation',
  acceptances: 'acceptance',
  exclusions: 'excluded framework entry',
  workItems: 'work item',
  diagrams: 'diagram',
  layout: 'drawn place',
  comments: 'comment',
  suggestions: 'suggestion',
} as const satisfies Readonly<Record<TableName, string>>

/** Tables of which a drawing shows nothing. */
export const NOT_DRAWN = [
  'requirements',
  'assumptions',
  'data',
  'triage',
  'threats',
  'mitigations',
  'acceptances',
  'exclusions',
  'workItems',
  'comments',
  'suggestions',
] as const satisfies readonly TableName[]

/** Whole tables that a format has no place for: one loss each, with the count. */
export function tablesLost(design: Design, tables: readonly TableName[], why: string): readonly Loss[] {
  return tables.flatMap(table => {
    const count = sizeOf(design[table])
    return count === 0 ? [] : [{ at: table, what: many(count, NOUNS[table]), why }]
  })
}

/** Fields that a format has no place for: one loss for each field that some row states, with the count of rows. */
export function fieldsLost(
  design: Design,
  { table, fields, why }: { readonly table: TableName; readonly fields: Readonly<Record<string, string>>; readonly why: string },
): readonly Loss[] {
  const rows = rowsOf(design[table] as Readonly<Record<string, AnyRow>>) as readonly Readonly<Record<string, unknown>>[]
  return Object.entries(fields).flatMap(([field, called]) => {
    const count = rows.filter(row => row[field] !== undefined).length
    return count === 0 ? [] : [{ at: `${table}/${field}`, what: `${called} of ${many(count, NOUNS[table])}`, why }]
  })
}

/** Fields of the settings that only a design of ours has, for formats that name the design and say no more of it. */
export const SETTINGS_LOST: Readonly<Record<string, string>> = {
  glossary: 'Glossary',
  packs: 'Chosen rule packs',
  insideWords: 'Words that stay inside',
  ticketKeys: 'Ticket keys',
  foreign: 'Foreign keys',
}
