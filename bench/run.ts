import { coldStart } from './cold-start.ts'
import { edits } from './edits.ts'
import type { Ratio } from './measure.ts'
import { prompts } from './prompts.ts'
import { scan } from './scan.ts'
import { threats } from './threats.ts'

/** One line of the table: a goal, what it is measured against, and the ratio that must not be passed. */
export type Line = {
  readonly goal: string
  readonly what: string
  readonly against: string
  readonly most: number
  readonly ratio: Ratio
}

/** Measures everything and prints one table of ratios. */
export function run(root: string): void {
  const parts = [threats(root), edits(root), prompts(root)]
  const lines = [...parts.flatMap(part => part.lines), ...scan(), ...coldStart(root)]
  const rows = lines.map(({ goal, what, against, most, ratio }) => [
    goal,
    what,
    against,
    `${shown(ratio.median)}x`,
    `${shown(ratio.least)}..${shown(ratio.most)}`,
    `<= ${shown(most)}x`,
    ratio.median <= most ? 'holds' : 'MISSED',
    `${time(ratio.ours)} / ${time(ratio.floor)}`,
  ])
  const head = ['goal', 'what', 'against', 'median', 'min..max', 'allowed', '', 'cpu']
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => (row[i] as string).length)))
  for (const row of [head, ...rows])
    process.stdout.write(
      `${row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join('  ')
        .trimEnd()}\n`,
    )
  for (const remark of parts.flatMap(part => part.remarks)) process.stdout.write(`${remark}\n`)
}

function shown(ratio: number): string {
  return ratio < 0.1 ? ratio.toPrecision(2) : String(Number(ratio.toFixed(2)))
}

function time(ms: number): string {
  return ms < 0.1 ? `${(ms * 1000).toFixed(1)} us` : `${ms.toFixed(1)} ms`
}
