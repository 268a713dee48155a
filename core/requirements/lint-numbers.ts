import type { Hit, LintContext, LintRule } from './hint.ts'
import type { Language } from './language.ts'
import { CAPITALISES_NOUNS } from './lint-words.ts'
import { nameAt } from './names.ts'

/** A number of nothing: "at most 5". */
export const UNIT_RULE: LintRule = {
  id: 'unit',
  severity: 'warning',
  follows: 'INCOSE GtWR R6',
  find: context =>
    numbersIn(context)
      .filter(number => number.unit === undefined)
      .map(({ text, offset }) => ({
        quoted: text,
        offset,
        rewrite: `${text} ${context.language?.say('[unit]')}`,
        message: `"${text}" has no unit.`,
        cure: `Say of what: "${text} ${context.language?.say('[unit]')}".`,
      })),
}

/** A measure with no word on how far it may be off: "in 5 seconds". */
export const TOLERANCE_RULE: LintRule = {
  id: 'tolerance',
  severity: 'warning',
  follows: 'INCOSE GtWR R33',
  find: context => {
    const { statement, language } = context
    if (!language) return []
    const measures = numbersIn(context).filter(
      ({ unit }) => unit !== undefined && language.list('unit.measured').of(unit) !== undefined,
    )
    if (measures.length === 0) return []
    const bounds = new Set(
      language
        .list('unit.bound')
        .in(statement)
        .map(({ word, offset }) => offset + word.length),
    )
    return measures
      .filter(number => !bounds.has(wordEndBefore(statement, number.offset)))
      .map(number => unbounded(context, number))
  },
}

type Numeral = { readonly text: string; readonly offset: number; readonly unit: string | undefined }

const NUMBER =
  /(?<![\p{L}\p{N}_.,#/:-])\d+(?:[.,]\d+)*(?![\p{N}_:/-])(?:\s*([%‰°€$£¥])|(\p{L}[\p{L}/]*)|\s+([\p{L}µ][\p{L}/]*(?:-\p{L}+)*)|(?!\p{L}))/gu
const CURRENCY = /[$€£¥]\s*$/

/** Numbers that count or measure something. Left out: those that name something, as TLS 1.3 or port 443, and shares below one. */
function numbersIn({ statement, language, namesFound }: LintContext): readonly Numeral[] {
  if (!language) return []
  const start = statement.search(/\S/)
  const numbers: Numeral[] = []
  for (const match of statement.matchAll(NUMBER)) {
    const word = match[1] ?? match[2] ?? match[3]
    const digits = /^[\d.,]*\d/.exec(match[0])?.[0] ?? match[0]
    const before = wordBefore(statement, match.index)
    if ((before && namesSomething(before, start, language)) || nameAt(namesFound, match.index)) continue
    if (isRange(statement, match.index + digits.length) || /^0[.,]/.test(digits)) continue
    const isUnit =
      CURRENCY.test(statement.slice(Math.max(0, match.index - 4), match.index)) ||
      (word !== undefined && language.list('unit.not').of(word) === undefined && !language.list('passive').rewrites.has(word))
    numbers.push({ text: digits, offset: match.index, unit: isUnit ? (word ?? 'currency') : undefined })
  }
  return numbers
}

type Before = { readonly word: string; readonly offset: number }

/** The word before a place, across spaces and opening brackets. */
function wordBefore(statement: string, at: number): Before | undefined {
  let end = at
  while (end > 0 && /[\s(]/.test(statement.charAt(end - 1))) end--
  // Nothing that names a number is longer; and whoever looks at all of a text for each number looks at it too often.
  const word = /[\p{L}\p{N}.]+$/u.exec(statement.slice(Math.max(0, end - 40), end))?.[0]
  return word === undefined ? undefined : { word, offset: end - word.length }
}

/** TLS 1.3, Article 5, version 2, SHA 256: the word before says that the number is a name. */
function namesSomething({ word, offset }: Before, start: number, language: Language): boolean {
  if (language.list('unit.reference').of(word) !== undefined) return true
  if (CAPITALISES_NOUNS.has(language.language) && !/^\p{Lu}{2}/u.test(word)) return false
  return (
    /^\p{Lu}/u.test(word) &&
    offset !== start &&
    language.list('unit.bound').of(word) === undefined &&
    !/^(?:SHALL|MUST)$/.test(word)
  )
}

/** The first number of "5 to 10 s" or "between 5 and 10 s" takes its unit from the second. */
function isRange(statement: string, end: number): boolean {
  return /^\s*(?:to|and|or|bis|und|oder|-|–|\.\.)\s*[$€£¥]?\d/i.test(statement.slice(end, end + 24))
}

function wordEndBefore(statement: string, offset: number): number {
  let end = offset
  while (end > 0 && /\s/.test(statement.charAt(end - 1))) end--
  return end
}

function unbounded({ statement, language }: LintContext, { text, offset, unit = '' }: Numeral): Hit {
  const end = statement.indexOf(unit, offset + text.length) + unit.length
  const lead = /(?<![\p{L}\p{N}])in\s{1,4}$/iu.exec(statement.slice(Math.max(0, offset - 8), offset))?.[0]
  const start = offset - (lead?.length ?? 0)
  const quoted = statement.slice(start, end)
  const say = (words: string) => language?.say(words) ?? words
  const rewrite = lead ? `${say('within')} ${statement.slice(offset, end)}` : `${say('at [most or least]')} ${quoted}`
  return {
    quoted,
    offset: start,
    rewrite,
    message: `"${quoted}" does not say whether it is the most, the least or exact.`,
    cure: `Write instead: "${rewrite}".`,
  }
}
