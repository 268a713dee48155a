import { describe, expect, test } from 'vitest'
import { readEvidence } from '../../../core/evidence/read.ts'
import { shown, shownList } from '../../../core/evidence/show.ts'
import { readSidecar, slotByName } from '../../../core/evidence/sidecar.ts'

const sarif = '{"version":"2.1.0","runs":[]}'

describe('format by content', () => {
  test.each([
    ['report.json', sarif, 'sarif'],
    ['report.xml', `\uFEFF\n ${sarif}`, 'sarif'],
    ['report.sarif', '\uFEFF<testsuites/>', 'junit'],
    ['noname', '\n  <?xml-stylesheet href="x"?><testsuite/>', 'junit'],
  ])('%s', (name, text, format) => {
    const read = readEvidence(name, text)
    expect(read.ok && read.value.format).toBe(format)
  })

  test.each([
    ['', 'evidence.empty'],
    ['\uFEFF \n', 'evidence.empty'],
    ['hello', 'evidence.format'],
    ['null', 'evidence.nothing'],
    ['{}', 'evidence.format'],
    ['[]', 'evidence.format'],
    ['{"runs":[]}', 'evidence.format'],
    ['{"version":"2.1.0","runs":[', 'json.syntax'],
    ['{"version":"2.1.0","runs":[],"__proto__":{}}', 'json.key'],
    [`{"version":"2.1.0","runs":${'['.repeat(100_000)}`, 'json.deep'],
    ['{"version":"2.1.0","runs":["\r"]}', 'json.syntax'],
  ])('%s is refused as %s', (text, code) => {
    const read = readEvidence('x', text)
    expect(read.ok ? '' : read.problems[0].code).toBe(code)
    expect(read.ok ? '' : read.problems[0].at).toMatch(/^x/)
  })
})

describe('sidecars', () => {
  const fitting = {
    format: 1,
    file: 'unit.xml',
    sha256: `sha256:${'0'.repeat(64)}`,
    slot: 'unit',
    argv: ['npm', 'test'],
    exitCode: 0,
    startedAt: '2026-11-22T10:00:00Z',
    endedAt: '2026-11-22T10:00:09Z',
    reported: 'self',
  }
  test('one that fits', () => expect(readSidecar('s', JSON.stringify(fitting)).ok).toBe(true))
  test.each([
    ['another format', { ...fitting, format: 2 }],
    ['an unknown key', { ...fitting, verdict: 'pass' }],
    ['no slot', { ...fitting, slot: undefined }],
    ['a commit that is none', { ...fitting, commit: 'main' }],
    ['a list', []],
  ])('%s is refused', (_name, value) => expect(readSidecar('s', JSON.stringify(value)).ok).toBe(false))
  test('a key that stands twice is refused', () => {
    expect(readSidecar('s', JSON.stringify(fitting).replace('"slot"', '"slot":"x","slot"')).ok).toBe(false)
  })
  test.each([
    ['unit.xml', 'unit'],
    ['sast/semgrep.sarif', 'sast'],
    ['TEST-a.B.xml', 'test-a'],
    ['42.xml', 'unknown'],
  ])('slot of %s without one', (file, slot) => expect(slotByName(file)).toBe(slot))
})

describe('foreign text in our sentences', () => {
  test('hidden and reordering characters are made visible', () => {
    expect(shown('a\u202eb\u200bc\u0007d\u{e0041}')).toBe('a<U+202E>b<U+200B>c<U+0007>d<U+E0041>')
    expect(shown('a\r\nb\tc')).toBe('a b c')
    expect(shown('\ud800x')).toBe('\ufffdx')
  })
  test('long text is cut, never within a character', () => {
    expect(shown(`${'a'.repeat(9)}😀b`, 10)).toBe(`${'a'.repeat(9)}…`)
    expect(shownList(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more')
  })
})
