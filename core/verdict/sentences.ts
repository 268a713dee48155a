import type { Expression } from '../../schemas/generated/types.ts'
import { matcherIn } from './matchers.ts'

/** What a predicate asks, in one English sentence; the same for the checklist, the record and the window. */
export function describeExpression(expression: Expression): string {
  const { all, any } = expression
  if (all) return listed(all, 'All of')
  if (any) return listed(any, 'At least one of')
  return matcherIn(expression)?.describe() ?? 'Nothing is asked.'
}

function listed(parts: readonly Expression[], word: string): string {
  const [only] = parts
  if (only && parts.length === 1) return describeExpression(only)
  return `${word}: ${parts.map((part, index) => `(${index + 1}) ${describeExpression(part)}`).join(' ')}`
}
