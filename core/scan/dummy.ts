import { entropyOf } from './entropy.ts'

/** What stands where a value will be put later, or in documentation: variables, braces, rows of one character, words that say so. */
const PLACEHOLDER =
  /^(?:\$|%|\{|\[|<|⟨|#\{|@@|x{4,}|\*{3,}|\.{3,}|-{3,}|_{3,}|…|null$|none$|undefined$|true$|false$|todo|tbd|n\/a)|example|change[-_]?me|placeholder|redacted|dummy|replace[-_]?(?:me|with)|insert[-_]|sample|your[-_]|[-_]here$|xxxx|\*\*\*\*|\.\.\.\.|0{7}|1234567890|abcdefgh|deadbeef/i

/** Whether it only shows where a secret goes. */
export function isDummy(value: string): boolean {
  return PLACEHOLDER.test(value) || new Set(value).size <= 3
}

/** Letters and digits of some length, and more of them than a word repeats; a long one may happen to have no digit. */
export function isRandom(value: string, least: number): boolean {
  if (!/[A-Za-z]/.test(value)) return false
  if (!/\d/.test(value))
    return value.length >= 24 && /[a-z]/.test(value) && /[A-Z]/.test(value) && !isWordy(value) && entropyOf(value) >= 4
  // Sixteen signs cannot reach what sixty-two do: a hundred and twenty-eight random bits lie near 3.6.
  const isHex = value.length >= 24 && /^[0-9a-f-]+$/i.test(value)
  return entropyOf(value) >= (isHex ? Math.min(least, 3) : least)
}

/** Mostly words of a language, joined by hyphens, points or strokes: a name, no secret. */
export function isWordy(value: string): boolean {
  const words = value
    .split(/[-_./:+@]|(?<=[a-z])(?=[A-Z][a-z])/)
    .filter(part => /^(?:[A-Z]?[a-z]{3,}|[A-Z]{3,})$/.test(part) && /[aeiouy]/i.test(part))
  return words.join('').length * 2 >= value.length
}

/** How many kinds of characters: small letters, capitals, digits, signs. */
export function kindsIn(value: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter(kind => kind.test(value)).length
}
