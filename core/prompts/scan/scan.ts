import { byText } from '../../support/order.ts'
import type { Problem } from '../../support/result.ts'
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
  const unique = new Map(problems.map(problem => [`${problem.at} ${problem.code} ${problem.message}`, problem]))
  return [...unique.values()].sort((a, b) => byText(a.at ?? '', b.at ?? '') || byText(a.code, b.code))
}

/** A finding in words that never repeat the value. */
export function problemOf(found: Found, at: string): Problem {
  return { code: found.code, severity: found.severity, at, message: `Holds ${found.what}.`, cure: found.cure }
}
