import { byText } from '../support/order.ts'
import type { Stretch } from './tags.ts'

/** A line of the prompt, counted from 1, and the ids that put it there; a template file when it is all its own words. */
export type PromptLine = {
  readonly line: number
  readonly from: readonly string[]
  /** Written by hand, and the generated line it stands for; without one it was added. */
  readonly edited?: { readonly was?: string }
}

/** The origin of every line that holds anything. The innermost template file counts where no text of the design does. */
export function linesOf(text: string, stretches: readonly Stretch[]): readonly PromptLine[] {
  const starts = lineStarts(text)
  const owners = starts.map(() => new Set<string>())
  const writers = starts.map((): Stretch | undefined => undefined)
  for (const stretch of stretches)
    for (const line of linesUnder(text, starts, stretch)) {
      if (!stretch.from.every(isTemplate)) for (const id of stretch.from) owners[line]?.add(id)
      else if (isShorter(stretch, writers[line])) writers[line] = stretch
    }
  return starts.flatMap((_, line) => {
    const from = owners[line]?.size ? [...owners[line]].sort(byText) : (writers[line]?.from ?? [])
    return from.length > 0 && lineText(text, starts, line).trim() !== '' ? [{ line: line + 1, from }] : []
  })
}

function linesUnder(text: string, starts: readonly number[], { start, end }: Stretch): readonly number[] {
  const under: number[] = []
  for (let line = lineAt(starts, start); line < starts.length && (starts[line] ?? 0) <= end; line++) {
    const lineEnd = (starts[line + 1] ?? text.length + 1) - 1
    if (start < lineEnd && end > (starts[line] ?? 0)) under.push(line)
  }
  return under
}

function isShorter(stretch: Stretch, other: Stretch | undefined): boolean {
  return other === undefined || stretch.end - stretch.start <= other.end - other.start
}

/** Number of the line, counted from 1, on which an offset lies. */
export function lineNumberAt(text: string, offset: number): number {
  return lineAt(lineStarts(text), offset) + 1
}

/** Templates are named by their path; ids of the design never hold a slash. */
export function isTemplate(origin: string): boolean {
  return origin.includes('/')
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lineText(text: string, starts: readonly number[], index: number): string {
  return text.slice(starts[index], (starts[index + 1] ?? text.length + 1) - 1)
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
