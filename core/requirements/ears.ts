/** Sentence patterns after EARS (Mavin et al., Easy Approach to Requirements Syntax, RE'09). */
export type EarsPattern = 'ubiquitous' | 'event' | 'state' | 'optional' | 'unwanted' | 'complex' | 'none'

/** What a requirement says, taken apart. Every part is the text as written, without its keyword. */
export type Ears = {
  readonly pattern: EarsPattern
  /** After WHEN. */
  readonly trigger?: string
  /** After WHILE. */
  readonly state?: string
  /** After WHERE. */
  readonly feature?: string
  /** After IF. */
  readonly condition?: string
  /** Who shall, without its article. */
  readonly actor?: string
  /** shall, must, should, ... as written. */
  readonly modal?: string
  /** What they shall do, up to the end of the sentence. */
  readonly response?: string
  /** Where actor, modal and response start in the statement, in UTF-16 units. */
  readonly places?: { readonly actor: number; readonly modal: number; readonly response: number }
}

type Part = 'trigger' | 'state' | 'feature' | 'condition'

const PARTS: Readonly<Record<string, Part>> = { when: 'trigger', while: 'state', where: 'feature', if: 'condition' }
const PATTERNS: Readonly<Record<Part, EarsPattern>> = {
  trigger: 'event',
  state: 'state',
  feature: 'optional',
  condition: 'unwanted',
}

/** Says which pattern a sentence follows, in upper or lower case. Never refuses: what follows none is 'none'. */
export function classifyEars(statement: string): Ears {
  const main = mainClause(statement)
  if (!main) return { pattern: 'none' }
  const leading = clausesIn(statement.slice(0, main.start))
  const trailing = leading.length === 0 ? trailingClause(main.response) : undefined
  const clauses = trailing ? [trailing.clause] : leading
  const parts: { [P in Part]?: string } = {}
  for (const { part, text } of clauses) parts[part] = parts[part] === undefined ? text : `${parts[part]}, ${text}`
  return {
    pattern: patternOf(Object.keys(parts) as Part[]),
    ...parts,
    actor: main.actor,
    modal: main.modal,
    response: trailing ? trailing.response : main.response,
    places: main.places,
  }
}

function patternOf(parts: readonly Part[]): EarsPattern {
  const [only, ...more] = parts
  if (only === undefined) return 'ubiquitous'
  return more.length > 0 ? 'complex' : PATTERNS[only]
}

type Main = {
  /** Where the main clause starts. */
  readonly start: number
  readonly isSetOff: boolean
  readonly actor: string
  readonly modal: string
  readonly response: string
  readonly places: NonNullable<Ears['places']>
}

/** "shall" wins over the other verbs, which may also stand in a trigger; a clause set off by a comma wins over one that is not. */
const MODALS = [/\bshall\b/gi, /\b(?:must|will|should|would|could|can|may|might|needs? to|ha(?:s|ve) to)\b/gi]
const KEYWORD = /^(?:when|while|where|if)\b/i

function mainClause(statement: string): Main | undefined {
  for (const modals of MODALS) {
    const mains = [...statement.matchAll(modals)].flatMap(match => clauseAt(statement, match.index, match[0]) ?? [])
    const main = mains.find(found => found.isSetOff) ?? mains[0]
    if (main) return main
  }
  return undefined
}

function clauseAt(statement: string, modalAt: number, modal: string): Main | undefined {
  const before = statement.slice(0, modalAt)
  const { start, isSetOff } = startOfActor(before)
  const head = /^(?:then\s+)?(?:(?:the|an?|each|every|all|any|our)\s+)?/i.exec(before.slice(start))?.[0] ?? ''
  const actor = before.slice(start + head.length).trim()
  const responseAt = modalAt + modal.length + (/^\s*/.exec(statement.slice(modalAt + modal.length))?.[0].length ?? 0)
  const response = statement
    .slice(responseAt)
    .trim()
    .replace(/[.;\s]+$/, '')
  if (actor === '' || response === '' || actor.length > 120 || KEYWORD.test(actor)) return undefined
  return { start, isSetOff, actor, modal, response, places: { actor: start + head.length, modal: modalAt, response: responseAt } }
}

/** The actor starts after the last comma, colon or THEN; in a sentence without commas, at the last article. */
function startOfActor(before: string): { readonly start: number; readonly isSetOff: boolean } {
  const lead = /^\s*(?:[-*•]\s+)?(?:R-[0-9A-Z]{5}:?\s+)?/.exec(before)?.[0].length ?? 0
  const text = before.slice(lead)
  const stop = Math.max(lastEnd(text, /[,:;.]\s+/g), lastEnd(text, /\bthen\s+/gi))
  const clause = text.slice(stop)
  if (!KEYWORD.test(clause)) return { start: lead + stop, isSetOff: true }
  const article = lastEnd(clause, /\S\s+\S+\s(?=(?:the|an?|each|every|our)\s)/gi)
  return { start: lead + stop + article, isSetOff: false }
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length
  return end
}

type Clause = { readonly part: Part; readonly text: string }

/** The clauses that stand before the main one, each from its keyword to the next. */
function clausesIn(before: string): readonly Clause[] {
  const starts = [...before.matchAll(/(?:^\s*(?:[-*•]\s+)?|[,;:]\s*(?:and\s+)?|\sand\s+)(when|while|where|if)\s+/gi)]
  return starts.map((start, i) => {
    const text = before.slice(start.index + start[0].length, starts[i + 1]?.index ?? before.length)
    return { part: PARTS[(start[1] as string).toLowerCase()] as Part, text: text.replace(/[\s,;:]*(?:\bthen)?[\s,;:]*$/i, '') }
  })
}

/** English often says the trigger last. WHERE is left out: there it usually names a place. */
function trailingClause(response: string): { readonly clause: Clause; readonly response: string } | undefined {
  const match = /[,\s]\s*\b(when|while|if)\s+/i.exec(response)
  if (!match || match.index === 0) return undefined
  const part = PARTS[(match[1] as string).toLowerCase()] as Part
  const text = response.slice(match.index + match[0].length)
  return text === '' ? undefined : { clause: { part, text }, response: response.slice(0, match.index) }
}
