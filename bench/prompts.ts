import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ratioOf } from './measure.ts'
import type { Line } from './run.ts'

type Round = { readonly literal: number; readonly written: number; readonly made: number; readonly compiled: number }
type Told = { readonly rounds: readonly Round[]; readonly length: number }

/** P13: the words of 1,000 prompts, against the same words from template literals and from templates compiled anew for each. */
export function prompts(root: string): { readonly lines: readonly Line[]; readonly remarks: readonly string[] } {
  const large = run(root, 1000)
  const small = run(root, 100)
  const against = (ours: keyof Round, floor: keyof Round) =>
    ratioOf(large.rounds.map(round => ({ ours: round[ours] / 1000, floor: round[floor] / 1000 })))
  const growth = (ours: keyof Round) =>
    ratioOf(large.rounds.map((round, i) => ({ ours: round[ours] / 1000, floor: (small.rounds[i] ?? round)[ours] / 1000 })))
  const whole = ratioOf(large.rounds.map(round => ({ ours: round.made, floor: round.literal })))
  return {
    lines: [
      {
        goal: 'P13',
        what: 'words of 1,000 prompts',
        against: 'template literals',
        most: 5,
        ratio: against('written', 'literal'),
      },
      {
        goal: 'P13',
        what: 'words of 1,000 prompts',
        against: 'compiled for each',
        most: 1 / 40,
        ratio: against('written', 'compiled'),
      },
      {
        goal: 'P13',
        what: 'one prompt, growth from 100 to 1,000',
        against: 'the same at 100',
        most: 1.5,
        ratio: growth('written'),
      },
      {
        goal: 'P13',
        what: 'the same with slice, lint and scan',
        against: 'the same at 100',
        most: 1.5,
        ratio: growth('made'),
      },
    ],
    remarks: [
      `P13: a prompt of ${large.length.toLocaleString('en-US')} characters from slice to scanned and linted text takes ${(whole.ours / 1000).toFixed(2)} ms, ${whole.median.toFixed(0)} times its template literals; no goal is set for that.`,
    ],
  }
}

function run(root: string, count: number): Told {
  const ran = spawnSync(process.execPath, [path.join(root, 'dist/bench/prompts-child.cjs'), String(count)], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`bench: the prompts of ${count} work items failed: ${ran.stderr}`)
  return JSON.parse(ran.stdout) as Told
}
