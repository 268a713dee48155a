import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { type Ratio, ratioOf } from './measure.ts'
import type { Line } from './run.ts'

type Told = {
  readonly rounds: readonly { readonly set: number; readonly kept: number; readonly derive: number }[]
  readonly full: number
  readonly p99: number
  readonly pipeline: { readonly p50: number; readonly p99: number }
  readonly rss: number
}

/** P2 and P3: what follows an edit, against a bare Yjs `set` in a document of the same size, and against what a person notices. */
export function edits(root: string): { readonly lines: readonly Line[]; readonly remarks: readonly string[] } {
  const told = new Map([100, 1000, 10_000].map(size => [size, run(root, size)] as const))
  const large = told.get(10_000) as Told
  const small = told.get(100) as Told
  const lines: Line[] = [...told].flatMap(([size, { rounds }]) => {
    const what = `re-deriving after one edit, ${size.toLocaleString('en-US')} elements`
    const against = (floor: (round: Told['rounds'][number]) => number) =>
      ratioOf(rounds.map(round => ({ ours: round.derive / 1000, floor: floor(round) / 1000 })))
    return [
      { goal: 'P2', what, against: 'a Yjs set, update taken', most: 2, ratio: against(round => round.kept) },
      { goal: 'P2', what, against: 'a Yjs set nobody hears', most: 2, ratio: against(round => round.set) },
    ]
  })
  return {
    lines: [
      ...lines,
      { goal: 'P2', what: 'the same, 99th of 100, 10,000 elements', against: '1 ms', most: 1, ratio: single(large.p99, 1) },
      {
        goal: 'P2',
        what: 'growth from 100 to 10,000 elements',
        against: 'the same at 100',
        most: 3,
        ratio: ratioOf(
          large.rounds.map(({ derive }, i) => ({ ours: derive / 1000, floor: (small.rounds[i]?.derive ?? derive) / 1000 })),
        ),
      },
      {
        goal: 'P2',
        what: 're-deriving after one edit',
        against: 'toJSON and all rules',
        most: 1 / 200,
        ratio: ratioOf(large.rounds.map(({ derive }) => ({ ours: derive / 1000, floor: large.full / 1000 }))),
      },
      {
        goal: 'P3',
        what: 'edit to prompt, 10,000 elements, 1,000 threats',
        against: '4 ms',
        most: 1,
        ratio: { ...single(large.pipeline.p50, 4), most: large.pipeline.p99 / 4 },
      },
    ],
    remarks: [
      `P3: one edit, held to its schema, then threats, checklist, prompt and the Mermaid lines of what changed: ${large.pipeline.p50.toFixed(2)} ms in the middle, ${large.pipeline.p99.toFixed(2)} ms for the 99th of 100; the process holds ${large.rss} MB.`,
    ],
  }
}

function run(root: string, size: number): Told {
  const ran = spawnSync(process.execPath, [path.join(root, 'dist/bench/edit-child.cjs'), String(size)], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`bench: the edits of ${size} elements failed: ${ran.stderr}`)
  return JSON.parse(ran.stdout) as Told
}

function single(ours: number, floor: number): Ratio {
  return ratioOf([{ ours, floor }])
}
