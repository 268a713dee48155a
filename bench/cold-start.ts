import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { bundleOf } from '../core/model/write.ts'
import { designOf } from './designs.ts'
import { compare, cpuOf } from './measure.ts'
import type { Line } from './run.ts'

/** P7: validate, derive threats and write the Markdown report of a 10-element design, against a Node that does nothing. */
export function coldStart(root: string): readonly Line[] {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bench-'))
  const bundle = path.join(dir, 'design.skeptic.json')
  writeFileSync(bundle, bundleOf(designOf(10)))
  const program = path.join(root, 'dist/cli/skeptic.cjs')
  const ratio = compare(
    () => cpuOf([process.execPath, program, 'report', '--design', bundle, '--at', '2026-01-01T00:00:00Z']),
    () => cpuOf([process.execPath, '-e', '0']),
    15,
  )
  rmSync(dir, { recursive: true, force: true })
  return [{ goal: 'P7', what: 'report of 10 elements, cold', against: 'node -e 0', most: 1.4, ratio }]
}
