import type { Found } from './found.ts'

const CARD = /(?<!\d\.?)\d(?:[ -]?\d){12,18}(?!\.?\d)/g
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g
const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,3}\.[A-Za-z]{2,24}\b/g

/** Domains that are reserved for examples (RFC 2606, RFC 6761). */
const EXAMPLE = /@(?:[\w.-]+\.)?(?:example(?:\.(?:com|net|org))?|invalid|test|localhost)$/i

/** Card and account numbers whose checksum fits, and e-mail addresses. */
export function personalIn(text: string): readonly Found[] {
  return [
    ...hits(text, CARD, digits => isLuhn(digits.replace(/\D/g, '')), CARD_NUMBER),
    ...hits(text, IBAN, isIban, ACCOUNT_NUMBER),
    ...hits(text, EMAIL, address => !EXAMPLE.test(address), EMAIL_ADDRESS),
  ]
}

type Kind = Pick<Found, 'code' | 'severity' | 'what' | 'cure'>

const CARD_NUMBER: Kind = {
  code: 'scan.card',
  severity: 'error',
  what: 'a payment card number',
  cure: 'Name the data and its class instead; tests use the numbers that card schemes publish for that.',
}
const ACCOUNT_NUMBER: Kind = {
  code: 'scan.iban',
  severity: 'error',
  what: 'an account number (IBAN)',
  cure: 'Name the data and its class instead of a value.',
}
const EMAIL_ADDRESS: Kind = {
  code: 'scan.email',
  severity: 'warning',
  what: 'an e-mail address',
  cure: 'Use an address at example.com.',
}

function hits(text: string, pattern: RegExp, isReal: (match: string) => boolean, kind: Kind): readonly Found[] {
  return [...text.matchAll(pattern)]
    .filter(match => isReal(match[0]))
    .map(match => ({ ...kind, start: match.index, end: match.index + match[0].length }))
}

/** The checksum of ISO/IEC 7812 card numbers. A row of equal digits passes it and is no card. */
export function isLuhn(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** The mod-97 checksum of ISO 13616, on as many characters as the country's numbers have. */
export function isIban(text: string): boolean {
  const plain = text.replace(/ /g, '')
  const number = plain.slice(0, IBAN_LENGTHS[plain.slice(0, 2)] ?? plain.length)
  if (number.length < 15 || number.length > 34) return false
  const turned = number.slice(4) + number.slice(0, 4)
  let rest = 0
  for (const char of turned) rest = Number(`${rest}${Number.parseInt(char, 36)}`) % 97
  return rest === 1
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
