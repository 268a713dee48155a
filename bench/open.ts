import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ratioOf } from './measure.ts'
import { printTable } from './table.ts'

type Pairs = Parameters<typeof ratioOf>[0]

type Told = {
  readonly plain: Pairs
  readonly shared: Pairs
  readonly bytes: number
  readonly edits: {
    readonly growth: number
    readonly perEdit: number
    readonly waits: { readonly p50: number; readonly p99: number; readonly max: number }
    readonly replays: Pairs
  }
}

const ELEMENTS = 10_000
const EDITS = 10_000

/** P12: opening a large design, editing it durably, and opening it again from its log. */
export function run(root: string): void {
  const child = path.join(root, 'dist/bench/open-child.cjs')
  const ran = spawnSync(process.execPath, ['--expose-gc', child, String(ELEMENTS), String(EDITS)], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`cannot open: ${ran.stderr}`)
  const { plain, shared, bytes, edits } = JSON.parse(ran.stdout) as Told
  const size = ELEMENTS.toLocaleString('en-US')
  printTable(
    [
      { goal: 'P12', what: `plain model of ${size} elements`, against: 'JSON.parse', most: 3, ratio: ratioOf(plain) },
      { goal: 'P12', what: `shared document of ${size} elements`, against: 'JSON.parse', most: 10, ratio: ratioOf(shared) },
      {
        goal: 'P12',
        what: `replaying ${EDITS.toLocaleString('en-US')} edits`,
        against: 'one snapshot of the same',
        most: 1.5,
        ratio: ratioOf(edits.replays),
      },
    ],
    [
      `P12: ${(bytes / 1000).toFixed(2)} kB of heap an element (2.5); the document grew to ${edits.growth.toFixed(2)} times a fresh one (1.1).`,
      `P12: an edit takes ${edits.perEdit.toFixed(0)} microseconds of processor time; durable after ${edits.waits.p50.toFixed(1)} ms (median), ${edits.waits.p99.toFixed(1)} ms (p99), ${edits.waits.max.toFixed(1)} ms at most (20).`,
    ],
  )
}
