import { rowAt } from '../../model/table.ts'
import type { Category, Mitigation, Threat } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { addDrawnThreat, type ThreatOn } from '../reading/drawn-threats.ts'
import { foreignOf } from '../reading/foreign.ts'
import { byName, type Item, originOf, tellMissing } from '../reading/items.ts'
import { defined, fitting, idOf, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { categoryOf, decisionOf, wordFor } from '../threat-dragon/words.ts'
import { isUnknown, type Ours, withOurs, withoutOurs } from './ours.ts'
import type { Lists } from './read.ts'

/** A mitigation with the threats it is used against, and the least that any of these uses says of it. */
type Use = { readonly threats: Record<string, true>; readonly states: Set<string>; readonly words: Record<string, string> }
type Uses = Map<string, Use>

/**
 * The file defines threats once and says of each component and flow which it has, and how far that is; each of those is a threat
 * here, since one may be mitigated where another is not.
 */
export function addThreats(building: Building, lists: Lists): void {
  const threats = byName(lists.threats)
  const mitigations = byName(lists.mitigations)
  const used = new Set<Item>()
  const uses: Uses = new Map()
  for (const item of [...lists.components, ...lists.flows]) {
    const field = item.noun === 'component' ? 'elements' : 'flows'
    for (const [i, value] of listOf(item.raw.threats).entries()) {
      const given = recordOf(value)
      const { raw: use, ours } = given ? withoutOurs(given) : { raw: undefined, ours: lists.oursOf(item) }
      const name = idOf(use?.threat)
      const threat = name === undefined ? undefined : threats.get(name)
      if (!threat || !use) tellMissing(item, `threats/${i}`, name)
      else {
        used.add(threat)
        const origin = [building.model, 'threats', item.originalId ?? item.id, String(name), String(i)]
        const on = { [field]: { [item.id]: true as const }, origin }
        const id = addThreat(building, threat, { use, ours, own: lists.oursOf(threat), on })
        noteUses(item, { at: `threats/${i}/mitigations`, list: use.mitigations, id }, { mitigations, uses })
      }
    }
  }
  for (const threat of lists.threats)
    if (!used.has(threat)) {
      const own = lists.oursOf(threat)
      addThreat(building, threat, { use: {}, ours: own, own, on: { origin: [building.model, 'threats', threat.id] } })
    }
  for (const mitigation of lists.mitigations)
    addMitigation(building, mitigation, { use: uses.get(mitigation.id), ours: lists.oursOf(mitigation) })
}

/** A use of a threat: what it says, and what a file of ours carries of the use and of the threat itself. */
type Using = { readonly use: Raw; readonly ours: Ours; readonly own: Ours; readonly on: ThreatOn }

function addThreat(building: Building, threat: Item, { use, ours, own, on }: Using): string {
  const { raw, place, originalId } = threat
  const risk = recordOf(raw.risk)
  const named = listOf(raw.categories).map(value => lineOf(value, 400) ?? '')
  const categories = named.flatMap(name => strideOf(name) ?? [])
  const cwe = listOf(raw.cwes).flatMap(value => (/^CWE-[0-9]{1,5}$/.test(String(value)) ? [String(value)] : []))
  const state = lineOf(use.state, 400)
  const decided = state === undefined ? 'open' : decisionOf(state)
  const description = textOf(raw.description)
  const statement = lineOf(raw.name, 4000) ?? lineOf(description, 4000)
  const isEcho = description === statement
  const keys = ['id', ...(isEcho ? [] : fitting(raw, { description: 100_000 })), ...(raw.name === statement ? ['name'] : [])]
  if (named.every(name => wordOf(name) === name)) keys.push('categories')
  if (cwe.length === listOf(raw.cwes).length) keys.push('cwes')
  if (named.length > categories.length || named.length === 0) tellCategory(threat)
  const id = addDrawnThreat(
    building,
    {
      place: place.at,
      originalId,
      ownId: ours.get('id'),
      statement,
      description: isEcho ? undefined : description,
      categories: [...new Set<Category>(categories)],
      decision: decided === 'unclear' || decided === 'mitigated' ? 'open' : decided,
      answer: ours.get('reason'),
      ownAnswers: ours.has('acceptance') ? [ours.get('acceptance') ?? ''] : undefined,
      owner: ours.get('decidedBy'),
      status: state,
      foreign: foreignOf({ ...raw, ...(state === undefined || isOurState(ours, state) ? {} : { state }) }, new Set(keys), place),
    },
    on,
  )
  const row = building.threats[id]
  const weaknesses = cwe.length > 0 ? (Object.fromEntries(cwe.map(one => [one, true as const])) as Threat['cwe']) : undefined
  const rating = {
    likelihood: isUnknown(own, 'likelihood') ? undefined : stepOf(risk?.likelihood),
    impactScale: isUnknown(own, 'impactScale') ? undefined : stepOf(risk?.impact),
  }
  if (row) building.threats[id] = withOurs('threats', { ...row, ...defined({ ...rating, cwe: weaknesses }) }, own)
  const declined = rowAt(building.acceptances, ours.get('acceptance'))
  if (declined?.threat === id) building.acceptances[declined.id] = withOurs('acceptances', declined, ours)
  return id
}

/** The STRIDE value a category names; vendors write it in capitals and in the plural. */
export function strideOf(name: string): Category | undefined {
  return categoryOf(name.replace(/privileges$/i, 'privilege'), 'STRIDE')?.category
}

function wordOf(name: string): string | undefined {
  const category = strideOf(name)
  return category && wordFor(category)
}

/** Words that we write for threats nobody declined. */
function isOurState(ours: Ours, state: string): boolean {
  return ours.has('id') && (state === 'exposed' || state === 'mitigated')
}

/** Per cent to five steps of twenty each. */
export function stepOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 100 ? Math.max(1, Math.ceil(value / 20)) : undefined
}

