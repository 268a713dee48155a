import type { ControlRow } from '../../gate/control-rows.ts'
import type { Slice } from '../../gate/slice.ts'
import type { Control, Design } from '../../model/types.ts'
import type { Problem } from '../../support/result.ts'
import { isTemplate, lineNumberAt, type PromptLine } from '../lines.ts'
import type { Reference } from '../reference.ts'
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
  /** Names of the syntax the target acts on. */
  readonly active: readonly string[]
  readonly at: string
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

/** Where a person goes to cure something on a line: the object it came from, else the line itself. */
export function placeOfLine(input: LintInput, line: number): string {
  const origin = input.lines.find(one => one.line === line)?.from.find(id => !isTemplate(id))
  return origin ?? `${input.id}:${line}`
}

/** One problem for each line on which a pattern is found; the message gets the words found. */
export function onLines(input: LintInput, pattern: RegExp, problem: (at: string, found: string) => Problem): readonly Problem[] {
  const places = new Map<string, Problem>()
  for (const match of input.text.matchAll(pattern)) {
    const at = placeOfLine(input, lineNumberAt(input.text, match.index))
    const found = problem(at, match[0].trim())
    places.set(`${at} ${found.message}`, found)
  }
  return [...places.values()]
}
