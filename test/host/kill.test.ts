import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import { openFolder } from '../../host/node/store.ts'
import { designFolder, put, smallDesign } from './folders.ts'

const root = path.resolve(import.meta.dirname, '../..')
const out = mkdtempSync(path.join(tmpdir(), 'skeptic-kill-'))

beforeAll(async () => {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.join(import.meta.dirname, 'kill-writer.ts'),
      outDir: out,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
    },
    ssr: { noExternal: true },
  })
  return () => rmSync(out, { recursive: true, force: true })
})

/** Lets the writer run a random while after its first acknowledged state, kills it, and says the last one it acknowledged. */
function runAndKill(dir: string, delay: number): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [path.join(out, 'kill-writer.js'), dir], { stdio: ['ignore', 'pipe', 'pipe'] })
    let acknowledged: number | undefined
    let trouble = ''
    let timer: NodeJS.Timeout | undefined
    child.stdout.on('data', (chunk: Buffer) => {
      acknowledged = Number(chunk.toString().trim().split('\n').at(-1))
      timer ??= setTimeout(() => child.kill('SIGKILL'), delay)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      trouble += chunk.toString()
    })
    child.on('close', (_, signal) => {
      clearTimeout(timer)
      if (signal === 'SIGKILL') done(acknowledged)
      else fail(new Error(`the writer ended by itself: ${trouble}`))
    })
  })
}

test('killed 30 times in the middle of writing, the folder always opens, at the acknowledged state or the one in flight', async () => {
  const dir = await designFolder(applyChanges(smallDesign(), [put('E-0000A', '0'), put('E-0000B', '0')]))
  let states = 0
  let inFlight = 0
  for (let kill = 0; kill < 30; kill++) {
    const last = await runAndKill(dir, (kill * 37) % 41)
    const opened = await openFolder(dir)
    expect(opened).toMatchObject({ ok: true, value: { problems: [] } })
    if (!opened.ok || last === undefined) continue
    const { elements } = opened.value.design
    const [a, b] = [Number(elements['E-0000A']?.name), Number(elements['E-0000B']?.name)]
    expect([last, last + 1]).toContain(a)
    expect([last, last + 1]).toContain(b)
    const third = elements['E-0000C']?.name
    expect([last % 2 === 0 ? String(last) : undefined, last % 2 === 0 ? undefined : String(last + 1)]).toContain(third)
    states = last
    if (a !== last || b !== last) inFlight++
  }
  expect(states).toBeGreaterThan(60)
  process.stdout.write(`${states} states acknowledged, ${inFlight} of 30 kills met one in flight\n`)
}, 120_000)
