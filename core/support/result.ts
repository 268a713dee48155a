/** Something the user should know and can cure. `at` is a file with line and column, or an object id. */
export type Problem = {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly message: string
  readonly at?: string
  readonly cure?: string
}

/** A value, or why there is none. Used for everything a user, a file or a peer can cause; throw is for bugs. */
export type Result<T> = { readonly ok: true; readonly value: T } | Refusal
export type Refusal = { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function refuse(problem: Omit<Problem, 'severity'>): Refusal {
  return { ok: false, problems: [{ severity: 'error', ...problem }] }
}

/** All values, or all the problems that kept any of them away. */
export function all<T>(results: readonly Result<T>[]): Result<readonly T[]> {
  const [first, ...rest] = results.flatMap(result => (result.ok ? [] : result.problems))
  if (first) return { ok: false, problems: [first, ...rest] }
  return ok(results.flatMap(result => (result.ok ? [result.value] : [])))
}
