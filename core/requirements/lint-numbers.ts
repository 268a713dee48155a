import type { Hit, LintContext, LintRule } from './hint.ts'
import type { Language } from './language.ts'

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
        rewrite: `${text} [unit]`,
        message: `"${text}" has no unit.`,
        cure: `Say of what: "${text} [unit]".`,
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
    return numbersIn(context).flatMap(number => (isBounded(statement, number, language) ? [] : [unbounded(statement, number)]))
  },
}

type Numeral = { readonly text: string; readonly offset: number; readonly unit: string | undefined }

const NUMBER =
  /(?<![\p{L}\p{N}_.,#/:-])\d+(?:[.,]\d+)*(?![\p{N}_:/-])(?:\s*([%‰°€$£¥])|(\p{L}[\p{L}/]*)|\s+([\p{L}µ][\p{L}/]*(?:-\p{L}+)*)|(?!\p{L}))/gu
const CURRENCY = /[$€£¥]\s*$/

/** Numbers that count or measure something. Left out: those that name something, as TLS 1.3 or port 443, and shares below one. */
function numbersIn({ statement, language, namesFound }: LintContext): readonly Numeral[] {
  if (!language) return []
  const numbers: Numeral[] = []
  for (const match of statement.matchAll(NUMBER)) {
    const before = statement.slice(0, match.index)
    const word = match[1] ?? match[2] ?? match[3]
    const digits = /^[\d.,]*\d/.exec(match[0])?.[0] ?? match[0]
    if (
      namesSomething(before, language) ||
      namesFound.some(name => match.index >= name.offset && match.index < name.offset + name.length)
    )
      continue
    if (isRange(statement, match.index + digits.length) || /^0[.,]/.test(digits)) continue
    const isUnit = CURRENCY.test(before) || (word !== undefined && language.list('unit.not').of(word) === undefined)
    numbers.push({ text: digits, offset: match.index, unit: isUnit ? (word ?? 'currency') : undefined })
  }
  return numbers
}

/** TLS 1.3, Article 5, version 2, SHA 256: the word before says that the number is a name. */
function namesSomething(before: string, language: Language): boolean {
  const word = /([\p{L}\p{N}.]+)[\s(]*$/u.exec(before)?.[1]
  if (word === undefined) return false
  if (language.list('unit.reference').of(word) !== undefined) return true
  const isFirst = before.trim() === word
  return /^\p{Lu}/u.test(word) && !isFirst && language.list('unit.bound').of(word) === undefined && !/^(?:SHALL|MUST)$/.test(word)
}

/** The first number of "5 to 10 s" or "between 5 and 10 s" takes its unit from the second. */
function isRange(statement: string, end: number): boolean {
  return /^\s*(?:to|and|or|-|–|\.\.)\s*[$€£¥]?\d/i.test(statement.slice(end))
}

function isBounded(statement: string, number: Numeral, language: Language): boolean {
  if (number.unit === undefined || language.list('unit.measured').of(number.unit) === undefined) return true
  const end = statement.slice(0, number.offset).trimEnd().length
  return language
    .list('unit.bound')
    .in(statement)
    .some(bound => bound.offset + bound.word.length === end)
}

function unbounded(statement: string, { text, offset, unit = '' }: Numeral): Hit {
  const end = statement.indexOf(unit, offset + text.length) + unit.length
  const lead = /\bin\s+$/i.exec(statement.slice(0, offset))
  const start = lead ? lead.index : offset
  const quoted = statement.slice(start, end)
  const rewrite = lead ? `within ${statement.slice(offset, end)}` : `at [most or least] ${quoted}`
  return {
    quoted,
    offset: start,
    rewrite,
    message: `"${quoted}" does not say whether it is the most, the least or exact.`,
    cure: `Write instead: "${rewrite}".`,
  }
}
