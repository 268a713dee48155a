import { rowsOf } from '../model/table.ts'
import type { Design, Element, Flow } from '../model/types.ts'
import type { Finding } from '../threats/finding.ts'
import type { ThreatState } from './derive.ts'

/** Objects a threat is about: those its findings threaten, and those it names beyond what its findings are on. */
export function placesOfThreat({ threat }: ThreatState, findings: ReadonlyMap<string, Finding>): readonly string[] {
  const live = Object.keys(threat.findings ?? {}).flatMap(id => {
    const finding = findings.get(id)
    return finding && finding.applicability !== 'gone' ? [finding] : []
  })
  const explained = new Set(live.flatMap(({ on }) => (on.kind === 'element' ? [on.element] : [on.flow, on.source, on.target])))
  const named = [...Object.keys(threat.elements ?? {}), ...Object.keys(threat.flows ?? {})].filter(id => !explained.has(id))
  return [...new Set([...live.map(finding => finding.subject), ...named])].sort()
}

/** What must be covered, and what people put out of scope. */
export type Scope = {
  readonly elements: readonly Element[]
  readonly flows: readonly Flow[]
  readonly outside: readonly { readonly id: string; readonly reason: string }[]
}

export function scopeOf(design: Pick<Design, 'elements' | 'flows'>): Scope {
  const [elements, flows] = [rowsOf(design.elements), rowsOf(design.flows)]
  return {
    elements: elements.filter(row => row.outOfScope === undefined),
    flows: flows.filter(row => row.outOfScope === undefined),
    outside: [...elements, ...flows].flatMap(({ id, outOfScope: reason }) => (reason === undefined ? [] : [{ id, reason }])),
  }
}
