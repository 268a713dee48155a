import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { blockMarks } from '../../../core/targets/managed.ts'
import { temporaryFolder } from '../folders.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const out = mkdtempSync(path.join(tmpdir(), 'skeptic-kill-'))

beforeAll(async () => {
  const ssr = path.join(import.meta.dirname, 'kill-saver.ts')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { ssr, outDir: out, emptyOutDir: false, target: 'node20', minify: false },
    ssr: { noExternal: true },
  })
  return () => rmSync(out, { recursive: true, force: true })
})

/** Lets the saver run a while after its first acknowledged state, kills it, and says the last one it acknowledged. */
function saveAndKill(args: readonly string[], delay: number): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [path.join(out, 'kill-saver.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let acknowledged = Number.NaN
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
      else fail(new Error(`the saver ended by itself: ${trouble}`))
    })
  })
}

test('killed 12 times in the middle of saving, every file is old or new and none is taken for a hand edit', async () => {
  const dir = await temporaryFolder()
  const designDir = path.join(dir, 'threat-model')
  mkdirSync(designDir)
  writeFileSync(path.join(dir, 'AGENTS.md'), 'theirs\n')
  const { begin, end } = blockMarks('P-0RD3R')
  let next = 0
  for (let kill = 0; kill < 12; kill++) {
    // The saver ends by itself at the first conflict, and then this fails.
    const last = await saveAndKill([dir, designDir, String(next)], (kill * 37) % 41)
    const stands = (name: string) => readFileSync(path.join(dir, name), 'utf8')
    const may = [last, last + 1]
    expect(may.map(state => `${state}\n`)).toContain(stands('a.md'))
    expect(may.map(state => `${state}\n`)).toContain(stands('deep/b.md'))
    expect(may.map(state => `theirs\n\n${begin}\n${state}\n${end}\n`)).toContain(stands('AGENTS.md'))
    next = last + 2
  }
  expect(next).toBeGreaterThan(24)
}, 120_000)
