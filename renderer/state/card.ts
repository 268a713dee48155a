import { entityOf, labelOf, tableOf } from '../../core/model/lookup.ts'
import type { Design } from '../../core/model/types.ts'
import { spoken, t } from '../words/translate.ts'
import { type Facts, mergedOf } from './facts.ts'
import { decisionOn } from './merged.ts'
import { evidenceOn, type Recorded } from './recorded.ts'
import { DECISION_NAMES, kindName } from './words.ts'

/** What a card says of an object; a line is missing where the design says nothing. */
export type Card = {
  readonly kind: string
  readonly title: string
  readonly state: string | undefined
  readonly owner: string | undefined
  readonly chain: readonly ChainLink[]
}

/** A link of the chain: the word for it, how many there are, and the first of them. */
export type ChainLink = {
  readonly word: string
  readonly count: number
  readonly ids: readonly string[]
  readonly holds: boolean
  /** Where evidence is cited: the check to look at. */
  readonly goes?: { readonly workItem: string; readonly check: string }
}

/** The card of an object, or none where there is no such object. */
export function cardOf(design: Design, facts: Facts, id: string, recorded: ReadonlyMap<string, Recorded>): Card | undefined {
  const row = entityOf(design, id) as { readonly owner?: string; readonly decidedBy?: string } | undefined
  const finding = id.startsWith('N-') ? mergedOf(facts, id)?.lead : undefined
  if (!row && !finding) return undefined
  return {
    kind: kindOf(design, id),
    title: finding?.title ?? labelOf(design, id),
    state: stateOf(design, facts, id),
    owner: row?.owner,
    chain: chainLinks(facts, id, recorded),
  }
}

function kindOf(design: Design, id: string): string {
  const element = design.elements[id]
  return element ? kindName(element.kind) : (KINDS[tableOf(id) ?? ''] ?? '')
}

const KINDS: Readonly<Record<string, string>> = spoken({
  requirements: 'Requirement',
  assumptions: 'Assumption',
  data: 'Data asset',
  flows: 'Data flow',
  boundaries: 'Trust boundary',
  diagrams: 'Diagram',
  triage: 'Finding',
  threats: 'Threat',
  mitigations: 'Mitigation',
  acceptances: 'Answer to a threat',
  workItems: 'Work item',
})

const STATES: Readonly<Record<string, string>> = spoken({
  draft: 'Draft',
  approved: 'Approved',
  retired: 'Retired',
  planned: 'Planned',
  implemented: 'Implemented',
  verified: 'Verified',
  open: 'Open',
  mitigate: 'Mitigated',
  mitigated: 'Mitigated',
  accept: 'Accepted',
  accepted: 'Accepted',
  transfer: 'Transferred',
  transferred: 'Transferred',
  avoid: 'Avoided',
  avoided: 'Avoided',
})

function stateOf(design: Design, facts: Facts, id: string): string | undefined {
  const threat = design.threats[id] && facts.states().find(state => state.threat.id === id)
  const status =
    design.requirements[id]?.status ?? design.mitigations[id]?.status ?? threat?.response ?? design.acceptances[id]?.response
  if (status) return STATES[status] ?? status
  const element = design.elements[id]
  if (element?.outOfScope) return t('Out of scope')
  const merged = id.startsWith('N-') ? mergedOf(facts, id) : undefined
  if (!merged) return undefined
  const { state } = decisionOn(design, merged)
  return state === 'undecided' ? t('Undecided') : DECISION_NAMES[state]
}

function chainLinks(facts: Facts, id: string, recorded: ReadonlyMap<string, Recorded>): readonly ChainLink[] {
  const { requirements, subjects, threats, mitigations, checks } = facts.chain(id)
  if ([requirements, subjects, threats, mitigations, checks].every(ids => ids.length === 0)) return []
  const isOwn = [requirements, threats, mitigations].some(ids => ids.includes(id))
  const cited = evidenceOn(recorded, isOwn ? [id] : [...requirements, ...threats, ...mitigations])
  const links = [
    { word: t('Requirements'), ids: requirements },
    { word: t('Model'), ids: subjects },
    { word: t('Threats'), ids: threats },
    { word: t('Mitigations'), ids: mitigations },
    { word: t('Checks'), ids: checks },
  ].map(link => ({ ...link, count: link.ids.length, holds: link.ids.includes(id) }))
  const [first] = cited
  if (!first) return links
  const files = [...new Set(cited.flatMap(one => one.files))]
  return [...links, { word: t('Evidence'), ids: files, count: files.length, holds: false, goes: first }]
}
