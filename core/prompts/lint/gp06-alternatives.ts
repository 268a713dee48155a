import { type LintRule, placeOfLine, warning } from './input.ts'

const PROHIBITS = /\b(?:do not|don't|must not|never|avoid)\b/i
const OFFERS = /\b(?:instead|use|only|ask|propose|write|rather|put|but|leave)\b/i

/** A prohibition without another way draws attention to what it forbids. Requirements are quoted as approved. */
export const gp06Alternatives: LintRule = input => {
  const quoted = new Set(input.slice.requirements)
  return input.text.split('\n').flatMap((line, index) => {
    const from = input.lines.find(one => one.line === index + 1)?.from ?? []
    if (!PROHIBITS.test(line) || OFFERS.test(line) || from.some(id => quoted.has(id))) return []
    return [
      warning(placeOfLine(input, index + 1), {
        code: 'GP06',
        message: `Line ${index + 1} forbids something and offers nothing in its place.`,
        cure: 'Say what to do instead.',
      }),
    ]
  })
}
