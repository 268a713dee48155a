import { shown, type Token, tokensOf } from './tokens.ts'

/** What a filter of a threat type asks of an interaction, as its author wrote it. */
export type Filter =
  | { readonly asks: 'type'; readonly of: Part; readonly type: string }
  | { readonly asks: 'value'; readonly of: Part; readonly attribute: string; readonly value: string }
  | { readonly asks: 'crossing'; readonly type: string }
  | { readonly asks: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly asks: 'not'; readonly part: Filter }

/** The things of an interaction that a filter can look at. */
export type Part = 'source' | 'target' | 'flow'

/** Why a filter cannot be read, and where in it. */
export type FilterFault = { readonly offset: number; readonly reason: string }

/** The largest filter of the public templates has 1,900 characters, 45 conditions and 3 levels. */
export const FILTER_LIMITS = { length: 20_000, conditions: 200, depth: 20 }

/** Reads `source is 'X'`, `flow.attribute is 'X'` and `flow crosses 'X'`, joined by and, or, not and parentheses. */
export function parseFilter(text: string): Filter | FilterFault {
  if (text.length > FILTER_LIMITS.length)
    return { offset: 0, reason: `it has ${text.length} characters; at most ${FILTER_LIMITS.length} are read` }
  const reader: Reader = { tokens: tokensOf(text), next: 0, depth: 0, conditions: 0 }
  const filter = anyOf(reader)
  const rest = peek(reader)
  if (isFault(filter) || rest.kind === 'end') return filter
  return stop(rest, rest.kind === ')' ? 'this parenthesis closes nothing' : `"and" or "or" is expected, not ${shown(rest)}`)
}

/** Tells a fault from a filter. */
export function isFault(answer: Filter | FilterFault): answer is FilterFault {
  return 'reason' in answer
}

/** Where reading stands: the only thing here that is written to. */
type Reader = { readonly tokens: readonly Token[]; next: number; depth: number; conditions: number }
type Read = Filter | FilterFault

function anyOf(reader: Reader): Read {
  return joined(reader, 'or', () => joined(reader, 'and', () => single(reader)))
}

function joined(reader: Reader, word: 'and' | 'or', read: () => Read): Read {
  const parts: Filter[] = []
  for (;;) {
    const part = read()
    if (isFault(part)) return part
    parts.push(part)
    if (!isWord(peek(reader), word)) return parts.length === 1 ? part : { asks: word, parts }
    take(reader)
  }
}

function single(reader: Reader): Read {
  const token = take(reader)
  const isNot = isWord(token, 'not')
  if (!isNot && token.kind !== '(') return condition(reader, token)
  if (reader.depth === FILTER_LIMITS.depth) return stop(token, `it is nested more than ${FILTER_LIMITS.depth} levels deep`)
  reader.depth++
  const inner = isNot ? single(reader) : anyOf(reader)
  reader.depth--
  if (isFault(inner)) return inner
  return isNot ? { asks: 'not', part: inner } : closed(take(reader), token, inner)
}

function closed(closing: Token, opening: Token, inner: Filter): Read {
  if (closing.kind === ')') return inner
  if (closing.kind === 'end') return stop(opening, 'this parenthesis is never closed')
  return stop(closing, `"and", "or" or ")" is expected, not ${shown(closing)}`)
}

function condition(reader: Reader, token: Token): Read {
  if (++reader.conditions > FILTER_LIMITS.conditions)
    return stop(token, `it has more than ${FILTER_LIMITS.conditions} conditions`)
  const [name = '', ...rest] = token.kind === 'word' ? token.value.split('.') : []
  const of = name.toLowerCase()
  if (!isPart(of)) return stop(token, `source, target, flow, "not" or "(" is expected, not ${shown(token)}`)
  const attribute = rest.join('.')
  if (rest.length > 0 && attribute === '') return stop(token, `an attribute is expected after "${name}."`)
  const verb = take(reader)
  const isCrossing = isWord(verb, 'crosses') && of === 'flow' && attribute === ''
  if (!isCrossing && !isWord(verb, 'is'))
    return stop(verb, `"is"${of === 'flow' && attribute === '' ? ' or "crosses"' : ''} is expected, not ${shown(verb)}`)
  const object = take(reader)
  if (object.kind === 'open quote') return stop(object, 'this quote is never closed')
  if (object.kind !== 'text') return stop(object, `a text in single quotes is expected, not ${shown(object)}`)
  const value = object.value.trim()
  if (isCrossing) return { asks: 'crossing', type: value }
  return attribute === '' ? { asks: 'type', of, type: value } : { asks: 'value', of, attribute, value }
}

function stop({ offset }: Token, reason: string): FilterFault {
  return { offset, reason }
}

function isPart(name: string): name is Part {
  return name === 'source' || name === 'target' || name === 'flow'
}

function isWord({ kind, value }: Token, word: string): boolean {
  return kind === 'word' && value.toLowerCase() === word
}

function peek({ tokens, next }: Reader): Token {
  return tokens[next] as Token
}

/** The last token is the end, which is never passed. */
function take(reader: Reader): Token {
  const token = peek(reader)
  if (token.kind !== 'end') reader.next++
  return token
}
