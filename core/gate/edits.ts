import type { Change } from '../model/change.ts'
import { freshId, provenanceOf } from '../model/create.ts'
import { entityOf, tableOf } from '../model/lookup.ts'
import { accepts } from '../model/parse.ts'
import type { Design, Stamp, WorkItem } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { ok, type Problem, type Result, refuse } from '../support/result.ts'
import { globFault } from './globs.ts'
import { unknownWorkItem } from './slice.ts'

/** What a person says about a work item; links and globs are lists here and maps in the design. */
export type WorkItemInput = {
  readonly name: string
  readonly goal: string
  readonly operation: WorkItem['operation']
} & WorkItemDetails

type WorkItemDetails = {
  readonly doneWhen?: string | undefined
  readonly language?: string | undefined
  readonly stack?: string | undefined
  readonly assignee?: string | undefined
  readonly reference?: string | undefined
  readonly description?: string | undefined
  readonly elements?: readonly string[]
  readonly flows?: readonly string[]
  readonly requirements?: readonly string[]
  readonly mayEdit?: readonly string[]
  readonly mayRead?: readonly string[]
  readonly mustNotTouch?: readonly string[]
  readonly packages?: readonly string[]
}

/** A new work item. */
export function addWorkItem(design: Design, input: WorkItemInput, stamp: Stamp): Result<readonly Change[]> {
  const row = { id: freshId(design, 'workItems', stamp), ...fieldsOf(input), provenance: provenanceOf(stamp) }
  return checked(design, row as WorkItem, value => [{ kind: 'put', table: 'workItems', row: value }])
}

/** Other values for the fields given; an empty text or list takes the field away. */
export function editWorkItem(
  design: Design,
  input: { readonly id: string; readonly fields: Partial<WorkItemInput> },
  _stamp: Stamp,
): Result<readonly Change[]> {
  const before = design.workItems[input.id]
  if (!before) return unknownWorkItem(input.id)
  const fields = fieldsOf(input.fields)
  const after = Object.fromEntries(Object.entries({ ...before, ...fields }).filter(([, value]) => value !== undefined))
  return checked(design, after as WorkItem, () => [
    { kind: 'patch', table: 'workItems', id: input.id, fields: patchOf(before, fields) },
  ])
}

/** The work item is taken out; what the ledger recorded about it stays. */
export function removeWorkItem(design: Design, input: { readonly id: string }, _stamp: Stamp): Result<readonly Change[]> {
  if (!design.workItems[input.id]) return unknownWorkItem(input.id)
  return ok([{ kind: 'remove', table: 'workItems', id: input.id }])
}

const MAPS = ['elements', 'flows', 'requirements', 'mayEdit', 'mayRead', 'mustNotTouch', 'packages'] as const

/** The fields as the design stores them: undefined where an empty text or list takes one away. */
function fieldsOf(input: Partial<WorkItemInput>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([field, value]) => {
      if (!Array.isArray(value)) return [field, typeof value === 'string' ? textOf(value) : value]
      return [field, value.length > 0 ? Object.fromEntries([...value].sort(byText).map(key => [key, true])) : undefined]
    }),
  )
}

function textOf(value: string): string | undefined {
  const trimmed = value.trim()
  return trimmed === '' ? undefined : trimmed
}

/** Maps change key by key, so that two people adding a glob each keep both. */
function patchOf(before: WorkItem, fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const patch: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) {
    if (!MAPS.includes(field as (typeof MAPS)[number])) {
      patch[field] = value
      continue
    }
    const old = before[field as (typeof MAPS)[number]] ?? {}
    const next = (value ?? {}) as Readonly<Record<string, true>>
    for (const key of Object.keys(old)) if (!Object.hasOwn(next, key)) patch[`${field}/${key}`] = undefined
    for (const key of Object.keys(next)) if (!Object.hasOwn(old, key)) patch[`${field}/${key}`] = true
  }
  return patch
}

function checked(design: Design, row: WorkItem, changes: (row: WorkItem) => readonly Change[]): Result<readonly Change[]> {
  const clean = JSON.parse(JSON.stringify(row)) as WorkItem
  const [first, ...rest] = [...missingTexts(clean), ...faultsIn(clean), ...danglingIn(design, clean)]
  if (first) return { ok: false, problems: [first, ...rest] }
  if (!accepts('workItems', clean))
    return refuse({
      code: 'workItem.invalid',
      at: row.id,
      message: 'The work item does not fit its schema.',
      cure: 'Check the operation, the length of its texts, and that packages are written as pkg:npm/name@1.2.3.',
    })
  return ok(changes(clean))
}

function missingTexts(row: WorkItem): readonly Problem[] {
  return (['name', 'goal'] as const)
    .filter(field => row[field] === undefined)
    .map(field => error(row.id, 'workItem.missing', `A work item needs a ${field}.`, `Write the ${field} in one sentence.`))
}

function faultsIn(row: WorkItem): readonly Problem[] {
  const globs = (['mayEdit', 'mayRead', 'mustNotTouch'] as const).flatMap(field => Object.keys(row[field] ?? {}))
  return globs.flatMap(glob => {
    const fault = globFault(glob)
    if (fault === undefined) return []
    return [error(row.id, 'workItem.glob', `The path "${glob}" ${fault}.`, 'Write it as src/transfers/*.ts.')]
  })
}

function danglingIn(design: Design, row: WorkItem): readonly Problem[] {
  return (['elements', 'flows', 'requirements'] as const).flatMap(field =>
    Object.keys(row[field] ?? {})
      .filter(id => tableOf(id) !== field || entityOf(design, id) === undefined)
      .map(id => error(row.id, 'workItem.link', `${id} is not one of the design's ${field}.`, 'Choose one that is.')),
  )
}

function error(at: string, code: string, message: string, cure: string): Problem {
  return { code, severity: 'error', at, message, cure }
}
