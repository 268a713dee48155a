import { canonicalJson } from '../core/model/canonical.ts'
import { type Change, patchRow } from '../core/model/change.ts'
import { flatFields } from '../core/model/diff.ts'
import { accepts, rowProblem } from '../core/model/parse.ts'
import type { AnyRow, TableName } from '../core/model/types.ts'
import { ok, type Problem, type Result } from '../core/support/result.ts'
import { type Cell, GONE, type Roots } from './layout.ts'
import type { Mirror } from './mirror.ts'

type Target = {
  readonly table: TableName
  readonly id: string
  readonly before: AnyRow | undefined
  readonly after: AnyRow | undefined
}

/** Units of a row's JSON; a longer one would not fit the largest update a peer accepts. */
const ROW_LIMIT = 200_000

/** The cells that make the changes true, and no more: what stays equal is not written, so that it cannot win over a peer. */
export function cellsFor(changes: readonly Change[], roots: Roots, mirror: Mirror): Result<readonly Cell[]> {
  const targets = [...outcomeOf(changes, mirror).values()]
  const [first, ...rest] = targets.flatMap(problemsOf)
  if (first) return { ok: false, problems: [first, ...rest] }
  return ok(targets.flatMap(target => cellsOf(target, roots, mirror)))
}

/** The last word of the changes on each row they name; the meaning is that of core/model/change.ts. */
function outcomeOf(changes: readonly Change[], mirror: Mirror): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>()
  for (const change of changes) {
    const id = change.kind === 'put' ? change.row.id : change.id
    const name = `${change.table}/${id}`
    const known = targets.get(name)
    const before = known ? known.before : mirror.row(change.table, id)
    const now = known ? known.after : before
    if (change.kind === 'patch' && !now) continue // a peer took the row away, and that stands
    targets.set(name, { table: change.table, id, before, after: after(change, now) })
  }
  return targets
}

function after(change: Change, row: AnyRow | undefined): AnyRow | undefined {
  if (change.kind === 'put') return change.row
  return change.kind === 'patch' && row ? patchRow(row, change.fields) : undefined
}

function problemsOf({ table, id, before, after }: Target): Problem[] {
  if (after === undefined || after === before) return []
  if (!accepts(table, after)) {
    const problem = rowProblem(table, id, after)
    return problem ? [{ ...problem, code: 'edit.unfit', cure: 'Correct the value; nothing was changed.' }] : []
  }
  if (JSON.stringify(after).length <= ROW_LIMIT) return []
  const message = `It would hold more than ${ROW_LIMIT.toLocaleString('en-US')} characters.`
  return [{ code: 'edit.large', severity: 'error', at: id, message, cure: 'Move long texts to a file and name it here.' }]
}

function cellsOf({ table, id, before, after }: Target, roots: Roots, mirror: Mirror): Cell[] {
  const fields = [...(mirror.fieldsOf(table, id)?.keys() ?? [])].map(path => `${id}/${path}`)
  const cleared = fields.map((key): Cell => ({ table, key, to: GONE }))
  if (after === undefined) return roots[table].has(id) ? [{ table, key: id, to: GONE }, ...cleared] : []
  if (before === undefined) return [{ table, key: id, to: { live: true, value: after } }, ...cleared]
  return changedFields(table, before, after).map(([path, value]) => ({ table, key: `${id}/${path}`, to: { live: true, value } }))
}

/** Like diffDesigns for one row of which one knows that it is there, without the tables around it. */
function changedFields(table: TableName, before: AnyRow, after: AnyRow): [path: string, value: unknown][] {
  if (before === after) return []
  const [from, to] = [flatFields(table, before), flatFields(table, after)]
  const gone = Object.keys(from).filter(path => !Object.hasOwn(to, path))
  const set = Object.entries(to).filter(([path, value]) => !isSame(from[path], value))
  return [...gone.map((path): [string, unknown] => [path, undefined]), ...set]
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b))
}
