import { boundariesAround } from '../dfd/interactions.ts'
import type { ThreatState } from '../mitigations/derive.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { Design, Flow, WorkItem } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import type { Finding } from '../threats/engine.ts'
import { type GatePacks, type Links, linksOf } from './links.ts'

/** Everything of the design that one work item touches; every list is ordered by id. */
export type SliceParts = {
  readonly workItem: WorkItem
  /** Elements the change is made in: those named, or the processes at the ends of the named flows. */
  readonly focus: readonly string[]
  /** The focus and whatever its flows lead to. */
  readonly elements: readonly string[]
  readonly flows: readonly string[]
  /** Boundaries that a flow of the slice crosses. */
  readonly boundaries: readonly string[]
  readonly data: readonly string[]
  readonly requirements: readonly string[]
  readonly findings: readonly Finding[]
  readonly threats: readonly ThreatState[]
  readonly mitigations: readonly string[]
  readonly acceptances: readonly string[]
}

/**
 * The slice before it has a digest. Flows are those named and those between named elements; when a work item
 * names no flow, all that touch its elements. Requirements are those named and those linked to focus or flows.
 */
export function slicePartsOf(design: Design, packs: GatePacks, input: { workItem: WorkItem; at: string }): SliceParts {
  const links = linksOf(design, packs, input.at)
  const { workItem } = input
  const flows = flowsOf(design, links, workItem)
  const ends = flows.flatMap(flow => [flow.source, flow.target]).filter(id => id !== undefined && inScope(design, id)) as string[]
  const named = idsOf(workItem.elements).filter(id => inScope(design, id))
  const focus = named.length > 0 ? named : sorted(processesFirst(design, ends))
  const flowIds = flows.map(flow => flow.id)
  const elements = sorted([...focus, ...ends])
  const findings = findingsIn(links, [...flowIds, ...focus])
  const threats = threatsIn(links, [...findings.map(finding => finding.id), ...flowIds, ...focus])
  return {
    workItem,
    focus,
    elements,
    flows: flowIds,
    boundaries: sorted(flowIds.flatMap(id => (links.interactions.get(id) ?? []).flatMap(one => one.crossed))),
    data: dataIn(design, elements, flows),
    requirements: requirementsIn(design, links, workItem, [...flowIds, ...focus]),
    findings,
    threats,
    mitigations: sorted(threats.flatMap(state => state.mitigations.map(mitigation => mitigation.id))),
    acceptances: acceptancesOn(design, threats),
  }
}

/** Boundaries around the slice's elements, crossed or not. */
export function boundariesAroundSlice(design: Design, parts: SliceParts): readonly string[] {
  return sorted(parts.elements.flatMap(id => boundariesAround(design, id)))
}

function flowsOf(design: Design, links: Links, workItem: WorkItem): readonly Flow[] {
  const elements = workItem.elements ?? {}
  const touching = idsOf(elements).flatMap(id => links.flowsAt.get(id) ?? [])
  const named = idsOf(workItem.flows).flatMap(id => {
    const flow = design.flows[id]
    return flow && flow.outOfScope === undefined ? [flow] : []
  })
  const between = touching.filter(flow => hasEnd(elements, flow.source) && hasEnd(elements, flow.target))
  const chosen = Object.keys(workItem.flows ?? {}).length > 0 ? [...named, ...between] : touching
  return [...new Map(chosen.map(flow => [flow.id, flow])).values()].sort((a, b) => byText(a.id, b.id))
}

function hasEnd(elements: Readonly<Record<string, true>>, id: string | undefined): boolean {
  return id !== undefined && Object.hasOwn(elements, id)
}

function inScope(design: Design, id: string | undefined): boolean {
  const element = id === undefined ? undefined : design.elements[id]
  return element !== undefined && element.outOfScope === undefined
}

function processesFirst(design: Design, ends: readonly string[]): readonly string[] {
  const processes = ends.filter(id => design.elements[id]?.kind === 'process')
  return processes.length > 0 ? processes : ends
}

function findingsIn(links: Links, places: readonly string[]): readonly Finding[] {
  const found = places.flatMap(id => links.findingsOn.get(id) ?? []).filter(finding => finding.applicability === 'applies')
  return uniqueBy(found, finding => finding.id)
}

function threatsIn(links: Links, places: readonly string[]): readonly ThreatState[] {
  return uniqueBy(
    places.flatMap(id => links.threatsOn.get(id) ?? []),
    state => state.threat.id,
  )
}

function requirementsIn(design: Design, links: Links, workItem: WorkItem, places: readonly string[]): readonly string[] {
  const linked = places.flatMap(id => links.requirementsOn.get(id) ?? []).filter(row => row.status !== 'retired')
  const named = idsOf(workItem.requirements).filter(id => hasRow(design.requirements, id))
  return sorted([...named, ...linked.map(row => row.id)])
}

function dataIn(design: Design, elements: readonly string[], flows: readonly Flow[]): readonly string[] {
  const linked = [...elements.flatMap(id => idsOf(design.elements[id]?.data)), ...flows.flatMap(flow => idsOf(flow.data))]
  return sorted(linked.filter(id => hasRow(design.data, id)))
}

function acceptancesOn(design: Design, threats: readonly ThreatState[]): readonly string[] {
  const held = new Set(threats.map(state => state.threat.id))
  return sorted(
    rowsOf(design.acceptances)
      .filter(row => held.has(row.threat))
      .map(row => row.id),
  )
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort(byText)
}

function uniqueBy<T>(values: readonly T[], keyOf: (value: T) => string): readonly T[] {
  return [...new Map(values.map(value => [keyOf(value), value])).values()].sort((a, b) => byText(keyOf(a), keyOf(b)))
}
