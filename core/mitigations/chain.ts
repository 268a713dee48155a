import { rowsOf } from '../model/table.ts'
import type { Design } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import type { TraceRow } from './trace.ts'

/** What hangs together with one object, from the duty to the check; each list by id. */
export type Chain = {
  readonly requirements: readonly string[]
  readonly subjects: readonly string[]
  readonly threats: readonly string[]
  readonly mitigations: readonly string[]
  readonly checks: readonly string[]
}

/** The thread through an object: R -> E, F or D -> T -> M -> C, out of the rows of the trace that touch it. */
export function chainOf(design: Design, rows: readonly TraceRow[], id: string): Chain {
  const touching = rows.filter(row => touches(design, row, id))
  const linked = rowsOf(design.requirements).filter(row => row.status !== 'retired' && subjectsIn(row).includes(id))
  const own = design.requirements[id]
  const isSubject = design.elements[id] || design.flows[id] || design.data[id]
  const threatened = touching.flatMap(row => (row.threat === undefined ? [] : subjectsIn(design.threats[row.threat])))
  return {
    requirements: own ? [id] : unique([...touching.flatMap(row => row.requirements), ...linked.map(row => row.id)]),
    subjects: isSubject ? [id] : unique(own ? subjectsIn(own) : threatened),
    threats: unique(touching.flatMap(row => row.threat ?? [])),
    mitigations: unique(touching.flatMap(row => row.mitigation ?? [])),
    checks: unique(touching.flatMap(row => row.checks)),
  }
}

function touches({ threats }: Design, row: TraceRow, id: string): boolean {
  if (row.threat === id || row.mitigation === id || row.acceptance === id || row.finding === id) return true
  if (row.requirements.includes(id)) return true
  const threat = row.threat === undefined ? undefined : threats[row.threat]
  return subjectsIn(threat).includes(id) || idsOf(threat?.findings).includes(id)
}

type Links = { readonly [field in 'elements' | 'flows' | 'data']?: Readonly<Record<string, true>> }

function subjectsIn(row: Links | undefined): readonly string[] {
  return [...idsOf(row?.elements), ...idsOf(row?.flows), ...idsOf(row?.data)]
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort(byText)
}
