import { isMod1110, remainder, weighed } from './checksums.ts'
import type { Span } from './found.ts'
import { isAfter, type Rule, standsAlone } from './rule.ts'

/** A number that a state gives a person: how it is written, what it must satisfy, and the words it needs beside it when chance could make it. */
type Id = {
  readonly what: string
  readonly pattern: string
  readonly digits: number
  readonly isValid: (plain: string) => boolean
  readonly words?: RegExp
  /** Those words as the cheap look knows them. */
  readonly keywords?: readonly string[]
  /** Written with its own marks it needs no words. */
  readonly alone?: RegExp
}

const IDS: readonly Id[] = [
  {
    what: 'a German tax number of a person',
    pattern: '[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}',
    digits: 11,
    isValid: digits => [8, 9].includes(new Set(digits.slice(0, 10)).size) && isMod1110(digits),
    keywords: ['steuer', 'idnr', 'tax', 'tin', 'identifikationsnummer'],
    words: /steuer|\bidnr|tax[ -]?(?:id|number)|\btin\b|identifikationsnummer/i,
  },
  {
    what: 'a Spanish identity number',
    pattern: '(?:\\d{8}|[XYZ]-?\\d{7})-?[A-Z]',
    digits: 7,
    isValid: plain =>
      'TRWAGMYFPDXBNJZSQVHLCKE'[Number(plain.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2')) % 23] ===
      plain.at(-1),
  },
  {
    what: 'an Italian tax code of a person',
    pattern: '[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]',
    digits: 1,
    isValid: isItalian,
  },
  {
    what: 'a Polish identity number (PESEL)',
    pattern: '\\d{11}',
    digits: 11,
    isValid: isPesel,
    keywords: ['pesel'],
    words: /pesel/i,
  },
  {
    what: 'a Dutch citizen number (BSN)',
    pattern: '\\d{9}|\\d{4}\\.\\d{2}\\.\\d{3}',
    digits: 9,
    isValid: digits => Number(digits) > 0 && weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    keywords: ['bsn', 'burgerservice', 'sofinummer'],
    words: /\bbsn\b|burgerservice|sofinummer/i,
  },
  {
    what: 'a French social security number',
    pattern: '[1278] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}',
    digits: 13,
    isValid: plain => Number(plain.slice(13)) === 97 - remainder(plain.slice(0, 13).replace('2A', '19').replace('2B', '18'), 97),
  },
  {
    what: 'a Brazilian tax number of a person (CPF)',
    pattern: '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}|\\d{11}',
    digits: 11,
    isValid: isCpf,
    words: /\bcpf\b/i,
    alone: /[.]/,
  },
  {
    what: 'a British health number (NHS)',
    pattern: '\\d{3}[ -]?\\d{3}[ -]?\\d{4}',
    digits: 10,
    isValid: digits =>
      !/^(\d)\1+$/.test(digits) && (11 - (weighed(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(digits[9]),
    keywords: ['nhs', 'health'],
    words: /\bnhs\b|health (?:service )?number/i,
  },
  {
    what: 'a US social security number',
    pattern: '\\d{3}[- ]\\d{2}[- ]\\d{4}|\\d{9}',
    digits: 9,
    isValid: digits => !/^(?:000|666|9)|^...00|0000$|^(?:078051120|219099999|123456789)$/.test(digits),
    keywords: ['ssn', 'social'],
    words: /\bssn\b|social[ -]security/i,
  },
  {
    what: 'a Swiss insurance number (AHV)',
    pattern: '756\\.?\\d{4}\\.?\\d{4}\\.?\\d{2}',
    digits: 13,
    isValid: digits => (10 - (weighed(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === Number(digits[12]),
  },
]

/** Identity numbers of persons: by their check digits, and where those let chance through, by the words before them. */
export const PERSON_RULES: readonly Rule[] = IDS.map(({ what, pattern, digits, isValid, words, alone, keywords }) => ({
  id: 'scan.person',
  action: 'placeholder',
  label: 'PERSON_ID',
  what,
  cure: 'Name the data and its class instead of a value.',
  digits,
  ...(keywords ? { keywords } : {}),
  pattern,
  accept: (text, hit) => {
    const written = text.slice(hit.start, hit.end)
    if (!isApart(text, hit) || !isValid(written.replace(/[ .-]/g, ''))) return undefined
    return words === undefined || alone?.test(written) || isAfter(text, hit.start, words) ? hit : undefined
  },
}))

/** Part of no longer number, word or name. */
function isApart(text: string, hit: Span): boolean {
  return (
    standsAlone(text, hit) &&
    !/[.,/-]\d?$/.test(text.slice(Math.max(0, hit.start - 1), hit.start)) &&
    !/^[.,/-]\d/.test(text.slice(hit.end, hit.end + 2))
  )
}

/** Month and day of birth, the century hidden in the month, and a weighed sum. */
function isPesel(digits: string): boolean {
  const month = Number(digits.slice(2, 4)) % 20
  const day = Number(digits.slice(4, 6))
  if (month < 1 || month > 12 || day < 1 || day > 31) return false
  return (10 - (weighed(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(digits[10])
}

function isCpf(digits: string): boolean {
  if (/^(\d)\1+$/.test(digits)) return false
  const check = (length: number) => {
    const rest =
      (weighed(
        digits,
        Array.from({ length }, (_, i) => length + 1 - i),
      ) *
        10) %
      11
    return rest === 10 ? 0 : rest
  }
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10])
}

/** Value of each character at an odd place, as the Italian decree of 1976 lists them. */
const ODD: Readonly<Record<string, number>> = Object.fromEntries(
  [...'0123456789', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((char, i) => [
    char,
    [
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
      23,
    ][i] as number,
  ]),
)

function isItalian(code: string): boolean {
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const char = code[i] as string
    sum += i % 2 === 0 ? (ODD[char] ?? 0) : /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65
  }
  return code[15] === String.fromCharCode(65 + (sum % 26))
}
