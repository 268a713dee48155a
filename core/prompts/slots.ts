import type { Target } from '../model/types.ts'
import { inert } from '../targets/inert.ts'
import { paragraph } from '../targets/neutralise.ts'
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
  /** An id, which names itself. */
  readonly id: (id: string) => string
  /** What was put in so far, for the data scan. */
  readonly bound: readonly Bound[]
}

/** `hide` puts names in the place of personal data. */
export function slotsFor(target: Pick<Target, 'active'>, hide: (text: string) => string = text => text): Slots {
  const bound: Bound[] = []
  const names = target.active
  const put = (dress: (text: string) => string) => (from: readonly string[], text: string) => {
    bound.push({ from, text })
    return tagged(from, dress(inert(hide(text), names)))
  }
  return {
    line: put(paragraph),
    cell: put(text => text.replace(/\\(?=\|)/g, '\\ ').replace(/\|/g, '\\|')),
    code: put(text => text.replace(/`/g, "'")),
    id: id => tagged([id], id),
    bound,
  }
}
