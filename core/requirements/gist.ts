import type { Requirement } from '../model/types.ts'
import { classifyEars } from './ears.ts'
import { type Language, languageOf } from './language.ts'

/** What a sentence says, without what makes no difference: case, articles, where its clauses stand, the verb that says it is a duty. */
export type Gist = {
  /** All but the deed, "not", and what is measured. */
  readonly frame: string
  /** The verb of what is to be done; empty where no word list knows the language. */
  readonly deed: string
  readonly isNegative: boolean
  /** What would be against it: "reject" for "accept". */
  readonly opposite: string | undefined
  /** "may" and "can" bind nobody, so nothing is against them. */
  readonly isDuty: boolean
  readonly measures: readonly Measure[]
  /** Where the deed and its "not" stand, for a quote. */
  readonly place: { readonly offset: number; readonly quoted: string }
}

/** A number that measures something, where it stands in the statement. */
export type Measure = { readonly text: string; readonly offset: number }

/** The gist of a requirement; undefined when it has no words. Linear in the length of its statement. */
export function gistOf({ statement, actor = '' }: Requirement, languages: readonly Language[]): Gist | undefined {
  const language = languageOf(statement, languages)
  const ears = language && classifyEars(statement)
  const { places, modal = '', response = '' } = ears ?? {}
  if (!language || !ears || !places) {
    const frame = tokensIn(statement).map(({ key }) => key)
    const place = { offset: 0, quoted: statement }
    return frame.length === 0
      ? undefined
      : {
          frame: `${actor} ${frame.join(' ')}`,
          deed: '',
          isNegative: false,
          opposite: undefined,
          isDuty: false,
          measures: [],
          place,
        }
  }
  const tokens = tokensIn(response)
  const isNot = ({ key }: Token) => NOT.test(key)
  const said = tokens.filter(token => !FILLER.test(token.key) && !isNot(token))
  const deed = language.language === 'de' ? said.at(-1) : said[0]
  const measured = new Set(tokens.filter((token, i) => isMeasure(response, token, { next: tokens[i + 1], language })))
  const clauses = [ears.state, ears.trigger, ears.feature, ears.condition, ears.actor].map(part =>
    tokensIn(part ?? '')
      .filter(({ key }) => !FILLER.test(key))
      .map(({ key }) => key)
      .join(' '),
  )
  const rest = said.filter(token => token !== deed).map(token => (measured.has(token) ? '#' : token.key))
  return {
    frame: [actor, ...clauses, ...rest].join('|'),
    deed: deed?.key ?? '',
    isNegative: tokens.some(isNot),
    opposite: language.list('negative').of(deed?.key ?? ''),
    isDuty: language.list('weak-modal').of(modal) === undefined,
    measures: [...measured].map(({ key, offset }) => ({ text: key, offset: places.response + offset })),
    place: { offset: places.modal, quoted: statement.slice(places.modal, places.response + response.length) },
  }
}

type Token = { readonly key: string; readonly offset: number }

function tokensIn(text: string): readonly Token[] {
  return [...text.matchAll(/\d+(?:[.,]\d+)*|[\p{L}\p{M}]+|[%<>≤≥=$€£]/gu)].map(({ 0: word, index }) => ({
    key: word.toLowerCase(),
    offset: index,
  }))
}

/** Words that two people would set or leave without meaning anything by it. */
const FILLER = /^(?:the|an?|each|every|all|any|then|der|die|das|den|dem|des|eine?[nmrs]?|jede[nmrs]?|alle[nmrs]?|dann)$/
const NOT = /^(?:not|never|nicht|nie|niemals|keine?[nmrs]?)$/
const LIMIT = /(?:least|most|than|exactly|within|maximum|minimum|höchstens|mindestens|maximal|genau|als|innerhalb von)\s{1,4}$/i

type Around = { readonly next: Token | undefined; readonly language: Language }

/** "90 days", "at most 5": not "port 443", "Queue 2" or "TLS 1.3", which are names. */
function isMeasure(response: string, { key, offset }: Token, { next, language }: Around): boolean {
  if (!/^\d/.test(key)) return false
  if (next && (next.key === '%' || language.list('unit.measured').of(next.key) !== undefined)) return true
  return LIMIT.test(response.slice(Math.max(0, offset - 24), offset))
}
