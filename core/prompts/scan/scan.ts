import { byText } from '../../support/order.ts'
import type { Problem } from '../../support/result.ts'
import type { Range } from '../edited.ts'
import { lineNumberAt } from '../lines.ts'
import type { Bound } from '../slots.ts'
import { carriersIn } from './carriers.ts'
import type { Found } from './found.ts'
import { personalIn } from './personal.ts'
import { secretsIn } from './secrets.ts'

/** Everything in a text that may not enter a prompt, in order of appearance. */
export function scanText(text: string): readonly Found[] {
  const found = [...secretsIn(text), ...personalIn(text), ...carriersIn(text)]
  return found.sort((a, b) => a.start - b.start || byText(a.code, b.code))
}

/** The same for texts of the design, as problems at the objects that hold them; errors block. */
export function scanBound(bound: readonly Bound[]): readonly Problem[] {
  const problems = bound.flatMap(({ from, text }) => scanText(text).map(found => problemOf(found, from[0] ?? 'prompt')))
  return inOrder(problems)
}

/** What stands in or reaches into parts of a prompt's text, as problems at its lines: an edit can complete a secret. */
export function scanRanges(id: string, text: string, ranges: readonly Range[]): readonly Problem[] {
  if (ranges.length === 0) return []
  const found = scanText(text).filter(one => ranges.some(range => one.start < range.end && one.end > range.start))
  return found.map(one => problemOf(one, `${id}:${lineNumberAt(text, one.start)}`))
}

/** Each problem once, by place and code. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map(problem => [`${problem.at} ${problem.code} ${problem.message}`, problem]))
  return [...unique.values()].sort((a, b) => byText(a.at ?? '', b.at ?? '') || byText(a.code, b.code))
}

/** A finding in words that never repeat the value. */
export function problemOf(found: Found, at: string): Problem {
  return { code: found.code, severity: found.severity, at, message: `Holds ${found.what}.`, cure: found.cure }
}
