import { coldStart } from './cold-start.ts'
import type { Ratio } from './measure.ts'

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
  const lines = [...coldStart(root)]
  const rows = lines.map(({ goal, what, against, most, ratio }) => [
    goal,
    what,
    against,
    `${ratio.median.toFixed(2)}x`,
    `${ratio.least.toFixed(2)}..${ratio.most.toFixed(2)}`,
    `<= ${most}x`,
    ratio.median <= most ? 'holds' : 'MISSED',
    `${ratio.ours.toFixed(1)} ms / ${ratio.floor.toFixed(1)} ms`,
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
}
