import { labelOf } from '../../core/model/lookup.ts'
import type { Design } from '../../core/model/types.ts'
import { byText } from '../../core/support/order.ts'
import type { MergedFinding } from '../../core/threats/merged.ts'
import { type Facts, standingsNow } from './facts.ts'
import { membersOf } from './merged.ts'

/** What the place of a row in the register follows from; need is likelihood times impact. */
export type Ranked = { readonly id: string; readonly subject: string; readonly need: number }

/** Graver first, then by what it is about: the order in which the register is read. */
export function byNeed(a: Ranked, b: Ranked): number {
  return b.need - a.need || byText(a.subject, b.subject) || byText(a.id, b.id)
}

/** Where findings shown as one stand in the register: the gravest of them says. */
export function rankOf(design: Design, merged: MergedFinding): Ranked {
  const { id, subject } = merged.lead
  const need = membersOf(merged).reduce((most, { likelihood, impact }) => Math.max(most, likelihood * impact), 0)
  return { id, subject: labelOf(design, subject), need }
}

/** The finding in the first row of those that ask, as the register shows them; undefined where none asks. */
export function firstAsking(design: Design, facts: Facts): MergedFinding | undefined {
  const standings = standingsNow(design, facts)
  const [first] = facts
    .merged()
    .filter(({ lead }) => standings.get(lead.id) === 'triage')
    .map(merged => ({ ...rankOf(design, merged), merged }))
    .sort(byNeed)
  return first?.merged ?? facts.asking()[0]
}
