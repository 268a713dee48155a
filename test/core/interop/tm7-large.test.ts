import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tm7Text } from '../../../bench/tm7-text.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-tm7-'))
const program = path.join(dir, 'tm7-child.cjs')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

beforeAll(async () => {
  await build({
    root: path.resolve(import.meta.dirname, '../../..'),
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: path.join(import.meta.dirname, 'tm7-child.ts'),
      outDir: dir,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  })
})

function readWithin(megabytes: number, text: string) {
  const file = path.join(dir, 'large.tm7')
  writeFileSync(file, text)
  const ran = spawnSync(process.execPath, [`--max-old-space-size=${megabytes}`, program, file], { encoding: 'utf8' })
  expect(ran.status, ran.stderr.slice(0, 2000)).toBe(0)
  return JSON.parse(ran.stdout) as Record<string, number>
}

describe('a model of twenty megabytes', () => {
  test('that is nearly all template is read within 64 MB', () => {
    const text = tm7Text({ elements: 300, characters: 20_000_000 })
    expect(text.length).toBeGreaterThan(20_000_000)
    expect(readWithin(64, text)).toMatchObject({ elements: 300, flows: 295, boundaries: 5, threats: 590, diagrams: 5 })
  })

  test('that is all drawings and threats is read within 128 MB', () => {
    const text = tm7Text({ elements: 2000 })
    expect(text.length).toBeGreaterThan(19_000_000)
    expect(readWithin(128, text)).toMatchObject({ elements: 2000, flows: 1966, boundaries: 34, threats: 3932, diagrams: 34 })
  })

  test('is the same every time it is made', () => {
    expect(tm7Text({ elements: 70, characters: 100_000 })).toBe(tm7Text({ elements: 70, characters: 100_000 }))
  })
})
