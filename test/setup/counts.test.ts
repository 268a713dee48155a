import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { journeyCounts, unitCounts } from '../../setup/counts.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'skeptic-counts-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a failed test counts once, and a file that fails without one counts too', () => {
  const files: Readonly<Record<string, string>> = {
    'nested.test.js': `describe('a', () => describe('b', () => {
      test('fails', () => expect(1).toBe(2))
      test('passes', () => {})
      test.skip('is skipped', () => {})
      test.todo('is to be written')
    }))`,
    'broken.test.js': `throw new Error('does not load')`,
    'hook.test.js': `beforeAll(() => { throw new Error('no ground to stand on') })
      test('never runs', () => {})`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text)
  const report = path.join(folder, 'report.json')
  const vitest = path.resolve('node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--root', folder, '--globals', '--reporter=json', `--outputFile=${report}`]
  expect(spawnSync(process.execPath, args, { encoding: 'utf8' }).status).toBe(1)
  expect(unitCounts(JSON.parse(readFileSync(report, 'utf8')))).toEqual({ passed: 1, failed: 3, skipped: 3 })
})

test('a journey that passes at its second try passes', () => {
  expect(journeyCounts({ stats: { expected: 5, flaky: 1, unexpected: 2, skipped: 3 } })).toEqual({
    passed: 6,
    failed: 2,
    skipped: 3,
  })
})
