import { byText } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import type { Found, Span } from './found.ts'
import { type ScanOptions, scanText } from './scan.ts'

/** A text of the design and whom it belongs to. */
export type Owned = { readonly from: readonly string[]; readonly text: string }

export type Judging = ScanOptions & {
  /** Whether a second person let findings of a rule pass at one of these objects. */
  readonly isWaived?: (rule: string, scopes: readonly string[]) => boolean
}

/** Where a finding stands: in a text that goes through the prompt's own slots, which replace and neutralise, or as it is. */
type Shown = 'dressed' | 'asItIs'

/** What is found in texts of the design, as problems at the objects that hold them; errors block. */
export function scanOwned(owned: readonly Owned[], judging: Judging = {}): readonly Problem[] {
  const known = new Map<string, readonly Found[]>()
  const problems = owned.flatMap(({ from, text }) => {
    const found = known.get(text) ?? scanText(text, judging)
    known.set(text, found)
    return found.map(one => problemOf(judged(one, from, judging), { at: from[0] ?? 'prompt', shown: 'dressed' }))
  })
  return inOrder(problems)
}

/** What stands in or reaches into parts of a text that is shown as it is: an edit by hand can complete a secret. */
export function scanRanges(
  text: string,
  {
    ranges,
    placeOf,
    scopes = [],
  }: { readonly ranges: readonly Span[]; readonly placeOf: (at: number) => string; readonly scopes?: readonly string[] },
  judging: Judging = {},
): readonly Problem[] {
  if (ranges.length === 0) return []
  const found = scanText(text, judging).filter(one => ranges.some(range => one.start < range.end && one.end > range.start))
  // The lint of a prompt keeps carriers back itself, by what its target acts on.
  const told = found.map(one => (one.action === 'neutralise' ? { ...one, action: 'warn' as const } : one))
  return told.map(one => problemOf(judged(one, scopes, judging), { at: placeOf(one.start), shown: 'asItIs' }))
}

/** Each problem once, by place and code. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map(problem => [`${problem.at} ${problem.code} ${problem.message}`, problem]))
  return [...unique.values()].sort((a, b) => byText(a.at ?? '', b.at ?? '') || byText(a.code, b.code))
}

/** A finding in words that never repeat the value. */
export function problemOf(found: Found, { at, shown }: { readonly at: string; readonly shown: Shown }): Problem {
  const isReplaced = shown === 'dressed' && found.action === 'placeholder'
  return {
    code: found.rule,
    severity: doesBlock(found, shown) ? 'error' : 'warning',
    at,
    message: `Holds ${found.what}${isReplaced ? '; a prompt shows a placeholder in its place' : ''}.`,
    cure: found.cure,
  }
}

/** Whether a finding keeps a text back. */
export function doesBlock({ action }: Pick<Found, 'action'>, shown: Shown = 'asItIs'): boolean {
  if (action === 'block' || action === 'secondPerson') return true
  return shown === 'asItIs' && action !== 'warn'
}

/** What a second person let pass is only told. */
function judged(found: Found, scopes: readonly string[], { isWaived }: Judging): Found {
  return found.action === 'secondPerson' && isWaived?.(found.rule, scopes) ? { ...found, action: 'warn' } : found
}
