import type { Building } from '../reading/building.ts'
import type { DrawnThreat } from '../reading/drawing.ts'
import { addDrawnThreat } from '../reading/drawn-threats.ts'
import { type Foreign, keptForeign } from '../reading/foreign.ts'
import { byName, type Item } from '../reading/items.ts'
import { defined, lineOf, type Raw } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Lists } from './read.ts'
import type { Risk } from './risks.ts'
import { TITLE } from './sections.ts'
import { linksAmong, type Targets } from './targets.ts'
import { DECISIONS, meaningOf, wordOf } from './words.ts'

/** What is tracked about a risk, under the id that Threagile makes for it; stars stand for anything between two @. */
export type Tracking = { readonly key: string; readonly parts: readonly string[]; readonly item: Item }

/** What is tracked, and what of it was found. */
export type Trackings = {
  readonly all: readonly Tracking[]
  /** What is tracked about a risk that stands in the file: by its whole id first, by stars else. */
  readonly of: (risk: Risk) => Tracking | undefined
  readonly isUsed: (tracking: Tracking) => boolean
}

/** Parts of ids with stars, compared with risks of their category; more than a model needs are not compared. */
const MOST_COMPARED = 5_000_000

/** The tracked decisions of a file. */
export function trackingsOf(lists: Lists): Trackings {
  const all = lists.trackings.map(item => {
    const key = String(item.raw[TITLE])
    return { key, parts: key.split('@'), item }
  })
  const exact = new Map(all.map(tracking => [tracking.key, tracking]))
  const starred = new Map<string, Tracking[]>()
  for (const tracking of all.filter(({ parts }) => parts.includes('*'))) {
    const category = tracking.parts[0] ?? ''
    const known = starred.get(category)
    if (known) known.push(tracking)
    else starred.set(category, [tracking])
  }
  const used = new Set<Tracking>()
  let compared = 0
  /** The first with stars that means the risk; past the limit none is looked at any more. */
  const starredFor = (category: string, id: readonly string[]): Tracking | undefined => {
    for (const tracking of starred.get(category) ?? []) {
      if (compared > MOST_COMPARED) return undefined
      compared += id.length
      const { parts } = tracking
      if (parts.length === id.length && parts.every((part, i) => part === '*' || part === id[i])) return tracking
    }
    return undefined
  }
  return {
    all,
    of: ({ synthetic, category }) => {
      const id = synthetic.split('@')
      const found = exact.get(synthetic) ?? starredFor(category.originalId ?? '', id)
      if (found) used.add(found)
      return found
    },
    isUsed: tracking => used.has(tracking),
  }
}

/** A decision in our words, and the building it is to be made in: who checked a risk answers for what was decided. */
export type Decided = {
  readonly building: Building
  readonly said: Pick<DrawnThreat, 'decision' | 'answer' | 'status'>
  readonly foreign: Foreign
}

/** What is tracked of a risk; one that is not tracked is open. */
export function decisionIn(building: Building, tracking: Tracking | undefined): Decided {
  if (!tracking) return { building, said: { decision: 'open', answer: undefined, status: undefined }, foreign: {} }
  const { raw, place } = tracking.item
  const status = lineOf(raw.status, 400)
  const known = status === undefined ? ('open' as const) : meaningOf(DECISIONS, status)
  const isWork = known === 'accept' || known === 'mitigated' || known === 'notApplicable' || wordOf(status) === 'in-progress'
  tell(
    tracking.item,
    'Ticket, date and words',
    'What was decided was taken over; all of it is kept under foreign of its threat as well.',
  )
  if (known === 'accept' || known === 'notApplicable')
    tally(place.report, place.at, {
      what: count => `Who carries ${many(count, 'accepted risk')}`,
      why: 'The file only says who checked it, who was taken as its owner: name who carries it.',
    })
  return {
    building: { ...building, owner: lineOf(raw.checked_by, 400) },
    said: { decision: known ?? 'unclear', answer: isWork ? lineOf(raw.justification, 4000) : undefined, status },
    foreign: { risk_tracking: { [tracking.key]: withoutTitle(raw) } },
  }
}

