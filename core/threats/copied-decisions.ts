import { copiedProvenance, type Pasted } from '../dfd/copied.ts'
import type { Change } from '../model/change.ts'
import { newId } from '../model/identity.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { Design, Mitigation, Stamp, Threat, Triage } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import type { FindingOn } from './finding.ts'
import { findingId } from './place.ts'

/** What people decided about things that are copied. */
export type Decisions = {
  readonly triage: readonly Triage[]
  readonly threats: readonly Threat[]
  readonly mitigations: readonly Mitigation[]
}

/** The decisions on findings of these things, the threats they led to, and what is done about those. Acceptances stay behind: a signature is for one thing. */
export function decisionsOn(design: Design, ids: readonly string[]): Decisions {
  const chosen = new Set(ids)
  const triage = rowsOf(design.triage).filter(({ subject }) => chosen.has(subject.flow ?? subject.element ?? ''))
  const findings = new Set(triage.map(row => row.id))
  const threats = rowsOf(design.threats).filter(
    row =>
      idsOf(row.findings).some(id => findings.has(id)) ||
      [...idsOf(row.elements), ...idsOf(row.flows)].some(id => chosen.has(id)),
  )
  const known = new Set(threats.map(row => row.id))
  return { triage, threats, mitigations: rowsOf(design.mitigations).filter(row => idsOf(row.threats).some(id => known.has(id))) }
}

/**
 * Binds copied decisions to the findings of the copies. Whoever pastes decides anew, so the decision carries their name and day;
 * a copied mitigation is planned again, because nothing was shown about the copy. A duplicate whose original was not copied asks again.
 */
export function carryDecisions(
  design: Design,
  decisions: Decisions,
  ids: Pasted['ids'],
  stamp: Stamp,
): Result<readonly Change[]> {
  if (stamp.kind === 'ai')
    return refuse({
      code: 'paste.ai',
      message: 'An AI may open a threat; only a person carries decisions over.',
      cure: 'Paste without the decisions.',
    })
  const findings = new Map<string, { readonly row: Triage; readonly on: FindingOn; readonly id: string }>()
  for (const row of decisions.triage) {
    const on = onCopies(row, ids)
    if (on) findings.set(row.id, { row, on, id: findingId(row.subject.rule, on) })
  }
  const bound = (id: string) => findings.get(id)?.id
  const triage = [...findings.values()].flatMap(({ row, on, id }): Change[] => {
    const original = row.duplicateOf === undefined ? undefined : bound(row.duplicateOf)
    if (hasRow(design.triage, id) || (row.duplicateOf !== undefined && original === undefined)) return []
    const { kind: _kind, ...objects } = on
    const { duplicateOf: _old, ...kept } = row
    const subject = { rule: row.subject.rule, ...objects }
    const duplicate = original === undefined ? {} : { duplicateOf: original }
    return [{ kind: 'put', table: 'triage', row: { ...kept, ...duplicate, id, subject, at: stamp.at, by: stamp.by } }]
  })
  const taken = new Set<string>()
  const fresh = (prefix: 'T' | 'M') => {
    const table = prefix === 'T' ? design.threats : design.mitigations
    const id = newId(prefix, stamp.random, one => taken.has(one) || hasRow(table, one))
    taken.add(id)
    return id
  }
  const made = new Map(decisions.threats.map(row => [row.id, fresh('T')]))
  const threats = decisions.threats.map((row): Change => {
    const links = {
      findings: relinked(row.findings, bound),
      elements: relinked(row.elements, id => ids.get(id)),
      flows: relinked(row.flows, id => ids.get(id)),
      data: relinked(row.data, id => ids.get(id)),
    }
    return { kind: 'put', table: 'threats', row: copied(row, { id: made.get(row.id) as string, links, stamp }) }
  })
  const mitigations = decisions.mitigations.map((row): Change => {
    const links = { threats: relinked(row.threats, id => made.get(id)) }
    return { kind: 'put', table: 'mitigations', row: { ...copied(row, { id: fresh('M'), links, stamp }), status: 'planned' } }
  })
  return ok([...triage, ...threats, ...mitigations])
}

/** The objects of the copy that stand where the decided ones stood. */
function onCopies({ subject }: Triage, ids: Pasted['ids']): FindingOn | undefined {
  const { element, flow, source, target, direction = 'forward' } = subject
  if (element !== undefined) {
    const copy = ids.get(element)
    return copy === undefined ? undefined : { kind: 'element', element: copy }
  }
  const copies = { flow: ids.get(flow ?? ''), source: ids.get(source ?? ''), target: ids.get(target ?? '') }
  if (copies.flow === undefined || copies.source === undefined || copies.target === undefined) return undefined
  return { kind: 'interaction', flow: copies.flow, source: copies.source, target: copies.target, direction }
}

type Links = Readonly<Record<string, true>> | undefined

function relinked(links: Links, to: (id: string) => string | undefined): Links {
  const next = idsOf(links).flatMap(id => to(id) ?? [])
  return next.length > 0 ? Object.fromEntries(next.map(id => [id, true as const])) : undefined
}

/** The row under a new id with other links; a link map that came out empty is left away. */
function copied<Row extends Threat | Mitigation>(
  row: Row,
  { id, links, stamp }: { readonly id: string; readonly links: Readonly<Record<string, Links>>; readonly stamp: Stamp },
): Row {
  const next: Record<string, unknown> = { ...row, id, provenance: copiedProvenance(row.provenance, stamp) }
  delete next.foreign
  for (const [field, link] of Object.entries(links)) {
    if (link) next[field] = link
    else delete next[field]
  }
  return next as Row
}
