import type { LedgerState } from '../../core/model/ledger.ts'

/** The last prompt that a coding tool fetched by itself. */
export type Fetched = { readonly name: string; readonly version: string; readonly at: string; readonly workItem: string }

/** Who fetched last, as the ledger tells; nobody knows whether a tool is connected now. */
export function lastFetched({ entries }: Pick<LedgerState, 'entries'>): Fetched | undefined {
  for (const { entry } of entries.toReversed()) {
    const client = entry.type === 'prompt-copied' ? clientOf(entry.payload.client) : undefined
    const { workItem } = entry.payload
    if (client) return { ...client, at: entry.at, workItem: typeof workItem === 'string' ? workItem : '' }
  }
  return undefined
}

/** What a payload says of a client, where it says it in the right form: anybody can write a ledger file. */
export function clientOf(client: unknown): { readonly name: string; readonly version: string } | undefined {
  if (typeof client !== 'object' || client === null) return undefined
  const { name, version } = client as Readonly<Record<string, unknown>>
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined
}
