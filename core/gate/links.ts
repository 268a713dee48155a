import { flowsAt } from '../dfd/flows-at.ts'
import { type Interaction, interactionsOn } from '../dfd/interactions.ts'
import type { ThreatState } from '../mitigations/derive.ts'
import { threatStates } from '../mitigations/derive.ts'
import { rowAt, rowsOf } from '../model/table.ts'
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
  /** By flow. */
  readonly interactions: Lookup<Interaction>
}

type Lookup<T> = { readonly get: (id: string) => readonly T[] | undefined }

export function linksOf(design: Design, packs: GatePacks, at: string): Links {
  const derived = deriveFindings(design, packs.rules)
  return {
    flowsAt: { get: id => flowsAt(design.flows, id).filter(flow => flow.outOfScope === undefined) },
    requirementsOn: requirementsOn(design.requirements),
    findingsOn: { get: derived.on },
    threatsOn: threatsOn(threatStates(design, packs, at)),
    interactions: { get: id => interactionsOf(design, id) },
  }
}

function interactionsOf(design: Design, id: string): readonly Interaction[] {
  const flow = rowAt(design.flows, id)
  return flow ? interactionsOn(design, flow) : []
}

const requirementsOn = memoLast((requirements: Table<Requirement>) =>
  groupBy(rowsOf(requirements), row => [...keys(row.elements), ...keys(row.flows)]),
)

/** A threat hangs on its findings and flows; only one that names neither hangs on its elements. */
const threatsOn = memoLast((states: readonly ThreatState[]) =>
  groupBy(states, ({ threat }) => {
    const near = [...keys(threat.findings), ...keys(threat.flows)]
    return near.length > 0 ? near : keys(threat.elements)
  }),
)

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
