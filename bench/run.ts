import { coldStart } from './cold-start.ts'
import { edits } from './edits.ts'
import type { Ratio } from './measure.ts'
import { prompts } from './prompts.ts'
import { scan } from './scan.ts'
import { printTable } from './table.ts'
import { threats } from './threats.ts'

/** One line of the table: a goal, what it is measured against, and the ratio that must not be passed. */
export type Line = {
  readonly goal: string
  readonly what: string
  readonly against: string
  readonly most: number
  readonly ratio: Ratio
}

/** What one goal comes to: its lines, and what else is worth a sentence. */
export type Part = { readonly lines: readonly Line[]; readonly remarks: readonly string[] }

/** Measures everything and prints one table of ratios. */
export function run(root: string): void {
  const parts = [threats(root), edits(root), prompts(root)]
  const lines = [...parts.flatMap(part => part.lines), ...scan(), ...coldStart(root)]
  printTable(
    lines,
    parts.flatMap(part => part.remarks),
  )
}
