import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../support/served-workbench.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-monitor-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const place = path.join(dir, 'bank')

const program = path.join(root, 'dist/cli/skeptic.cjs')

function run(...words: readonly string[]) {
  const ran = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8', cwd: dir })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}

function monitor(...words: readonly string[]) {
  return run('monitor', '--design', path.join(place, 'threat-model'), '--at', '2026-11-22T16:00:00Z', ...words)
}

type Answer = { readonly files: readonly { readonly path: string; readonly text: string }[]; readonly rules: number }
const answerOf = (text: string) => JSON.parse(text) as Answer

beforeAll(() => {
  expect(run('init', place, '--template', 'bank-transfer').code).toBe(0)
})

const FORMATS = ['sigma', 'wazuh', 'ossec', 'integrity', 'events', 'ocsf', 'otel', 'samples']

test('without a format it says which threats lead to a detection', () => {
  const { code, out } = monitor()
  expect(code).toBe(0)
  expect(out).toMatch(/^T-DEB1T {2}CROSS-TENANT-ACCESS/m)
  expect(out.trimEnd()).toMatch(/\d+ detections on components, \d+ audit events$/)
})

test('every format goes to the screen, and --out writes the same texts whole', () => {
  const out = path.join(dir, 'all')
  expect(monitor('--out', out).code).toBe(0)
  const written = readdirSync(out, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const shown = FORMATS.flatMap(format => {
    const { code, out: text } = monitor('--format', format, '--json')
    expect(code).toBe(0)
    return answerOf(text).files
  })
  expect(shown.length).toBe(written.length)
  for (const file of shown) {
    expect(file.text.trim().length).toBeGreaterThan(50)
    expect(readFileSync(path.join(out, ...file.path.split('/')), 'utf8')).toBe(file.text)
  }
  expect(monitor('--format', 'sigma').out.trimEnd()).toBe(shown[0]?.text.trimEnd())
})

test('several files are one JSON document, never a text that is none', () => {
  const { code, out } = monitor('--format', 'all', '--json')
  expect(code).toBe(0)
  const each = FORMATS.flatMap(format => answerOf(monitor('--format', format, '--json').out).files)
  expect(answerOf(out).files).toEqual(each)
  for (const format of FORMATS) {
    const { code: status, out: text, err } = monitor('--format', format, '--quiet')
    const { files } = answerOf(monitor('--format', format, '--json').out)
    if (files.length === 1) expect([status, text]).toEqual([0, files[0]?.text])
    else {
      expect([status, text]).toEqual([3, ''])
      expect(err).toContain('add --json for one JSON document')
    }
  }
})

test.runIf(existsSync('/usr/bin/script'))('at a terminal each file stands under its path', () => {
  const words = [program, 'monitor', '--design', path.join(place, 'threat-model'), '--format', 'ossec', '--quiet']
  const command = [process.execPath, ...words].map(word => `'${word}'`).join(' ')
  const { stdout } = spawnSync('/usr/bin/script', ['-qec', command, '/dev/null'], { encoding: 'utf8', cwd: dir })
  expect(stdout).toMatch(/^==> ossec\/local_decoder\.xml <==\r?$/m)
  expect(stdout).toMatch(/^==> ossec\/local_rules\.xml <==\r?$/m)
})

test('--first-id moves the ids of the rules', () => {
  const moved = monitor('--format', 'wazuh', '--first-id', '200000').out
  const plain = monitor('--format', 'wazuh').out
  expect(moved).toContain('<rule id="200000" level="0">')
  expect(moved).not.toBe(plain)
  expect(moved.match(/<rule id="1\d{5}"/)).toBeNull()
})

test('--place fills in where a component lies, and what has none is said', () => {
  const { out: json, err } = monitor('--format', 'integrity', '--json', '--place', 'E-TRAP1=/opt/transfers')
  const out = answerOf(json)
    .files.map(({ text }) => text)
    .join('')
  expect(out).toContain('<directories check_all="yes" whodata="yes">/opt/transfers</directories>')
  expect(err).toContain('E-1EDG1 Ledger')
  expect(err).not.toContain('E-TRAP1')
})

test('--add-checks adds to the checks that are there, once, and the gate still works', () => {
  const folder = path.join(dir, 'checked/threat-model')
  cpSync(path.join(place, 'threat-model'), folder, { recursive: true })
  const file = path.join(folder, 'mitigations/M-0NCE1.json')
  const before = JSON.parse(readFileSync(file, 'utf8')) as object
  const kept = { tests: { from: { slot: 'unit' }, match: ['*our own*'], min: 1 } }
  const own = { statement: 'A test of our own holds.', verify: { all: [kept] } }
  writeFileSync(file, JSON.stringify({ ...before, checks: { own } }))
  const add = () => run('monitor', '--design', folder, '--at', '2026-11-22T16:00:00Z', '--add-checks')
  const first = add()
  expect(first.code, first.err).toBe(0)
  expect(first.out).toContain('M-0NCE1')
  const after = readFileSync(file, 'utf8')
  const { checks } = JSON.parse(after) as { checks: Record<string, { statement: string }> }
  expect(Object.keys(checks).sort()).toEqual(['audit-message-refused', 'audit-token-rejected', 'own'])
  expect(checks.own?.statement).toBe(own.statement)
  expect(add().out).toContain('No mitigation needs a new check.')
  expect(readFileSync(file, 'utf8')).toBe(after)
  expect(run('lint', '--design', folder).code).toBe(run('lint', '--design', path.join(place, 'threat-model')).code)
  const words = ['--design', folder, '--at', '2026-11-22T16:00:00Z']
  expect(run('gate', ...words).out).toContain('GATE OPEN')
  expect(run('checklist', 'W-0RD3R', ...words).out).toContain('the audit event access.denied is written')
  expect(run('verify', 'W-0RD3R', '--dry-run', ...words).out).toMatch(/INCONCLUSIVE \(missing\).*the audit event access\.denied/)
})

test.each([
  [['--format', 'nothing'], 'There is no format "nothing".'],
  [['--format', 'all'], 'Name a folder with --out'],
  [['--first-id', 'x'], 'Give --first-id a whole number from 100000 to 900000.'],
  [['--place', 'E-00000=/opt/x'], '--place "E-00000=/opt/x" names no process or data store of ours.'],
  [['--place', 'E-TRAP1=opt'], '"opt" is no directory that integrity monitoring can watch.'],
  [['--add-checks', '--out', 'files'], '--add-checks changes the design and writes no files.'],
])('%j is refused with what would do', (words, said) => {
  const { code, err } = monitor(...words)
  expect(code).toBe(3)
  expect(err).toContain(said)
  expect(existsSync(path.join(dir, 'files'))).toBe(false)
})
