import { isReference, type LintRule, placeAt, warning } from './input.ts'

const PROHIBITS = /\b(?:do not|don't|must not|never|avoid)\b/i
const OFFERS = /\b(?:instead|use|only|ask|propose|write|rather|put|but|leave)\b/i

/**
 * A prohibition without another way draws attention to what it forbids. Requirements are quoted as approved, and a
 * row with a control says in the same line what to use; words by hand are neither.
 */
export const gp06Alternatives: LintRule = input => {
  const exempt = new Set([
    ...input.slice.requirements,
    ...input.rows.flatMap(row => (input.controlOf(row.mitigation.control) ? [row.mitigation.id] : [])),
  ])
  let offset = 0
  return input.text.split('\n').flatMap((line, index) => {
    const start = offset
    offset += line.length + 1
    const known = input.lines.find(one => one.line === index + 1)
    const from = known && !known.edited ? known.from : []
    const prohibition = PROHIBITS.exec(line)
    if (!prohibition || OFFERS.test(line) || isReference(input, start) || from.some(id => exempt.has(id))) return []
    return [
      warning(placeAt(input, start + prohibition.index), {
        code: 'GP06',
        message: `"${prohibition[0]}" forbids something, and nothing is offered in its place.`,
        cure: 'Say what to do instead.',
      }),
    ]
  })
}
