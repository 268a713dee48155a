import { type Clause, type Ears, type Part, sentenceOf } from './ears-parts.ts'
import { endWithout } from './text.ts'

/** The same patterns in German, where the verb of the duty stands second and the deed at the end. */
const MODAL =
  /(?<![\p{L}\p{N}-])(?:muss|müssen|soll|sollen|sollte|sollten|kann|können|könnte|könnten|darf|dürfen)(?![\p{L}\p{N}-])/giu

const PARTS: Readonly<Record<string, Part>> = {
  wenn: 'trigger',
  sobald: 'trigger',
  nachdem: 'trigger',
  solange: 'state',
  während: 'state',
  sofern: 'feature',
  falls: 'condition',
}
const KEYWORD = /^(wenn|sobald|nachdem|solange|während|sofern|falls)\s+/i
/** A phrase that stands first and is no actor turns the sentence round: "Bei jeder Überweisung muss die API ...". */
const PHRASE =
  /^(?:bei|beim|nach|vor|für|im|in|am|an|auf|mit|ohne|innerhalb|spätestens|zum|zur|von|vom|aus|pro|ab|bis|durch|über|unter|dann|danach|dabei|hierbei|dazu|so|außerdem|zusätzlich|es)\s/i
const ARTICLE = /^(?:der|die|das|ein|eine|jeder|jede|jedes|alle|unser|unsere)\s+/i

/** Whether the duty of a text is said by a German verb. English ones win: they stand in no German sentence. */
export function isGerman(statement: string): boolean {
  return statement.search(MODAL) >= 0 && !/\b(?:shall|must|should)\b/i.test(statement)
}

/** Takes a German sentence apart; see `classifyEars`. */
export function classifyGerman(statement: string): Ears {
  const start = /^\s*(?:[-*•]\s+)?(?:R-[0-9A-Z]{5}:?\s+)?/.exec(statement)?.[0].length ?? 0
  const keyword = KEYWORD.exec(statement.slice(start, start + 20))
  // Inside the leading clause the verb stands last, right before the comma: "Wenn jemand überweisen kann, muss ...".
  const modal = [...statement.matchAll(MODAL)].find(
    ({ 0: verb, index }) => !keyword || !/^\s*(?:,|$)/.test(statement.slice(index + verb.length, index + verb.length + 8)),
  )
  if (!modal) return { pattern: 'none' }
  const end = modal.index + modal[0].length
  const before = statement.slice(start, modal.index)
  const isTurned = keyword !== null || PHRASE.test(before)
  const actorFrom = isTurned ? end + spacesAt(statement, end) : start
  const head = ARTICLE.exec(statement.slice(actorFrom, actorFrom + 20))?.[0].length ?? 0
  const actor = isTurned ? namesAt(statement.slice(actorFrom + head)) : before.slice(head).trim()
  const responseFrom = isTurned ? actorFrom + head + actor.length : end
  const responseAt = responseFrom + spacesAt(statement, responseFrom)
  const whole = statement.slice(responseAt, endWithout(statement, /[.;\s]/))
  if (actor === '' || actor.length > MOST_LETTERS || whole === '') return { pattern: 'none' }
  const trailing = keyword ? undefined : trailingClause(whole)
  const leading = keyword ? [clauseOf(keyword[1] ?? '', before.slice(keyword[0].length))] : []
  return sentenceOf(trailing ? [trailing.clause] : leading, {
    actor,
    modal: modal[0],
    response: trailing ? trailing.response : whole,
    places: { actor: actorFrom + head, modal: modal.index, response: responseAt },
  })
}

const MOST_LETTERS = 120

/** The nouns a text begins with; German writes them with a capital. */
function namesAt(text: string): string {
  return /^\p{Lu}[^\s,;.]*(?:\s+\p{Lu}[^\s,;.]*){0,4}/u.exec(text)?.[0] ?? ''
}

function clauseOf(keyword: string, text: string): Clause {
  const bare = text.slice(0, endWithout(text, /[\s,;:]/))
  const then = /[\s,](?:dann|so)$/i.test(bare.slice(-6))
    ? bare.slice(0, bare.lastIndexOf(bare.slice(-2) === 'so' ? 'so' : 'dann'))
    : bare
  return { part: PARTS[keyword.toLowerCase()] as Part, text: then.slice(0, endWithout(then, /[\s,;:]/)) }
}

function trailingClause(response: string): { readonly clause: Clause; readonly response: string } | undefined {
  const match = /,\s*(wenn|sobald|nachdem|solange|während|sofern|falls)\s+/i.exec(response)
  if (!match || match.index === 0) return undefined
  const text = response.slice(match.index + match[0].length)
  const before = response.slice(0, match.index)
  return text === ''
    ? undefined
    : { clause: clauseOf(match[1] ?? '', text), response: before.slice(0, endWithout(before, /[,\s]/)) }
}

function spacesAt(text: string, at: number): number {
  return /^\s*/.exec(text.slice(at))?.[0].length ?? 0
}
