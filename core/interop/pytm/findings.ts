import type { Building } from '../reading/building.ts'
import { addDrawnThreat } from '../reading/drawn-threats.ts'
import { foreignOf } from '../reading/foreign.ts'
import type { Item } from '../reading/items.ts'
import { defined, fitting, idOf, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { decisionOf } from '../threat-dragon/words.ts'
import type { Model } from './read.ts'
import { type Find, finderOf, withoutDefaults } from './values.ts'

/** A finding, where it stands, and the object it stands in, if any. */
type Found = { readonly raw: Raw; readonly at: string; readonly on: Item | undefined }

/**
 * Findings of pytm's own rules become threats, known by rule and target: their ids are a running counter, which shifts with every
 * rule and element that is added.
 */
export function addFindings(building: Building, model: Model, root: Raw): void {
  const seen = new Map<string, number>()
  const hangers = [...model.elements, ...model.flows]
  const find = finderOf(hangers)
  const counted = countersOf(hangers)
  for (const found of findingsIn(building, hangers, root)) {
    const { raw } = found
    const on = found.on ?? targetOf(raw, { find, counted })
    const key = JSON.stringify([on?.id ?? idOf(raw.target) ?? '', idOf(raw.threat_id) ?? lineOf(raw.description, 1000) ?? ''])
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    // A dump may hold one finding twice: in its list, and within what it is on.
    if (found.on === undefined || times === 1)
      addFinding(building, found, { on, origin: [key, ...(times > 1 ? [String(times)] : [])] })
  }
}

type Known = { readonly find: Find; readonly counted: ReadonlyMap<string, Item> }

/** By its counter where that leads to something of the target's name, since two may share the name; by the name else. */
function targetOf(raw: Raw, { find, counted }: Known): Item | undefined {
  const name = idOf(raw.target)
  const on = counted.get(idOf(raw.id) ?? '')
  return on && (name === undefined || on.originalId === name) ? on : find(raw.target)
}

/** Whatever names a finding by its counter is on it; that holds within one file. */
function countersOf(items: readonly Item[]): ReadonlyMap<string, Item> {
  const known = new Map<string, Item>()
  for (const item of items)
    for (const one of listOf(item.raw.findings)) {
      const id = idOf(one)
      if (id !== undefined && !known.has(id)) known.set(id, item)
    }
  return known
}

function findingsIn({ report }: Building, items: readonly Item[], root: Raw): readonly Found[] {
  const own = listOf(root.findings).flatMap((value, i): Found[] => {
    const raw = recordOf(value)
    if (raw) return [{ raw, at: `/findings/${i}`, on: undefined }]
    report.losses.push({ at: `/findings/${i}`, what: 'One finding', why: 'It is no object: nothing can be read from it.' })
    return []
  })
  const nested = items.flatMap(item =>
    listOf(item.raw.findings).flatMap((value, i): Found[] => {
      const raw = recordOf(value)
      return raw ? [{ raw, at: `${item.place.at}/findings/${i}`, on: item }] : []
    }),
  )
  return [...own, ...nested]
}

type On = { readonly on: Item | undefined; readonly origin: readonly string[] }

function addFinding(building: Building, { raw: whole, at }: Found, { on, origin }: On): void {
  const raw = withoutDefaults(whole)
  const place = { at, report: building.report }
  const statement = lineOf(raw.description, 4000) ?? idOf(raw.threat_id)
  const response = lineOf(raw.response, 4000)
  const word = /^(mitigated|transferred|avoided|accepted)\b[\s:;,.–-]*/i.exec(response ?? '')
  const reason = word ? lineOf(response?.slice(word[0].length), 4000) : response
  const used = ['id', 'response', 'threat_id', ...(on ? ['target'] : []), ...fitting(raw, { details: 100_000 })]
  if (raw.description === statement) used.push('description')
  addDrawnThreat(
    building,
    {
      place: at,
      originalId: idOf(raw.threat_id),
      statement,
      description: textOf(raw.details),
      categories: [],
      decision: response === undefined ? 'open' : word ? decisionOf(word[1]) : 'unclear',
      answer: word ? reason : undefined,
      status: response,
      foreign: foreignOf(raw, new Set(used), place),
    },
    {
      ...defined({
        elements: on?.id.startsWith('E-') ? { [on.id]: true as const } : undefined,
        flows: on?.id.startsWith('F-') ? { [on.id]: true as const } : undefined,
      }),
      origin: [building.model, '/findings', ...origin],
    },
  )
  tally(building.report, at, {
    what: count => `Category, likelihood and impact of ${many(count, 'finding')}`,
    why: 'The words of a rule for its severity and likelihood hold for any system: kept under foreign. Choose a category and estimate both.',
  })
}
