import { changedIds, rowAt, rowsOf } from '../model/table.ts'
import type { Flow, Table } from '../model/types.ts'
import { byText } from '../support/order.ts'

/** Flows that start or end at an element, by id. After an edit only the flows it touched are sorted in again. */
export function flowsAt(flows: Table<Flow>, element: string): readonly Flow[] {
  const ids = indexOf(flows).get(element)
  return ids ? [...ids].sort(byText).flatMap(id => rowAt(flows, id) ?? []) : []
}

/** Their ids alone, in no order. */
export function flowIdsAt(flows: Table<Flow>, element: string): ReadonlySet<string> {
  return indexOf(flows).get(element) ?? NONE
}

const NONE: ReadonlySet<string> = new Set()

/** The elements a flow joins; one when the other end is loose. */
export function endsOf(flow: Flow | undefined): readonly string[] {
  return flow ? [flow.source, flow.target].filter(end => end !== undefined) : []
}

/** The last index: a memo, moved on from one state of the table to the next. */
let last: { readonly flows: Table<Flow>; readonly byEnd: Map<string, Set<string>> } | undefined

function indexOf(flows: Table<Flow>): ReadonlyMap<string, ReadonlySet<string>> {
  if (last?.flows === flows) return last.byEnd
  const changed = last && changedIds(last.flows, flows)
  if (last && changed) {
    for (const id of changed) {
      for (const end of endsOf(rowAt(last.flows, id))) last.byEnd.get(end)?.delete(id)
      for (const end of endsOf(rowAt(flows, id))) add(last.byEnd, end, id)
    }
    last = { flows, byEnd: last.byEnd }
  } else {
    const byEnd = new Map<string, Set<string>>()
    for (const flow of rowsOf(flows)) for (const end of endsOf(flow)) add(byEnd, end, flow.id)
    last = { flows, byEnd }
  }
  return last.byEnd
}

function add(byEnd: Map<string, Set<string>>, end: string, id: string): void {
  const ids = byEnd.get(end)
  if (ids) ids.add(id)
  else byEnd.set(end, new Set([id]))
}
