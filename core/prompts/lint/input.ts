import type { ControlRow } from '../../gate/control-rows.ts'
import type { Slice } from '../../gate/slice.ts'
import type { Control, Design } from '../../model/types.ts'
import type { Problem } from '../../support/result.ts'
import { isTemplate, lineNumberAt, type PromptLine } from '../lines.ts'
import type { Reference } from '../reference.ts'
import type { Split } from '../split.ts'
import type { Stretch } from '../tags.ts'

/** All that a rule of the prompt lint may look at: the finished text and what it was made from. */
export type LintInput = {
  readonly id: string
  readonly digest: string
  readonly text: string
  readonly lines: readonly PromptLine[]
  readonly stretches: readonly Stretch[]
  readonly design: Design
  readonly slice: Slice
  readonly rows: readonly ControlRow[]
  readonly controlOf: (id: string | undefined) => Control | undefined
  readonly reference: Reference | undefined
  readonly scan: readonly Problem[]
  /** Somebody edited the text by hand. */
  readonly isEdited: boolean
  /** Names of the syntax the target acts on. */
  readonly active: readonly string[]
  readonly at: string
  /** Slice digest that the text was made from; it states the first digits. */
  readonly sliceDigest: string
  /** How the work item could be cut, worked out only when asked for. */
  readonly split: () => Split
}

/** One rule: the problems it sees, none when all is well. */
export type LintRule = (input: LintInput) => readonly Problem[]

type Words = { readonly code: string; readonly message: string; readonly cure: string }

export function error(at: string, words: Words): Problem {
  return { ...words, severity: 'error', at }
}

export function warning(at: string, words: Words): Problem {
  return { ...words, severity: 'warning', at }
}

/** Where a person goes to cure something at an offset: the object whose words stand there, else the line itself. */
export function placeAt(input: LintInput, offset: number): string {
  const owners = input.stretches.filter(
    ({ start, end, from }) => start <= offset && offset < end && from.some(id => !isTemplate(id)),
  )
  const owner = owners[owners.length - 1]?.from[0]
  return owner === undefined || owner === input.id ? `${input.id}:${lineNumberAt(input.text, offset)}` : owner
}

/** Whether an offset lies in fenced material: that is data, and its words are nobody's to correct. */
export function isReference({ text, reference }: LintInput, offset: number): boolean {
  if (!reference) return false
  return offset > text.indexOf(reference.nonce) && offset < text.lastIndexOf(reference.nonce)
}

/** One problem for each place outside fenced material at which a pattern is found; the message gets the words found. */
export function onMatches(
  input: LintInput,
  pattern: RegExp,
  problem: (at: string, found: string) => Problem,
): readonly Problem[] {
  const places = new Map<string, Problem>()
  for (const match of input.text.matchAll(pattern)) {
    if (isReference(input, match.index)) continue
    const found = problem(placeAt(input, match.index), match[0].trim())
    places.set(`${found.at} ${found.message}`, found)
  }
  return [...places.values()]
}
