import { rowsOf } from '../model/table.ts'
import type { Design, Triage } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import type { Finding, FindingOn } from './finding.ts'
import { findingId } from './place.ts'

/**
 * What was decided on a finding, if anything was. The id of a finding is a hash, and a large design has a hundred thousand findings of
 * which few are decided: so it is asked for only where some decision was made.
 */
export const decisionsIn = memoLast((triage: Design['triage']): ((finding: Finding) => Triage | undefined) => {
  const rows = new Map(rowsOf(triage).map(row => [row.id, row]))
  const places = new Set<string>()
  for (const row of rows.values()) {
    const on = decidedOn(row)
    // A decision that names other objects than those of its id may be on any finding.
    if (findingId(row.subject.rule, on) !== row.id) return finding => rows.get(finding.id)
    places.add(placeOf(on))
  }
  return finding => (places.has(placeOf(finding.on)) ? rows.get(finding.id) : undefined)
})

/** The objects that a decision names. */
export function decidedOn({ subject }: Pick<Triage, 'subject'>): FindingOn {
  const { flow, source = '', target = '', direction = 'forward', element = '' } = subject
  return flow === undefined ? { kind: 'element', element } : { kind: 'interaction', flow, source, target, direction }
}

function placeOf(on: FindingOn): string {
  return on.kind === 'element' ? on.element : on.flow
}
