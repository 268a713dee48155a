import { byText } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import type { VerdictContext } from './context.ts'

type Times = Pick<VerdictContext, 'at' | 'ledger'>

/**
 * The time that ends and ages are measured by: that of the verdict, but never before an entry of the ledger. A clock that is put back
 * brings no waiver, no sign-off and no report back to life.
 */
export function nowOf({ at, ledger }: Times): string {
  return ledger.entries.reduce((latest, { entry }) => (isLater(entry.at, latest) ? entry.at : latest), at)
}

/** Whether an instant is after another, whatever the zones they are written in. */
export function isLater(a: string, b: string): boolean {
  return Date.parse(a) > Date.parse(b)
}

/** A remark where the ledger knows of a later time than the one that is judged at. */
export function clockBehind({ at, ledger }: Times): readonly Problem[] {
  const later = ledger.entries.filter(({ entry }) => isLater(entry.at, at)).sort((a, b) => byText(b.entry.at, a.entry.at))
  const [latest] = later
  if (!latest) return []
  return [
    {
      code: 'verify.clock',
      severity: 'warning',
      at: `ledger/${latest.hash.replace('sha256:', '')}.json`,
      message: `The ledger holds an entry of ${latest.entry.at}, after the time of this verdict (${at}); ages and ends are measured by the later one.`,
      cure: 'Judge without --at, or set the clock of the machine that wrote the entry.',
    },
  ]
}
