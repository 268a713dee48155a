import { readFileSync, writeSync } from 'node:fs'
import net from 'node:net'
import { importModel } from '../../../../core/interop/import.ts'
import { importFiles } from '../../../../core/interop/import-files.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../../core/model/change.ts'
import { integrityProblems } from '../../../../core/model/integrity.ts'
import { accepts } from '../../../../core/model/parse.ts'
import { TABLE_NAMES } from '../../../../core/model/tables.ts'
import type { Design } from '../../../../core/model/types.ts'
import { damaged } from './mutate.ts'

/** A program of its own, so that what a reader does to a process it does to this one: node child.cjs SEEDS FORMAT FROM TO. */
const [seedFile = '', format = '', from = '0', to = '0'] = process.argv.slice(2)
const seeds = (JSON.parse(readFileSync(seedFile, 'utf8')) as Record<string, readonly string[]>)[format] ?? []

let requests = 0
const noConnection = () => {
  requests++
  throw new Error('a reader asked for a connection')
}
net.Socket.prototype.connect = noConnection as unknown as typeof net.Socket.prototype.connect
globalThis.fetch = noConnection as unknown as typeof fetch

const stamp = {
  at: '2026-01-01T00:00:00Z',
  by: 'fuzz',
  random: () => {
    throw new Error('an import draws no random ids')
  },
}

const told = { files: 0, read: 0, parts: 0, asFormat: 0, slowest: 0, slowestAt: -1, requests: 0, faults: [] as string[] }

for (let n = Number(from); n < Number(to); n++) {
  // One sign for each file begun: whoever waits knows where it stopped.
  writeSync(3, '.')
  const text = damaged(seeds, n)
  const begun = process.cpuUsage()
  try {
    const result = importModel('model.file', text, { stamp })
    told.files++
    // What can be read of a damaged file must be as sound, and as quick to say.
    const part = n % 3 === 0 ? importFiles(undefined, [{ name: 'model.file', text }], { stamp, partial: true }) : undefined
    const [first] = part?.files ?? []
    if (part && first?.kind === 'read') {
      told.parts++
      const wrong = unsound(applyChanges(EMPTY_DESIGN, part.changes), first.summary.format === 'skeptic')
      if (wrong) told.faults.push(`${n}, in part: ${wrong}`)
    }
    if (result.ok) {
      told.read++
      if (result.value.summary.format === format) told.asFormat++
      const wrong = unsound(result.value.design, result.value.summary.format === 'skeptic')
      if (wrong) told.faults.push(`${n}: ${wrong}`)
    } else {
      const [first] = result.problems
      if (!first?.at?.startsWith('model.file') || !first.message || !first.cure)
        told.faults.push(`${n}: a refusal without place or cure: ${JSON.stringify(first).slice(0, 300)}`)
    }
  } catch (error) {
    told.faults.push(`${n}: ${error instanceof Error ? (error.stack ?? error.message).slice(0, 600) : String(error)}`)
  }
  const { user, system } = process.cpuUsage(begun)
  const took = (user + system) / 1000
  if (took > told.slowest) Object.assign(told, { slowest: Math.round(took), slowestAt: n })
  if (told.faults.length > 20) break
}

told.requests = requests
process.stdout.write(JSON.stringify(told))

/** What is wrong with a design that was read; a bundle's links may lead nowhere. */
function unsound(design: Design, isBundle: boolean): string | undefined {
  for (const table of TABLE_NAMES)
    for (const [id, row] of Object.entries(design[table]))
      if (row.id !== id || !accepts(table, row)) return `${table}/${id} breaks its schema: ${JSON.stringify(row).slice(0, 300)}`
  const problems = isBundle ? [] : integrityProblems(design)
  return problems.length > 0 ? `not whole: ${JSON.stringify(problems[0])}` : undefined
}
