// Opens a design of the wanted size again and again, in the ways P12 compares, and prints the processor time of each.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Change } from '../core/model/change.ts'
import { parseBundle } from '../core/model/parse.ts'
import type { Design } from '../core/model/types.ts'
import { bundleOf } from '../core/model/write.ts'
import { nodeDisk } from '../host/node/disk.ts'
import { beginJournal, readJournal } from '../host/node/journal/journal.ts'
import { shareModel } from '../ydoc/shared-model.ts'
import { designOf } from './designs.ts'

const ELEMENTS = Number(process.argv[2] ?? 10_000)
const EDITS = Number(process.argv[3] ?? 10_000)
const ROUNDS = 9

const design = designOf(ELEMENTS)
const bundle = bundleOf(design)
const json = JSON.stringify(design)

/** Processor time of a call in milliseconds; what was there before is collected first. */
function timeOf(call: () => unknown): number {
  globalThis.gc?.()
  const begun = process.cpuUsage()
  const kept = call()
  const { user, system } = process.cpuUsage(begun)
  if (kept === undefined) throw new Error('nothing was opened')
  return (user + system) / 1000
}

function plain(): Design {
  const parsed = parseBundle('bundle.json', bundle)
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value
}

function shared(state: Uint8Array): Design {
  const model = shareModel()
  model.load(state)
  const read = model.read()
  model.destroy()
  return read
}

const state = stateOf(design)

function stateOf(from: Design): Uint8Array {
  const model = shareModel(from)
  const bytes = model.state()
  model.destroy()
  return bytes
}

/** Bytes that stay in use for one element of the plain model. */
function bytesPerElement(): number {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const held = plain()
  globalThis.gc?.()
  const bytes = (process.memoryUsage().heapUsed - before) / ELEMENTS
  if (Object.keys(held).length === 0) throw new Error('nothing is held')
  return Math.round(bytes)
}

/** One edit after the other, each waited for until it is durable; then the log is replayed beside a snapshot of the same state. */
async function edits() {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bench-'))
  try {
    const model = shareModel(design)
    const fresh = model.state().length
    const tools = { dir, disk: nodeDisk, verify: () => true }
    const journal = await beginJournal(tools, { document: 'bench', state: model.state() })
    if (!journal.ok) throw new Error(journal.problems[0].message)
    model.onUpdate(update => journal.value.append(update))
    const ids = Object.keys(design.elements)
    const waits: number[] = []
    const begun = process.cpuUsage()
    for (let i = 0; i < EDITS; i++) {
      const change: Change = {
        kind: 'patch',
        table: 'elements',
        id: ids[i % ids.length] as string,
        fields: { name: `Name ${i}` },
      }
      model.write([change])
      if (i % 100 !== 0) continue
      const from = performance.now()
      const answer = await journal.value.durable()
      if (!answer.ok) throw new Error(answer.problems[0].message)
      waits.push(performance.now() - from)
    }
    const { user, system } = process.cpuUsage(begun)
    await journal.value.durable()
    await journal.value.close()
    const after = model.state()
    const replays = Array.from({ length: ROUNDS }, () => ({
      ours: timeOf(() => replay(dir)),
      floor: timeOf(() => shared(after)),
    }))
    waits.sort((a, b) => a - b)
    return {
      growth: after.length / fresh,
      perEdit: (user + system) / EDITS,
      waits: { p50: waits[Math.floor(waits.length / 2)], p99: waits[Math.floor(waits.length * 0.99)], max: waits.at(-1) },
      replays,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function replay(dir: string): Design {
  const recovered = readJournal({ dir, disk: nodeDisk })
  if (!recovered) throw new Error('nothing was logged')
  const model = shareModel()
  model.load(recovered.snapshot)
  for (const { kind, content } of recovered.frames) if (kind === 'update') model.load(content)
  const read = model.read()
  model.destroy()
  return read
}

async function main(): Promise<void> {
  const opened = {
    plain: Array.from({ length: ROUNDS }, () => ({ ours: timeOf(plain), floor: timeOf(() => JSON.parse(json)) })),
    shared: Array.from({ length: ROUNDS }, () => ({ ours: timeOf(() => shared(state)), floor: timeOf(() => JSON.parse(json)) })),
    bytes: bytesPerElement(),
    edits: await edits(),
  }
  process.stdout.write(JSON.stringify(opened))
}

void main()
