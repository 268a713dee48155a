import { rowsOf } from '../../../core/model/table.ts'
import type { Design, Requirement } from '../../../core/model/types.ts'
import { classifyEars, type EarsPattern } from '../../../core/requirements/ears.ts'
import type { RequirementHint } from '../../../core/requirements/hint.ts'
import { groupedBy } from '../../state/grouped-by.ts'

/** A requirement as the list shows it. */
export type RequirementLine = {
  readonly row: Requirement
  readonly pattern: EarsPattern
  readonly hints: readonly RequirementHint[]
}

/** Requirements as they are read: in force first, retired last, each with its pattern and its hints. */
export function requirementLines(design: Design, hints: readonly RequirementHint[]): readonly RequirementLine[] {
  const byRow = groupedBy(hints, hint => hint.at)
  return rowsOf(design.requirements)
    .map(row => ({
      row,
      pattern: classifyEars(row.statement).pattern,
      hints: row.status === 'retired' ? [] : (byRow.get(row.id) ?? []),
    }))
    .sort((a, b) => Number(a.row.status === 'retired') - Number(b.row.status === 'retired') || byAge(a.row, b.row))
}

function byAge(a: Requirement, b: Requirement): number {
  return a.provenance.at < b.provenance.at ? -1 : a.provenance.at > b.provenance.at ? 1 : 0
}

/** So many of so many. */
export type Coverage = { readonly label: string; readonly done: number; readonly of: number }

/** How far requirements reach: approved, linked to the model, met by a work item. */
export function coverageOf(design: Design): readonly Coverage[] {
  const rows = rowsOf(design.requirements).filter(row => row.status !== 'retired')
  const planned = new Set(rowsOf(design.workItems).flatMap(item => Object.keys(item.requirements ?? {})))
  const count = (holds: (row: Requirement) => boolean) => rows.filter(holds).length
  return [
    { label: 'Approved', done: count(row => row.status === 'approved'), of: rows.length },
    { label: 'Linked to the model', done: count(row => Boolean(row.elements ?? row.flows ?? row.data)), of: rows.length },
    { label: 'In a work item', done: count(row => planned.has(row.id)), of: rows.length },
  ]
}

/** The statement with one hint's rewrite in place of the words it quotes. */
export function rewritten(statement: string, hint: RequirementHint): string {
  if (hint.rewrite === undefined) return statement
  const before = statement.slice(0, hint.offset)
  const after = statement.slice(hint.offset + hint.quoted.length)
  return `${before}${hint.rewrite}${after}`
    .replace(/ {2,}/g, ' ')
    .replace(/ +([.,;])/g, '$1')
    .trim()
}

/** The sentence patterns as one word each. */
export const EARS_NAMES: Readonly<Record<EarsPattern, string>> = {
  ubiquitous: 'Always',
  event: 'When',
  state: 'While',
  optional: 'Where',
  unwanted: 'If / then',
  complex: 'Complex',
  none: 'Free text',
}
