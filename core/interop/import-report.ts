import type { Problem } from '../support/result.ts'

/** Something of the foreign file that the design does not hold, or holds only under `foreign`. */
export type Loss = {
  /** Place in the file, as a JSON pointer. */
  readonly at: string
  readonly what: string
  readonly why: string
}

/** What an import found; the host contract states the same shape. */
export type ImportSummary = {
  readonly format: string
  readonly formatVersion: string
  readonly counts: Readonly<Record<string, number>>
  readonly losses: readonly Loss[]
  readonly problems: readonly Problem[]
}

/** Losses of one kind that repeat all over a file; they become one entry with a count. */
type Tally = { readonly at: string; readonly what: (count: number) => string; readonly why: string; count: number }

/** Collects what a reader and the design made from it have to say. The only thing in this room that is written to. */
export type ImportReport = {
  readonly losses: Loss[]
  readonly problems: Problem[]
  readonly tallies: Map<string, Tally>
}

export function newReport(): ImportReport {
  return { losses: [], problems: [], tallies: new Map() }
}

/** Counts one more loss of a kind; `what` gets the final count. */
export function tally(report: ImportReport, at: string, loss: Pick<Tally, 'what' | 'why'>): void {
  const known = report.tallies.get(loss.why)
  if (known) known.count++
  else report.tallies.set(loss.why, { at, ...loss, count: 1 })
}

/** All losses: the single ones in file order, then the counted ones. */
export function lossesOf(report: ImportReport): readonly Loss[] {
  const counted = [...report.tallies.values()].map(({ at, what, why, count }) => ({ at, what: what(count), why }))
  return [...report.losses, ...counted]
}
