import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundleOf } from '../core/model/write.ts'
import { designOf } from './designs.ts'
import { compare, cpuOf } from './measure.ts'
import type { Line } from './run.ts'

/** P1: every finding of 10,000 elements and 20,000 flows, against a process that only parses the model. */
export function threats(root: string): { readonly lines: readonly Line[]; readonly remarks: readonly string[] } {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bench-'))
  const bundles = [1000, 10_000].map(size => {
    const file = path.join(dir, `${size}.json`)
    writeFileSync(file, bundleOf(designOf(size)))
    return file
  })
  const [small = '', large = ''] = bundles
  const child = path.join(root, 'dist/bench/threats-child.cjs')
  const floor = path.join(root, 'dist/bench/parse-child.cjs')
  const run = (program: string, file: string) => () => cpuOf([process.execPath, program, file])
  const lines: Line[] = [
    {
      goal: 'P1',
      what: 'all threats of 10,000 elements, 20,000 flows',
      against: 'JSON.parse process',
      most: 3,
      ratio: compare(run(child, large), run(floor, large), 9),
    },
    {
      goal: 'P1',
      what: 'growth from 1,000 to 10,000 elements',
      against: 'the same at 1,000',
      most: 12,
      ratio: compare(run(child, large), run(child, small), 9),
    },
  ]
  const told = (program: string) =>
    JSON.parse(spawnSync(process.execPath, [program, large], { encoding: 'utf8' }).stdout) as Record<string, number>
  const [ours, parsed] = [told(child), told(floor)]
  rmSync(dir, { recursive: true, force: true })
  return {
    lines,
    remarks: [
      `P1: ${ours.count} findings of ${ours.rules} rules; at most ${ours.rss} MB, of which parsing alone takes ${parsed.rss} MB.`,
      ...PEERS.map(({ name, has }) =>
        has()
          ? `P1: ${name} is installed, but no comparison is written for this version.`
          : `P1: ${name} is not installed; not compared.`,
      ),
    ],
  }
}

const PEERS = [
  { name: 'pytm', has: () => spawnSync('python3', ['-c', 'import pytm']).status === 0 },
  { name: 'Threagile', has: () => spawnSync('threagile', ['version']).status === 0 },
  { name: "Threat Dragon's engine", has: () => false },
]
