import fc from 'fast-check'

/** What a person decided: nothing of it was imported. */
export const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z', by: 'architect' } as const

/** Characters that mean something to some format, that are wide, written from the right, or combine with others. */
const ODD = [
  ...['"', "'", '`', '<', '>', '&', '\\', '/', '|', '[', ']', '{', '}', '(', ')', '#', ':', ';', ',', '=', '%', '$', '@', '*'],
  ...['_', '~', '!', '?', '+', '^', '.', '--', '---', '-->', '$x', '%%', '&amp;', '<b>', ']]>', '\\n', 'null', '0', ' '],
  ...['é', 'e\u0301', 'ß', 'ü', '中', 'ש', 'ي', '\u{1F600}', '\u{1F469}\u200D\u{1F4BB}', '\u200B', '\u00A0', '…'],
]
const LETTERS = ['a', 'b', 'c', 'A', 'z', ' ', '1']
const unit = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...LETTERS) }, { weight: 2, arbitrary: fc.constantFrom(...ODD) })

/** One line, as people leave it in a field: no blanks at the ends, none doubled. */
function lineUpTo(length: number): fc.Arbitrary<string> {
  return fc.string({ unit, minLength: 1, maxLength: length }).map(oneLine)
}

export const nameText = lineUpTo(12)
export const sentence = lineUpTo(30)
/** Several lines, some of them empty, some with tabs. */
export const lines = fc
  .array(fc.oneof(lineUpTo(20), fc.constantFrom('', '\tx')), { minLength: 1, maxLength: 4 })
  .map(parts => parts.join('\n').trim())
  .map(text => text || 'a')

/** Text nobody would type: control characters, ends of lines, halves of pairs are left to each format's own test. */
export const wildText = fc.string({
  unit: fc.oneof(unit, fc.constantFrom('\u0000', '\u0007', '\u001B', '\u007F', '\u0085', '\r\n', '\n', '\t', '\u2028', '\uFEFF')),
  minLength: 1,
  maxLength: 30,
})

/** There, or not. */
export function maybe<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined })
}

/** A map of some of the keys, never an empty one. */
export function valuesOf<K extends string, T>(value: fc.Arbitrary<T>, ...keys: readonly K[]) {
  const some = fc.subarray([...keys], { minLength: 1 })
  const values = fc.array(value, { minLength: keys.length, maxLength: keys.length })
  return fc.tuple(some, values).map(([chosen, list]) => Object.fromEntries(chosen.map((key, i) => [key, list[i] as T])))
}

export function flagsOf<K extends string>(...keys: readonly K[]) {
  return valuesOf(fc.constant(true as const), ...keys)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim() || 'a'
}
