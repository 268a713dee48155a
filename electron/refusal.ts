import type { Handlers } from '../host/contract.ts'

/** What a call is answered that cannot be done, as every transport carries it. */
export type Refusal = Extract<Awaited<ReturnType<Handlers['import.read']>>, { readonly ok: false }>

/** A refusal of the shell itself; everything else is refused by the host. */
export function refusal(problem: {
  readonly code: string
  readonly message: string
  readonly at?: string
  readonly cure: string
}): Refusal {
  return { ok: false, problems: [{ severity: 'error', ...problem }] }
}
