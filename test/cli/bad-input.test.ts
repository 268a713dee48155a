import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ran, skeptic } from '../support/cli.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bad-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const place = path.join(dir, name)
  writeFileSync(place, text)
  return place
}

/** One clear message: the file, a reason, a cure; no stack trace; exit 3. */
function expectRefusal(ran: Ran, named: string): void {
  expect(ran.code, ran.err + ran.out).toBe(3)
  expect(ran.out).toBe('')
  expect(ran.err).toContain(named)
  expect(ran.err.trim().split('\n').length).toBeGreaterThanOrEqual(2)
  expect(ran.err).not.toMatch(/\n\s+at |Error:|node:internal/)
}

const DEEP = 100_000
const BAD_FILES: readonly (readonly [string, string, string])[] = [
  ['not JSON', 'not-json.json', 'this is not JSON'],
  ['an empty file', 'empty.json', ''],
  ['a truncated file', 'truncated.json', '{"version":"2.2.0","summary":{"title":"x"},"detail":{"diagrams":[{"cells":[{"id":"a"'],
  ['100,000 levels', 'deep.json', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
  ['a __proto__ key', 'proto.json', '{"summary":{"title":"x","__proto__":{"polluted":true}},"detail":{"diagrams":[]}}'],
  [
    'an escaped __proto__ key',
    'proto-escaped.json',
    '{"summary":{"title":"x","\\u005f_proto__":{"polluted":true}},"detail":{"diagrams":[]}}',
  ],
  ['another schema', 'other.json', '{"hello":"world"}'],
  ['a bare number', 'number.json', '42'],
  ['null', 'null.json', 'null'],
]

describe('a file that cannot be imported', () => {
  test.each(BAD_FILES)('%s is refused and changes nothing', (_, name, text) => {
    const into = path.join(dir, `into-${name}`)
    expectRefusal(skeptic(['import', file(name, text), '--into', into]), name)
    expect(existsSync(into)).toBe(false)
  })

  test('200 MB are refused unread', () => {
    const place = path.join(dir, 'large.json')
    const handle = openSync(place, 'w')
    ftruncateSync(handle, 200 * 1024 * 1024)
    closeSync(handle)
    const into = path.join(dir, 'into-large')
    const ran = skeptic(['import', place, '--into', into])
    expectRefusal(ran, 'large.json')
    expect(ran.err).toContain('200 MB')
    expect(existsSync(into)).toBe(false)
    rmSync(place)
  })

  test('under --json the error is one document with code, message, at and cure', () => {
    const ran = skeptic(['import', file('json-error.json', '{"a":'), '--into', path.join(dir, 'x'), '--json'])
    expect(ran.code).toBe(3)
    expect(ran.json().error).toMatchObject({ code: 'json.syntax', at: 'json-error.json:1:6' })
    expect(Object.keys(ran.json().error as object).sort()).toEqual(['at', 'code', 'cure', 'message'])
  })

  test('a folder that is not empty is refused and stays as it was', () => {
    const into = path.join(dir, 'full')
    mkdirSync(into)
    writeFileSync(path.join(into, 'mine.txt'), 'mine')
    const ran = skeptic(['init', into])
    expectRefusal(ran, into)
    expect(readdirSync(into)).toEqual(['mine.txt'])
  })
})

const BAD_DESIGNS: readonly (readonly [string, string, string, string])[] = [
  ['an entity that is not JSON', 'elements/E-AAAAA.json', '{"id": "E-AAAAA",', 'elements/E-AAAAA.json:1:'],
  [
    'an entity of the wrong schema',
    'elements/E-AAAAA.json',
    '{"id":"E-AAAAA","name":"x","kind":"service"}',
    'elements/E-AAAAA.json:/',
  ],
  [
    'a key that stands twice',
    'elements/E-AAAAA.json',
    '{"id":"E-AAAAA","name":"x","name":"y","kind":"process"}',
    'elements/E-AAAAA.json',
  ],
  [
    'a file named otherwise',
    'elements/E-AAAAA.json',
    '{"id":"E-BBBBB","name":"x","kind":"process","provenance":{"kind":"human","at":"2026-01-01T00:00:00Z"}}',
    'E-BBBBB',
  ],
  ['a newer format', 'skeptic.json', '{"format":99,"designId":"AAAAAAAAAA","name":"x","epoch":1}', 'format 99'],
  ['no format', 'skeptic.json', '{"designId":"AAAAAAAAAA","name":"x","epoch":1}', 'format'],
  ['100,000 levels', 'flows/F-AAAAA.json', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, 'flows/F-AAAAA.json:1:'],
]

describe('a design folder with a fault never opens as an empty design', () => {
  let count = 0
  let clean = ''
  beforeAll(() => {
    clean = path.join(dir, 'clean')
    expect(skeptic(['init', clean, '--name', 'Clean']).code).toBe(0)
  })

  test.each(BAD_DESIGNS)('%s', (_, name, text, named) => {
    const design = path.join(dir, `design-${count++}`)
    mkdirSync(path.dirname(path.join(design, name)), { recursive: true })
    for (const own of ['skeptic.json', 'policy.json']) writeFileSync(path.join(design, own), readFileSync(path.join(clean, own)))
    writeFileSync(path.join(design, name), text)
    const before = readFileSync(path.join(design, name), 'utf8')
    for (const command of [['lint'], ['threats'], ['gate'], ['report'], ['work']])
      expectRefusal(skeptic([...command, '--design', design]), named)
    expect(readFileSync(path.join(design, name), 'utf8')).toBe(before)
  })

  test('a bundle with a fault says where', () => {
    const bundle = file('bundle.json', '{"skeptic":"bundle","files":{"skeptic.json":{"format":1}}}')
    expectRefusal(skeptic(['report', '--design', bundle]), 'skeptic.json')
  })
})

describe('usage', () => {
  test.each([
    ['an unknown command', ['thraets']],
    ['an unknown option', ['lint', '--fast']],
    ['a missing argument', ['prompt']],
    ['an argument too many', ['gate', 'W-AAAAA']],
    ['a wrong clock', ['lint', '--at', 'yesterday']],
    ['a missing folder', ['lint', '-C', path.join(dir, 'nowhere')]],
    ['no design', ['lint', '-C', dir]],
    ['a missing file', ['import', path.join(dir, 'no-such-file.json')]],
  ])('%s is refused with a cure', (_, words) => {
    expectRefusal(skeptic(words), '')
  })

  test('help and version answer on stdout', () => {
    expect(skeptic(['--help'])).toMatchObject({ code: 0, err: '' })
    expect(skeptic(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(skeptic(['verify', '--help']).out).toContain('--evidence DIR')
  })
})
