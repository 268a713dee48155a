import type { ThreatState } from '../../../core/mitigations/derive.ts'
import type { NamedEntry } from '../../../core/model/ledger.ts'
import { entityOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design, Provenance } from '../../../core/model/types.ts'
import type { Facts } from '../../state/facts.ts'
import { membersOf } from '../../state/merged.ts'
import { DECISION_NAMES } from '../../state/words.ts'
import { t } from '../../words/translate.ts'
import { ENTRY_NAMES, entryWords } from '../reports/ledger-model.ts'

/** One thing that happened to an object, as far as the design or the ledger still says so. */
export type Happening = {
  readonly key: string
  readonly at: string
  readonly by: string | undefined
  readonly words: string
  /** What it was about, where that is another object. */
  readonly about: string | undefined
}

/** What happened to an object, the latest first: where it came from, what was decided on it, what the ledger notes of it. */
export function historyOf(design: Design, facts: Facts, id: string, entries: readonly NamedEntry[]): readonly Happening[] {
  const own = entityOf(design, id) as { readonly provenance?: Provenance } | undefined
  const told = [
    ...cameFrom(id, own?.provenance),
    ...threatsOf(facts, id),
    ...decided(design, facts, id),
    ...noted(design, id, entries),
  ]
  // What bears the same instant stays in the order in which it must have happened, which is the reverse of how it is read.
  return told.reverse().sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

function cameFrom(id: string, from: Provenance | undefined): readonly Happening[] {
  if (!from) return []
  const words: Readonly<Record<Provenance['kind'], string>> = {
    human: t('Added'),
    rule: t('Added by a rule'),
    import: from.file ? t('Imported from {{file}}', { file: from.file }) : t('Imported'),
    ai: t('Proposed by AI'),
  }
  const confirmed = from.confirmedAt
    ? [
        {
          key: `${id} confirmed`,
          at: from.confirmedAt,
          by: from.confirmedBy,
          words: t('Confirmed by a person'),
          about: undefined,
        },
      ]
    : []
  return [{ key: `${id} added`, at: from.at, by: from.by ?? from.tool, words: words[from.kind], about: undefined }, ...confirmed]
}

function decided(design: Design, facts: Facts, id: string): readonly Happening[] {
  return facts.about(id).flatMap(merged =>
    membersOf(merged).flatMap(finding => {
      const decision = design.triage[finding.id]
      if (!decision || finding.id !== merged.lead.id) return []
      const words = `${DECISION_NAMES[decision.decision]}: ${merged.lead.title}`
      return [{ key: finding.id, at: decision.at, by: decision.by, words, about: finding.id }]
    }),
  )
}

function threatsOf(facts: Facts, id: string): readonly Happening[] {
  return threatsOn(facts, id).map(({ threat }) => ({
    key: threat.id,
    at: threat.provenance.at,
    by: threat.provenance.by,
    words: t('Threat written: {{statement}}', { statement: threat.statement }),
    about: threat.id,
  }))
}

/** The threats in the chain of an object, with their state. */
export function threatsOn(facts: Facts, id: string): readonly ThreatState[] {
  const threats = new Set(facts.chain(id).threats)
  return threats.size === 0 ? [] : facts.states().filter(({ threat }) => threats.has(threat.id))
}

/** Entries that name the object, or a work item whose slice holds it. */
function noted(design: Design, id: string, entries: readonly NamedEntry[]): readonly Happening[] {
  const items = rowsOf(design.workItems).filter(item =>
    [item.elements, item.flows, item.requirements].some(ids => ids?.[id] === true),
  )
  const names = new Set([id, ...items.map(item => item.id)])
  return entries.flatMap(named => {
    const { entry, hash } = named
    const about = [entry.payload.workItem, entry.payload.id, entry.payload.subject].find(
      (value): value is string => typeof value === 'string' && names.has(value),
    )
    if (about === undefined) return []
    const words = [ENTRY_NAMES[entry.type], entryWords(named)].filter(Boolean).join(': ')
    return [{ key: hash, at: entry.at, by: entry.actor, words, about: about === id ? undefined : about }]
  })
}
