import type { Category, Mitigation, Threat } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { addDrawnThreat, type ThreatOn } from '../reading/drawn-threats.ts'
import { foreignOf } from '../reading/foreign.ts'
import { byName, type Item, originOf, tellMissing } from '../reading/items.ts'
import { defined, fitting, idOf, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { categoryOf, decisionOf } from '../threat-dragon/words.ts'
import type { Lists } from './read.ts'

/** A mitigation with the threats it is used against, and the least that any of these uses says of it. */
type Use = { readonly threats: Record<string, true>; readonly states: Set<string> }
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
      const use = recordOf(value)
      const name = idOf(use?.threat)
      const threat = name === undefined ? undefined : threats.get(name)
      if (!threat || !use) tellMissing(item, `threats/${i}`, name)
      else {
        used.add(threat)
        const origin = [building.model, 'threats', item.originalId ?? item.id, String(name), String(i)]
        const id = addThreat(building, threat, { use, on: { [field]: { [item.id]: true as const }, origin } })
        noteUses(item, { at: `threats/${i}/mitigations`, list: use.mitigations, id }, { mitigations, uses })
      }
    }
  }
  for (const threat of lists.threats)
    if (!used.has(threat)) addThreat(building, threat, { use: {}, on: { origin: [building.model, 'threats', threat.id] } })
  for (const mitigation of lists.mitigations) addMitigation(building, mitigation, uses.get(mitigation.id))
}

function addThreat(building: Building, threat: Item, { use, on }: { use: Raw; on: ThreatOn }): string {
  const { raw, place, originalId } = threat
  const risk = recordOf(raw.risk)
  const named = listOf(raw.categories).map(value => lineOf(value, 400) ?? '')
  const categories = named.flatMap(name => categoryOf(name.replace(/privileges$/i, 'privilege'), 'STRIDE')?.category ?? [])
  const cwe = listOf(raw.cwes).flatMap(value => (/^CWE-[0-9]{1,5}$/.test(String(value)) ? [String(value)] : []))
  const state = lineOf(use.state, 400)
  const decided = state === undefined ? 'open' : decisionOf(state)
  const description = textOf(raw.description)
  const statement = lineOf(raw.name, 4000) ?? lineOf(description, 4000)
  const keys = ['id', ...fitting(raw, { description: 100_000 }), ...(raw.name === statement ? ['name'] : [])]
  if (new Set(categories).size === named.length) keys.push('categories')
  if (cwe.length === listOf(raw.cwes).length) keys.push('cwes')
  if (named.length > categories.length || named.length === 0) tellCategory(threat)
  const id = addDrawnThreat(
    building,
    {
      place: place.at,
      originalId,
      statement,
      description,
      categories: [...new Set<Category>(categories)],
      decision: decided === 'unclear' || decided === 'mitigated' ? 'open' : decided,
      answer: undefined,
      status: state,
      foreign: foreignOf({ ...raw, ...(state === undefined ? {} : { state }) }, new Set(keys), place),
    },
    on,
  )
  const row = building.threats[id]
  const weaknesses = cwe.length > 0 ? (Object.fromEntries(cwe.map(one => [one, true as const])) as Threat['cwe']) : undefined
  const rating = { likelihood: stepOf(risk?.likelihood), impactScale: stepOf(risk?.impact) }
  if (row) building.threats[id] = { ...row, ...defined({ ...rating, cwe: weaknesses }) }
  return id
}

/** Per cent to five steps of twenty each. */
function stepOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 100 ? Math.max(1, Math.ceil(value / 20)) : undefined
}

function tellCategory({ place }: Item): void {
  tally(place.report, place.at, {
    what: count => `Category of ${many(count, 'threat')}`,
    why: 'It is no STRIDE value, or none is stated: kept under foreign; choose a category.',
  })
}

type Noted = { readonly at: string; readonly list: unknown; readonly id: string }

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
    const use = uses.get(mitigation.id) ?? { threats: {}, states: new Set<string>() }
    use.threats[id] = true
    use.states.add(lineOf(recordOf(value)?.state, 100) ?? 'no state')
    uses.set(mitigation.id, use)
  }
}

/** Implemented when every use says so: one that is open somewhere is not done. */
function addMitigation(building: Building, mitigation: Item, use: Use | undefined): void {
  const { raw, place, id } = mitigation
  const states = [...(use?.states ?? [])]
  const status: Mitigation['status'] =
    states.length > 0 && states.every(state => state.toLowerCase() === 'implemented') ? 'implemented' : 'planned'
  const statement = lineOf(raw.name, 4000) ?? lineOf(raw.description, 4000)
  const keys = raw.name === statement ? ['name'] : []
  const { provenance, foreign } = originOf(building, mitigation, { keys, texts: { description: 100_000 } })
  if (status === 'planned')
    tally(place.report, place.at, {
      what: count => `States (${states.sort().join(', ') || 'none'}) of ${many(count, 'mitigation')}`,
      why: 'Where not every use is implemented it counts as planned; the words are kept under foreign.',
    })
  const description = textOf(raw.description)
  building.mitigations[id] = defined({
    id,
    statement: statement ?? 'Unnamed mitigation',
    threats: use?.threats,
    status,
    description: lineOf(description, 4000) === statement ? undefined : description,
    provenance,
    foreign: status === 'planned' && states.length > 0 ? { ...foreign, states } : foreign,
  })
}
