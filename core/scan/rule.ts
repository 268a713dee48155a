import type { Engine, Find } from './engine.ts'
import type { Action, Found, Span } from './found.ts'

/** One kind of thing to find. */
export type Rule = {
  readonly id: string
  readonly action: Action
  readonly what: string
  readonly cure: string
  readonly label: string
  /** Words in small letters of which one must be in the text; a cheap look that spares the search. */
  readonly keywords?: readonly string[]
  /** The least number of digits the text must hold. */
  readonly digits?: number
} & (
  | {
      readonly pattern: string
      readonly ignoresCase?: true
      /** Every match begins with one of the keywords, a few signs before it at most, and is no longer than this: only there it is searched. */
      readonly reach?: number
      /** Where exactly it stands, or undefined when it is none after all. */
      readonly accept?: (text: string, hit: Span) => Span | undefined
    }
  /** What is found by hand, because a character leads to it. */
  | { readonly find: Find }
)

/** A text and what the cheap looks need of it, made once. */
export type Looked = { readonly text: string; readonly lower: string; readonly digits: number }

export function look(text: string): Looked {
  let digits = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) digits++
  }
  return { text, lower: text.toLowerCase(), digits }
}

/** All that one rule finds. */
export function findingsOf(rule: Rule, { text, lower, digits }: Looked, engine: Engine): readonly Found[] {
  if (rule.digits !== undefined && digits < rule.digits) return []
  if (rule.keywords && !rule.keywords.some(word => lower.includes(word))) return []
  const { id, action, what, cure, label } = rule
  const found = (span: Span): Found => ({ rule: id, action, what, cure, label, start: span.start, end: span.end })
  if ('find' in rule) return rule.find(text).map(found)
  const { accept, keywords = [], reach } = rule
  const find = finderOf(engine, rule.pattern, rule.ignoresCase === true)
  // Where small letters are longer than capitals, places in one text are none in the other.
  const windows =
    reach === undefined || lower.length !== text.length ? [{ start: 0, end: text.length }] : windowsAt(lower, keywords, reach)
  const hits = windows.flatMap(({ start, end }) =>
    find(text.slice(start, end)).map(hit => ({ start: hit.start + start, end: hit.end + start })),
  )
  return hits.flatMap(hit => {
    const span = accept ? accept(text, hit) : hit
    return span ? [found(span)] : []
  })
}

/** Signs such as hyphens that stand before a keyword. */
const BEFORE = 4

/** The parts of a text in which the keywords stand, none over another. */
function windowsAt(lower: string, keywords: readonly string[], reach: number): readonly Span[] {
  const places = keywords.flatMap(word => {
    const found: number[] = []
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) found.push(at)
    return found
  })
  const windows: Span[] = []
  for (const at of places.sort((a, b) => a - b)) {
    const last = windows.at(-1)
    const next = { start: Math.max(0, at - BEFORE), end: Math.min(lower.length, at + reach) }
    if (last && next.start <= last.end) windows[windows.length - 1] = { start: last.start, end: next.end }
    else windows.push(next)
  }
  return windows
}

const made = new WeakMap<Engine, Map<string, Find>>()

/** A pattern is compiled once for each engine, when a text first needs it. */
function finderOf(engine: Engine, pattern: string, ignoresCase: boolean): Find {
  const finders = made.get(engine) ?? new Map<string, Find>()
  made.set(engine, finders)
  const key = `${ignoresCase} ${pattern}`
  const find = finders.get(key) ?? engine(pattern, ignoresCase)
  finders.set(key, find)
  return find
}

/** Whether words of one of these kinds stand shortly before a place. */
export function isAfter(text: string, at: number, words: RegExp, reach = 48): boolean {
  return words.test(text.slice(Math.max(0, at - reach), at))
}

/** Neither a letter, a digit nor an underscore at a place. */
export function isEdge(text: string, at: number): boolean {
  return at < 0 || at >= text.length || !/[\p{L}\p{N}_]/u.test(text[at] ?? '')
}

/** Whether a span stands by itself: no letter, digit or underscore touches it. */
export function standsAlone(text: string, { start, end }: Span): boolean {
  return isEdge(text, start - 1) && isEdge(text, end)
}
