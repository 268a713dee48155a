import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compare, cpuOf } from './measure.ts'
import type { Part } from './run.ts'

type Told = { readonly count: number; readonly rss: number }

const LARGE = 20_000
const SMALL = 2000

/** P10: facts of a CycloneDX list of 10 MB, held against its whole schema, against JSON.parse of the same bytes; each in a process of its own. */
export function billsOfMaterials(root: string): Part {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bench-'))
  try {
    const [large, small] = [LARGE, SMALL].map(size => {
      const file = path.join(dir, `${size}.json`)
      writeFileSync(file, bomOf(size))
      return file
    }) as [string, string]
    const megabytes = (file: string) => Math.round(statSync(file).size / 1_000_000)
    const child = path.join(root, 'dist/bench/evidence-cyclonedx-child.cjs')
    const floor = path.join(root, 'dist/bench/parse-child.cjs')
    const run = (program: string, file: string) => () => cpuOf([process.execPath, program, file], 1)
    const told = (program: string) =>
      JSON.parse(spawnSync(process.execPath, [program, large], { encoding: 'utf8' }).stdout) as Told
    const [ours, parsed] = [told(child), told(floor)]
    if (ours.count !== LARGE + 1) throw new Error(`bench: ${ours.count} of ${LARGE} components and what they are part of`)
    return {
      lines: [
        {
          goal: 'P10',
          what: `a bill of materials of ${megabytes(large)} MB, fully validated`,
          against: 'JSON.parse process',
          most: 3,
          ratio: compare(run(child, large), run(floor, large), 15),
        },
        {
          goal: 'P10',
          what: `growth from ${megabytes(small)} to ${megabytes(large)} MB`,
          against: `the same at ${megabytes(small)} MB`,
          most: 14,
          ratio: compare(run(child, large), run(child, small), 9),
        },
      ],
      remarks: [
        `P10: ${ours.count.toLocaleString('en-US')} components; at most ${ours.rss} MB held, of which parsing alone takes ${parsed.rss} MB.`,
      ],
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** As a lister of npm packages writes it: about 500 bytes for each component and its dependencies. */
function bomOf(size: number): string {
  const names = Array.from({ length: size }, (_, i) => `package-${i}`)
  const versionOf = (i: number) => `1.${i % 50}.${i % 7}`
  const refOf = (i: number) => `${names[i % size]}@${versionOf(i % size)}`
  const components = names.map((name, i) => ({
    'bom-ref': refOf(i),
    type: 'library',
    name,
    version: versionOf(i),
    scope: i % 5 === 0 ? 'optional' : 'required',
    hashes: [{ alg: 'SHA-256', content: i.toString(16).padStart(8, '0').repeat(8) }],
    description: `What ${name} does, in one sentence`,
    licenses: [{ license: { id: i % 3 === 0 ? 'Apache-2.0' : 'MIT' } }],
    purl: `pkg:npm/${refOf(i)}`,
    externalReferences: [{ type: 'website', url: `https://example.org/${name}` }],
  }))
  const dependencies = names.map((_, i) => ({ ref: refOf(i), dependsOn: [...new Set([refOf(i * 3 + 1), refOf(i * 7 + 2)])] }))
  const metadata = {
    timestamp: '2026-01-01T00:00:00Z',
    tools: { components: [{ type: 'application', name: 'bench', version: '1.0.0' }] },
    component: { 'bom-ref': 'root', type: 'application', name: 'measured', version: '1.0.0' },
  }
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components, dependencies })
}
