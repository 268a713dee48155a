import { rowsOf } from '../model/table.ts'
import type { Design, Table } from '../model/types.ts'
import { type GatePacks, linksOf } from './links.ts'
import { problemsOf, type Scope } from './scope.ts'
import type { Slice } from './slice.ts'

/** What the slice of a work item holds. Unresolved boundaries count wherever they are: nobody knows whom they enclose. */
export function scopeOfSlice(design: Design, packs: GatePacks, input: { slice: Slice; at: string }): Scope {
  const { slice, at } = input
  const links = linksOf(design, packs, at)
  const crossed = new Set(slice.boundaries)
  return {
    design,
    at,
    elements: pick(design.elements, slice.elements),
    flows: pick(design.flows, slice.flows),
    interactions: slice.flows.flatMap(id => links.interactions.get(id) ?? []),
    boundaries: rowsOf(design.boundaries).filter(row => row.membership === 'unresolved' || crossed.has(row.id)),
    data: pick(design.data, slice.data),
    requirements: pick(design.requirements, slice.requirements),
    findings: slice.findings,
    threats: slice.threats,
    acceptances: pick(design.acceptances, slice.acceptances),
    threatProblems: problemsOf(design, packs.rules),
    controls: packs.controls,
    work: { item: slice.workItem, slice, decision: slice.decision },
  }
}

function pick<Row>(table: Table<Row>, ids: readonly string[]): readonly Row[] {
  return ids.flatMap(id => {
    const row = table[id]
    return row === undefined ? [] : [row]
  })
}
