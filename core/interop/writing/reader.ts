import { EMPTY_DESIGN } from '../../model/change.ts'
import type { Design, Stamp } from '../../model/types.ts'
import { type Problem, type Refusal, type Result, refuse } from '../../support/result.ts'
import type { ReadModel } from '../reading/building.ts'
import type { Raw } from '../reading/json-fields.ts'

/** Reads what was written, as whoever gets the file would. */
export type BackReader = {
  /** The design in a file; an empty one when the reader refuses it. */
  readonly designIn: (file: Raw) => Design
  /** Why a file was refused, but for having nothing in it: it must not be handed out. */
  readonly refusal: () => Refusal | undefined
}

/** A back reader for one writing at one time. `empty` is the code by which the reader says that a file has nothing in it. */
export function backReader(
  read: (file: string, root: Raw, stamp: Stamp) => Result<ReadModel>,
  { at, empty }: { readonly at: string; readonly empty?: string },
): BackReader {
  const stamp: Stamp = { at, by: 'Skeptic', random: noChance }
  let problem: Problem | undefined
  return {
    designIn: file => {
      const result = read('', JSON.parse(JSON.stringify(file)) as Raw, stamp)
      if (result.ok) return result.value.design
      const [first] = result.problems
      if (first.code !== empty) problem = first
      return EMPTY_DESIGN
    },
    refusal: () =>
      problem &&
      refuse({
        code: 'export.unreadable',
        message: `In this format the design could not be read again. ${problem.message}`,
        cure: 'Split the design, or write it as a bundle with: skeptic export --format skeptic',
      }),
  }
}

function noChance(): number {
  throw new Error('reading back draws no random ids')
}
