import type { Problem } from '../support/result.ts'

/** Something of the foreign file that the design does not hold, or holds only under `foreign`. */
export type Loss = {
  /** Place in the file, as a JSON pointer. */
  readonly at: string
  readonly what: string
  readonly why: string
}

/** What an import found: counts by kind, what could not be kept, what looked wrong. */
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

/** A report with nothing in it yet. */
export function newReport(): ImportReport {
  return { losses: [], problems: [], tallies: new Map() }
}

/** A loss that repeats: `what` gets the final count. */
export type Counted = Pick<Tally, 'what' | 'why'>

/** Counts one more loss of a kind; the entry stands at the first place. */
export function tally(report: ImportReport, at: string, loss: Counted): void {
  const kind = `${loss.what(1)}\n${loss.why}`
  const known = report.tallies.get(kind)
  if (known) known.count++
  else report.tallies.set(kind, { at, ...loss, count: 1 })
}

/** A count with its noun: 1 threat, 2 threats. */
export function many(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : noun.replace(/(?<![aeou])y$/, 'ie').concat('s')}`
}

/** All losses: the single ones as they were met, then the counted ones. */
export function lossesOf(report: ImportReport): readonly Loss[] {
  const counted = [...report.tallies.values()].map(({ at, what, why, count }) => ({ at, what: what(count), why }))
  return [...report.losses, ...counted]
}
