import { classifyGerman, isGerman } from './ears-german.ts'
import { type Clause, type Ears, type Part, sentenceOf } from './ears-parts.ts'
import { endWithout } from './text.ts'

const PARTS: Readonly<Record<string, Part>> = { when: 'trigger', while: 'state', where: 'feature', if: 'condition' }
/**
 * Says which pattern a sentence follows, in upper or lower case, in English or German. Never refuses: what follows none is 'none'.
 * Linear in the length of the text.
 */
export function classifyEars(statement: string): Ears {
  if (isGerman(statement)) return classifyGerman(statement)
  const main = mainClause(statement)
  if (!main) return { pattern: 'none' }
  const leading = clausesIn(statement.slice(0, main.start))
  const trailing = leading.length === 0 ? trailingClause(main.response) : undefined
  const { actor, modal, places } = main
  return sentenceOf(trailing ? [trailing.clause] : leading, {
    actor,
    modal,
    response: trailing ? trailing.response : main.response,
    places,
  })
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
  const stops = stopsIn(statement)
  for (const modals of MODALS) {
    let first: Main | undefined
    let passed = 0
    for (const { 0: modal, index } of statement.matchAll(modals)) {
      while ((stops[passed]?.end ?? Number.POSITIVE_INFINITY) <= index) passed++
      const main = clauseAt(statement, { modal, at: index, stops: stops.slice(Math.max(0, passed - MOST_LISTED), passed) })
      if (main?.isSetOff) return main
      first ??= main
    }
    if (first) return first
  }
  return undefined
}

/** Where a clause may begin: behind a comma, colon, semicolon, full stop or THEN. */
type Stop = { readonly sign: string; readonly end: number }

function stopsIn(statement: string): readonly Stop[] {
  const lead = /^\s*(?:[-*•]\s+)?(?:R-[0-9A-Z]{5}:?\s+)?/.exec(statement)?.[0].length ?? 0
  const stops = [...statement.matchAll(/([,:;.])\s+|\bthen\s+/gi)].flatMap(({ 0: text, 1: sign, index }) => {
    const end = index + text.length
    return end > lead ? [{ sign: sign ?? 'then', end }] : []
  })
  return [{ sign: '', end: lead }, ...stops]
}

/** An actor with more commas than this is no name. */
const MOST_LISTED = 6
const MOST_LETTERS = 120

type At = { readonly modal: string; readonly at: number; readonly stops: readonly Stop[] }

function clauseAt(statement: string, { modal, at, stops }: At): Main | undefined {
  const { start, isSetOff } = startOfActor(statement, at, stops)
  // What is longer is no actor; to look further back for every verb would cost the square of the length.
  if (at - start > 2 * MOST_LETTERS) return undefined
  const before = statement.slice(start, at)
  const head = /^(?:then\s+)?(?:(?:the|an?|each|every|all|any|our)\s+)?/i.exec(before)?.[0] ?? ''
  const actor = before.slice(head.length).trim()
  if (actor === '' || actor.length > MOST_LETTERS || KEYWORD.test(actor)) return undefined
  const rest = statement.slice(at + modal.length)
  const responseAt = at + modal.length + (/^\s*/.exec(rest)?.[0].length ?? 0)
  const response = statement.slice(responseAt, endWithout(statement, /[.;\s]/))
  return response === ''
    ? undefined
    : { start, isSetOff, actor, modal, response, places: { actor: start + head.length, modal: at, response: responseAt } }
}

/**
 * The actor starts where the last stop ends: behind the comma of a leading clause, but not inside a list of names; in a sentence
 * without commas, at the last article.
 */
function startOfActor(
  statement: string,
  at: number,
  stops: readonly Stop[],
): { readonly start: number; readonly isSetOff: boolean } {
  const start = lastStop(statement, stops)?.end ?? 0
  if (!KEYWORD.test(statement.slice(start, start + 6))) return { start, isSetOff: true }
  const from = Math.max(start, at - 2 * MOST_LETTERS)
  const article = lastEnd(statement.slice(from, at), /(?<!\S)\S+\s+\S+\s(?=(?:the|an?|each|every|our)\s)/gi)
  return { start: article === 0 ? start : from + article, isSetOff: false }
}

/** "SCADA, Telemetry, and Control Systems shall": where nothing opened a clause, commas part names. */
function lastStop(statement: string, stops: readonly Stop[]): Stop | undefined {
  const last = stops.at(-1)
  if (last?.sign !== ',' || ARTICLE.test(statement.slice(last.end, last.end + 8))) return last
  const hard = stops.findLast(({ sign }) => sign !== ',')
  // Further back than the stops that were handed over: whatever it is, it is too long for a name.
  if (!hard) return undefined
  if (!OPENING.test(statement.slice(hard.end, hard.end + 16))) return hard
  return /^(?:and|or)\s/i.test(statement.slice(last.end, last.end + 4)) ? (stops.at(-2) ?? last) : last
}

/** Words that open a clause or phrase before the main one. */
const OPENING =
  /^(?:when|while|where|if|whenever|once|after|before|until|unless|upon|on|in|at|for|from|by|with|without|within|during|under|as|to|then|otherwise|however|also|note|since|because|given|except|besides|per|via|\p{L}+ly|\p{L}+ing)\b/iu
const ARTICLE = /^(?:the|an?|each|every|all|any|our)\s/i

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length
  return end
}

/** The clauses that stand before the main one, each from its keyword to the next. */
function clausesIn(before: string): readonly Clause[] {
  const starts = [...before.matchAll(/(?:^\s*(?:[-*•]\s+)?|[,;:]\s*(?:and\s+)?|\sand\s+)(when|while|where|if)\s+/gi)]
  return starts.map((start, i) => {
    const text = before.slice(start.index + start[0].length, starts[i + 1]?.index ?? before.length)
    const bare = text.slice(0, endWithout(text, /[\s,;:]/))
    const then = /(?:^|[\s,;:])then$/i.test(bare.slice(-5)) ? bare.slice(0, -4) : bare
    return { part: PARTS[(start[1] as string).toLowerCase()] as Part, text: then.slice(0, endWithout(then, /[\s,;:]/)) }
  })
}

/** English often says the trigger last. WHERE is left out: there it usually names a place. */
function trailingClause(response: string): { readonly clause: Clause; readonly response: string } | undefined {
  const match = /[,\s](when|while|if)\s+/i.exec(response)
  if (!match || match.index === 0) return undefined
  const part = PARTS[(match[1] as string).toLowerCase()] as Part
  const text = response.slice(match.index + match[0].length)
  const before = response.slice(0, match.index)
  return text === '' ? undefined : { clause: { part, text }, response: before.slice(0, endWithout(before, /[,\s]/)) }
}