function tell({ place }: Item, what: string, why: string): void {
  tally(place.report, place.at, { what: count => `${what} of ${many(count, 'tracked decision')}`, why })
}

function withoutTitle({ [TITLE]: _name, ...raw }: Raw): Raw {
  return raw
}

type Around = { readonly targets: Targets; readonly trackings: Trackings }

/**
 * Threagile computes risks anew each time, so a decision may stand here without its risk. Where the model holds what the decision is
 * about, it becomes a threat with that decision, and nobody rated it; else only its words are kept, which are answered.
 */
export function addTracked(building: Building, lists: Lists, { targets, trackings }: Around): Raw {
  const categories = byName(lists.categories)
  const left: Record<string, unknown> = {}
  for (const tracking of trackings.all) {
    if (trackings.isUsed(tracking)) continue
    const isOfAnyKind = (tracking.parts[0] ?? '').includes('*')
    const parts = isOfAnyKind ? [] : tracking.parts.slice(1)
    const found = parts.flatMap(part => (part === '*' ? [] : (targets.find(part) ?? [])))
    if (found.length > 0) addThreat(building, tracking, { found, category: categories.get(tracking.parts[0] ?? ''), targets })
    else {
      left[tracking.key] = withoutTitle(tracking.item.raw)
      tellLeft(tracking, targets)
    }
  }
  return left
}

type Found = { readonly found: readonly Item[]; readonly category: Item | undefined; readonly targets: Targets }

function addThreat(building: Building, tracking: Tracking, { found, category, targets }: Found): void {
  const { item, key, parts } = tracking
  const title = lineOf(category?.raw[TITLE], 400) ?? spokenOf(parts[0] ?? '')
  const names = [...new Set(found.map(({ raw }) => lineOf(raw[TITLE], 400) ?? ''))].join(', ')
  const decided = decisionIn(building, tracking)
  const on = defined({ elements: linksAmong(found, 'E'), flows: linksAmong(found, 'F') })
  const id = addDrawnThreat(
    decided.building,
    {
      place: item.place.at,
      originalId: lineOf(key, 1000),
      statement: lineOf(`${title} at ${names}`, 4000),
      description: undefined,
      categories: [],
      ...decided.said,
      foreign: keptForeign(decided.foreign, item.place),
    },
    { ...on, origin: [building.model, '/risk_tracking', key] },
  )
  const data = linksAmong(found, 'D')
  const row = building.threats[id]
  if (row && data) building.threats[id] = { ...row, data }
  const gone = parts.slice(1).filter(part => part !== '*' && !targets.find(part) && !targets.isOther(part))
  for (const part of gone.slice(0, 10))
    item.place.report.losses.push({
      at: item.place.at,
      what: `A part of what "${key.slice(0, 80)}" is about`,
      why: `It names "${part.slice(0, 80)}", which the model does not hold: perhaps it was renamed. The rest was taken.`,
    })
  tell(
    item,
    'Category, likelihood and impact',
    'Threagile computes them, and the file does not hold them; the statement was made from the id of the risk. Choose and estimate them.',
  )
}

/** "missing-hardening" as a person would say it. */
function spokenOf(id: string): string {
  const words = id.replace(/[-_]+/g, ' ').trim()
  return words === '' ? 'Unnamed risk' : words.charAt(0).toUpperCase() + words.slice(1)
}

function tellLeft({ key, parts, item }: Tracking, targets: Targets): void {
  const names = parts.slice(1).filter(part => part !== '*')
  const why =
    names.length === 0 || parts[0]?.includes('*')
      ? `It decides about all risks ${names.length === 0 ? 'of its kind' : 'of many kinds'}, which only Threagile computes`
      : names.every(name => targets.isOther(name))
        ? 'It is about a trust boundary or a shared runtime, on which no threat here hangs'
        : `It names "${(names[0] ?? '').slice(0, 80)}", which the model does not hold: perhaps it was renamed`
  item.place.report.losses.push({
    at: item.place.at,
    what: `The decision "${wordOf(item.raw.status) ?? 'none'}" on "${key.slice(0, 80)}"`,
    why: `${why}; kept under foreign of the design.`,
  })
}
