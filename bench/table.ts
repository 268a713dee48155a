import type { Line } from './run.ts'

/** Prints lines as one table, and the remarks below it. */
export function printTable(lines: readonly Line[], remarks: readonly string[]): void {
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
  for (const remark of remarks) process.stdout.write(`${remark}\n`)
}

function shown(ratio: number): string {
  return ratio < 0.1 ? ratio.toPrecision(2) : String(Number(ratio.toFixed(2)))
}

function time(ms: number): string {
  return ms < 0.1 ? `${(ms * 1000).toFixed(1)} us` : `${ms.toFixed(1)} ms`
}