function tellCategory({ place }: Item): void {
  tally(place.report, place.at, {
    what: count => `Category of ${many(count, 'threat')}`,
    why: 'It is no STRIDE value, or none is stated: kept under foreign; choose a category.',
  })
}

type Noted = { readonly at: string; readonly list: unknown; readonly id: string }

/** Implemented when every use says so, verified when a file of ours adds that; without any use only our own word counts. */
function statusOf(states: readonly string[], own: string | undefined): Mitigation['status'] {
  if (states.length === 0) return own === 'implemented' || own === 'verified' ? own : 'planned'
  const isDone = states.every(state => state.toLowerCase() === 'implemented')
  return isDone ? (own === 'verified' ? own : 'implemented') : 'planned'
}

/** The word of each use, where they differ. */
function wordsOf({ states, words }: Use): { readonly uses?: Readonly<Record<string, string>> } {
  return states.size > 1 ? { uses: words } : {}
}

function noteUses(
  item: Item,
  { at, list, id }: Noted,
  { mitigations, uses }: { mitigations: ReadonlyMap<string, Item>; uses: Uses },
) {
  for (const [i, value] of listOf(list).entries()) {
    const name = idOf(recordOf(value)?.mitigation)
    const mitigation = name === undefined ? undefined : mitigations.get(name)
    if (!mitigation) {
      tellMissing(item, `${at}/${i}`, name)
      continue
    }
    const use = uses.get(mitigation.id) ?? { threats: {}, states: new Set<string>(), words: {} }
    use.threats[id] = true
    const word = lineOf(recordOf(value)?.state, 100) ?? 'no state'
    use.states.add(word)
    use.words[id] = word
    uses.set(mitigation.id, use)
  }
}

/** Implemented when every use says so: one that is open somewhere is not done. */
function addMitigation(building: Building, mitigation: Item, { use, ours }: { use: Use | undefined; ours: Ours }): void {
  const { raw, place, id } = mitigation
  const states = [...(use?.states ?? [])]
  const status = statusOf(states, ours.get('status'))
  const statement = lineOf(raw.name, 4000) ?? lineOf(raw.description, 4000)
  const keys = raw.name === statement ? ['name'] : []
  const description = textOf(raw.description)
  const isEcho = description === statement
  const { provenance, foreign } = originOf(building, mitigation, { keys, texts: isEcho ? {} : { description: 100_000 } })
  if (status === 'planned' && !ours.has('id'))
    tally(place.report, place.at, {
      what: count => `States (${states.sort().join(', ') || 'none'}) of ${many(count, 'mitigation')}`,
      why: 'Where not every use is implemented it counts as planned; the words are kept under foreign.',
    })
  const row: Mitigation = defined({
    id,
    statement: statement ?? 'Unnamed mitigation',
    threats: use?.threats,
    status,
    description: isEcho ? undefined : description,
    provenance,
    foreign: status === 'planned' && use ? { ...foreign, states, ...wordsOf(use) } : foreign,
  })
  building.mitigations[id] = withOurs('mitigations', row, ours)
}
