import { idOf, lineOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { type Entry, type Find, finderOf, follow, type Reading } from './entries.ts'
import type { Lists } from './read.ts'

/** What the file says of a threat elsewhere. */
export type Facts = { readonly risks: readonly Entry[]; readonly responses: readonly Entry[] }

export type Risks = {
  /** By the threat they are about. */
  readonly factsOf: (threat: Entry) => Facts
  /** Finds the threat that a response answers; a response is called by its type and its risk. */
  readonly answeredBy: Find
  /** What leads to no threat of the file. */
  readonly loose: readonly Entry[]
}

const NOTHING: Facts = { risks: [], responses: [] }

/** Joins risks to threats, and responses to the risks they answer. */
export function risksOf(reading: Reading, lists: Lists): Risks {
  const threat = finderOf(lists.threats)
  const risk = finderOf(lists.risks)
  const facts = new Map<Entry, { risks: Entry[]; responses: Entry[] }>()
  const threatOf = new Map<Entry, Entry>()
  const answered = new Map<string, Entry>()
  const loose: Entry[] = []
  const note = (entry: Entry, list: keyof Facts, found: Entry | undefined) => {
    const known = (found && facts.get(found)) ?? { risks: [], responses: [] }
    if (found) facts.set(found, known)
    const held = found ? known[list] : loose
    held.push(entry)
  }
  for (const entry of lists.risks) {
    const found = follow(reading, { from: entry, node: entry.node, attribute: 'threat', find: threat })
    if (found) threatOf.set(entry, found)
    note(entry, 'risks', found)
  }
  for (const entry of lists.responses) {
    const about = follow(reading, { from: entry, node: entry.node, attribute: 'risk', find: risk })
    const found = about && threatOf.get(about)
    if (about && found) answered.set(`${typeOf(entry)} ${about.originalId}`.toLowerCase(), found)
    note(entry, 'responses', found)
  }
  return {
    factsOf: entry => facts.get(entry) ?? NOTHING,
    answeredBy: name => (name === undefined ? undefined : answered.get(name.toLowerCase())),
    loose,
  }
}

function typeOf({ raw }: Entry): string {
  return lineOf(raw.type, 100) ?? ''
}

/** What becomes of risks and of decisions about them. */
export function tellFacts(threat: Entry, { risks, responses }: Facts): void {
  const { report } = threat.place
  for (const { place } of risks)
    tally(report, place.at, {
      what: count => `Names and misuse cases of ${many(count, 'risk')}`,
      why: 'Risk is computed here from the threat; what the file tells of it is kept under foreign of the threat.',
    })
  for (const response of responses) {
    const type = typeOf(response)
    if (/^(accept|transfer)$/i.test(type)) ask(threat, response)
    else
      tally(report, response.place.at, {
        what: count => `Response "${type.slice(0, 80)}" to ${many(count, 'risk')}`,
        why: 'It says what sort of measure is wanted; the measures themselves become mitigations. Kept under foreign of the threat.',
      })
  }
}

/** The file decides on a risk in an environment and names nobody who answers for it; a decision here stands for the whole threat. */
function ask({ id, place }: Entry, response: Entry): void {
  const risk = idOf(response.raw.risk)?.slice(0, 80) ?? ''
  place.report.problems.push({
    code: 'import.noOwner',
    severity: 'warning',
    at: id,
    message: `The file answers the risk "${risk}" of this threat with "${typeOf(response)}", but names nobody who decided it, so it counts as open.`,
    cure: 'Decide it again: mitigate, accept, transfer or avoid.',
  })
}
