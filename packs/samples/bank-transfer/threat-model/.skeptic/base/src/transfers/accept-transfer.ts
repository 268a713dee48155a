export type Answer = { readonly status: 501; readonly reason: string }

/** Accepts one transfer order of a signed-in customer. */
export function acceptTransfer(): Answer {
  return { status: 501, reason: 'not built yet' }
}
