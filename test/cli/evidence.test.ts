import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { serveWorkbench } from '../support/served-workbench.ts'

let cwd = ''
beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'skeptic-evidence-'))
  expect(skeptic(['init'], { cwd }).code).toBe(0)
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const evidence = (...words: readonly string[]) => skeptic(['evidence', 'unit', 'unit.xml', ...words], { cwd })
const kept = (name: string) => readFileSync(path.join(cwd, 'threat-model/.skeptic/evidence', name), 'utf8')

test('what a command prints is kept as its report, with how it ended', () => {
  const ran = evidence('--', 'node', '-e', 'console.log("<testsuites/>"); process.exitCode = 1')
  expect(ran.code).toBe(0)
  expect(ran.out).toContain('node ended with 1. There is no commit here')
  expect(kept('unit.xml')).toBe('<testsuites/>\n')
  expect(JSON.parse(kept('unit.xml.skeptic.json'))).toMatchObject({ slot: 'unit', exitCode: 1, reported: 'self' })
})

test('a command may write the file itself, where it is told its name', () => {
  expect(evidence('--', 'node', '-e', 'require("fs").writeFileSync(process.argv[1], "<a/>")', '{report}').code).toBe(0)
  expect(kept('unit.xml')).toBe('<a/>')
})

test.each([
  ['no command', ['--'], 'evidence needs -- COMMAND'],
  ['a program that is not there', ['--', 'no-such-program-here'], 'cannot be run'],
  ['no report', ['--', 'node', '-e', '0', '{report}'], 'wrote no report'],
])('%s is refused', (_, words, reason) => {
  const ran = evidence(...words)
  expect(ran.code).toBe(3)
  expect(ran.err).toContain(reason)
})

test('a window that has the design open keeps the command line from changing it', async () => {
  const served = await serveWorkbench(['--design', path.join(cwd, 'threat-model')])
  try {
    const ran = skeptic(['triage', 'N-00000000', '--real', '3,3'], { cwd })
    expect(ran.code).toBe(3)
    expect(ran.err).toContain('would not see the change')
  } finally {
    await served.stop()
  }
})

test('an empty folder is told how to begin', () => {
  rmSync(path.join(cwd, 'threat-model'), { recursive: true })
  expect(skeptic(['serve', '--no-open'], { cwd }).err).toContain('Make one here with: skeptic init')
})
