// One reading of a SARIF log: `facts` as evidence is read from a folder, `parse` the floor, JSON.parse of the same bytes.

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readReport } from '../host/node/evidence/load.ts'
import { mostHeld } from './held.ts'

const [way, file = ''] = process.argv.slice(2)
if (way === 'facts') void facts().then(tell)
else tell(parsed())

function tell(told: { readonly count: number }): void {
  process.stdout.write(JSON.stringify({ ...told, rss: mostHeld() }))
}

async function facts(): Promise<{ readonly count: number; readonly kept?: number }> {
  const read = await readReport(path.resolve(file))
  if (!read.ok) throw new Error(read.problems[0].message)
  globalThis.gc?.()
  return { count: read.value.facts.scan?.results.length ?? 0, kept: Math.round(process.memoryUsage().heapUsed / 1_048_576) }
}

function parsed(): { readonly count: number } {
  const log = JSON.parse(readFileSync(file, 'utf8')) as { runs: { results: unknown[] }[] }
  return { count: log.runs.reduce((sum, run) => sum + run.results.length, 0) }
}
