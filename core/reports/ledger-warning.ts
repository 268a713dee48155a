import { firstBroken, type LedgerState } from '../model/ledger.ts'

/** What stands on top of every report while the ledger is broken: the first bad entry and both hashes. Nothing while it holds. */
export function ledgerWarning(ledger: Pick<LedgerState, 'problems'>): string {
  const first = firstBroken(ledger)
  if (!first) return ''
  const { length } = ledger.problems
  const lines = [
    `**The ledger of this design is broken: ${length === 1 ? 'one entry does' : `${length} entries do`} not hold.** A file was changed outside Skeptic; what was noted there may not be relied on.`,
    `First bad entry: \`${first.at.replaceAll('`', "'")}\`${first.when ? `, ${first.when}` : ''}.`,
    ...(first.stated ? [`Stated: \`${first.stated}\`. Found: ${first.found ? `\`${first.found}\`` : 'no such entry'}.`] : []),
  ]
  return `${lines.map(line => `> ${line}`).join('\n>\n')}\n\n`
}
