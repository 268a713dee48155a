import { isLuhn, remainder } from './checksums.ts'
import type { Span } from './found.ts'
import { isEdge, type Rule } from './rule.ts'

/** How card schemes group their digits. */
const GROUPS = ['4 4 4 4', '4 4 4 4 3', '4 6 5', '4 6 4']

/** First digits and lengths that schemes give out. */
const SCHEME =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[0689]\d{12,14}|35\d{14}|6\d{15,18}|5[06-9]\d{14,17})$/

const DATA_CURE = 'Name the data and its class instead of a value.'

/** Numbers of cards and of accounts whose checksum fits. */
export const ACCOUNT_RULES: readonly Rule[] = [
  {
    id: 'scan.iban',
    action: 'placeholder',
    label: 'IBAN',
    what: 'an account number (IBAN)',
    cure: DATA_CURE,
    digits: 10,
    pattern: '\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]){11,30}\\b',
    accept: iban,
  },
  {
    id: 'scan.card',
    action: 'placeholder',
    label: 'CARD',
    what: 'a payment card number',
    cure: 'Name the data and its class instead; tests use the numbers that card schemes publish for that.',
    digits: 13,
    pattern: '\\d(?:[ -]?\\d){12,47}',
    accept: card,
  },
]

/** A row of digits may hold more than the card, such as the month it expires; the groups tell where it is. */
function card(text: string, hit: Span): Span | undefined {
  if (
    !isEdge(text, hit.start - 1) ||
    /[.,]/.test(text[hit.start - 1] ?? '') ||
    !isEdge(text, hit.end) ||
    /^[.,]\d/.test(text.slice(hit.end, hit.end + 2))
  )
    return undefined
  const groups = [...text.slice(hit.start, hit.end).matchAll(/\d+/g)].map(one => ({ at: hit.start + one.index, digits: one[0] }))
  for (let first = 0; first < groups.length; first++)
    for (const count of [1, 2, 3, 4, 5]) {
      const some = groups.slice(first, first + count)
      const digits = some.map(one => one.digits).join('')
      const isGrouped = count === 1 || GROUPS.includes(some.map(one => one.digits.length).join(' '))
      const last = some.at(-1)
      if (some.length === count && last && isGrouped && SCHEME.test(digits) && isLuhn(digits))
        return { start: some[0]?.at ?? hit.start, end: last.at + last.digits.length }
    }
  return undefined
}

function iban(text: string, hit: Span): Span | undefined {
  const written = text.slice(hit.start, hit.end)
  const length = lengthOfIban(written)
  if (length === undefined || !isIban(written)) return undefined
  let end = hit.start
  for (let left = length; left > 0; end++) if (text[end] !== ' ') left--
  return { start: hit.start, end }
}

function lengthOfIban(text: string): number | undefined {
  const plain = text.replace(/ /g, '')
  return IBAN_LENGTHS[plain.slice(0, 2)] ?? (plain.length >= 15 && plain.length <= 34 ? plain.length : undefined)
}

/** The mod-97 checksum of ISO 13616, on as many characters as the country's numbers have. */
export function isIban(text: string): boolean {
  const plain = text.replace(/ /g, '')
  const length = lengthOfIban(text)
  if (length === undefined || plain.length < length) return false
  const number = plain.slice(0, length)
  return remainder(number.slice(4) + number.slice(0, 4), 97) === 1
}

/** Lengths by country, from the public IBAN registry; other countries are taken as written. */
const IBAN_LENGTHS: Readonly<Record<string, number>> = {
  AE: 23,
  AT: 20,
  BE: 16,
  BG: 22,
  BR: 29,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  TR: 26,
  UA: 29,
}
