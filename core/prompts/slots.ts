import type { Target } from '../model/types.ts'
import { madeVisible } from '../support/hidden.ts'
import { withoutActive } from './active.ts'
import { tagged } from './tags.ts'

/** A text of the design as it was before it was made harmless, and whom it belongs to. */
export type Bound = { readonly from: readonly string[]; readonly text: string }

/** Puts text of the design into a prompt: on one line, visible, inert for the target, without personal data, and tagged with where it is from. */
export type Slots = {
  /** Prose within a line. */
  readonly line: (from: readonly string[], text: string) => string
  /** A cell of a table. */
  readonly cell: (from: readonly string[], text: string) => string
  /** Something between backticks. */
  readonly code: (from: readonly string[], text: string) => string
  /** A double-quoted YAML value, quotes included. */
  readonly yaml: (from: readonly string[], text: string) => string
  /** An id, which names itself. */
  readonly id: (id: string) => string
  /** What was put in so far, for the data scan. */
  readonly bound: readonly Bound[]
}

/** Descriptions of skills may have 1024 characters. */
const YAML_LIMIT = 1000

/** `hide` puts names in the place of personal data. */
export function slotsFor(target: Pick<Target, 'active'>, hide: (text: string) => string = text => text): Slots {
  const bound: Bound[] = []
  const names = target.active ?? []
  const put = (dress: (text: string) => string) => (from: readonly string[], text: string) => {
    bound.push({ from, text })
    return tagged(from, dress(inert(hide(text), names)))
  }
  return {
    line: put(text => text),
    cell: put(text => text.replace(/\\(?=\|)/g, '\\ ').replace(/\|/g, '\\|')),
    code: put(text => text.replace(/`/g, "'")),
    yaml: put(text => JSON.stringify([...text.replace(/[<>]/g, "'")].slice(0, YAML_LIMIT).join(''))),
    id: id => tagged([id], id),
    bound,
  }
}

/** Nearly every text of a design: words and marks that no tool acts on, in one line. */
const CALM = /^[A-Za-z0-9_](?: ?[A-Za-z0-9_.,;:()'?%&=/-])*$/

/** One line in which the target finds nothing to act on. */
export function inert(text: string, names: readonly string[]): string {
  if (CALM.test(text)) return text
  const line = madeVisible(text.replace(/[\s\u0085\u2028\u2029]+/g, ' ')).trim()
  // A lead character at the end would join what the template writes next.
  return withoutActive(line, names).replace(/[!@$#{<]$/, '$& ')
}
