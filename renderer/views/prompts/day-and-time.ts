/** An instant of the ledger as a person reads it, in UTC as it is written there. */
export function dayAndTime(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`
}
