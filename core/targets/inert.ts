import { madeVisible } from '../support/hidden.ts'
import { withoutActive } from './active.ts'

/** Nearly every text of a design: words and marks that no tool acts on, in one line, and no address. */
const CALM = /^(?!.*:\/\/)[A-Za-z0-9_](?: ?[A-Za-z0-9_.,;:()'?%&=/-])*$/

/** One line in which nothing of the named syntax is left to act on, and nothing is hidden. */
export function inert(text: string, names: readonly string[]): string {
  if (CALM.test(text)) return text
  const line = madeVisible(text.replace(/[\s\u0085\u2028\u2029]+/g, ' '))
    .replace(/ {2,}/g, ' ')
    .trim()
  // A lead character at the end would join what the template writes next.
  return withoutActive(line, names).replace(/[!@$#{<]$/, '$& ')
}
