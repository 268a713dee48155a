import { interactionsOf } from '../dfd/interactions.ts'
import type { ThreatState } from '../mitigations/derive.ts'
import { threatStates } from '../mitigations/derive.ts'
import type { Design, Flow, Packs, Requirement, Table } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { deriveFindings, type Finding } from '../threats/engine.ts'

/** The packs that slices, policy and gate read. */
export type GatePacks = Pick<Packs, 'rules' | 'controls'>

/** What hangs on what, read once for each state of the design, so that a slice costs what it holds. */
export type Links = {
  readonly flowsAt: Lookup<Flow>
  readonly requirementsOn: Lookup<Requirement>
  /** By flow or element. */
  readonly findingsOn: Lookup<Finding>
  /** By finding, flow or element. */
  readonly threatsOn: Lookup<ThreatState>
  readonly interactions: Lookup<ReturnType<typeof interactionsOf>[number]>
}

type Lookup<T> = ReadonlyMap<string, readonly T[]>

export function linksOf(design: Design, packs: GatePacks, at: string): Links {
  return {
    flowsAt: flowsAt(design.flows),
    requirementsOn: requirementsOn(design.requirements),
    findingsOn: findingsOn(deriveFindings(design, packs.rules).findings),
    threatsOn: threatsOn(threatStates(design, packs, at)),
    interactions: interactionsBy(interactionsOf(design)),
  }
}

const flowsAt = memoLast((flows: Table<Flow>) =>
  groupBy(Object.values(flows), flow => (flow.outOfScope === undefined ? [flow.source, flow.target] : [])),
)

const requirementsOn = memoLast((requirements: Table<Requirement>) =>
  groupBy(Object.values(requirements), row => [...keys(row.elements), ...keys(row.flows)]),
)

const findingsOn = memoLast((findings: readonly Finding[]) =>
  groupBy(findings, finding => [finding.on.kind === 'element' ? finding.on.element : finding.on.flow]),
)

/** A threat hangs on its findings and flows; only one that names neither hangs on its elements. */
const threatsOn = memoLast((states: readonly ThreatState[]) =>
  groupBy(states, ({ threat }) => {
    const near = [...keys(threat.findings), ...keys(threat.flows)]
    return near.length > 0 ? near : keys(threat.elements)
  }),
)

const interactionsBy = memoLast((interactions: ReturnType<typeof interactionsOf>) => groupBy(interactions, one => [one.flow]))

function groupBy<T>(values: readonly T[], keysOf: (value: T) => readonly (string | undefined)[]): Lookup<T> {
  const groups = new Map<string, T[]>()
  for (const value of values)
    for (const key of new Set(keysOf(value))) {
      if (key === undefined) continue
      const group = groups.get(key)
      if (group) group.push(value)
      else groups.set(key, [value])
    }
  return groups
}

function keys(links: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return links ? Object.keys(links) : []
}
