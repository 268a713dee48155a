import { symlinkSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadEvidence } from '../../../host/node/evidence/load.ts'
import { subjectDigest } from '../../../host/node/evidence/subject.ts'
import { writeSelfReportedSidecar } from '../../../host/node/evidence/write-sidecar.ts'
import { commit, git, repository, temporaryFolder, write } from './repository.ts'

const unit = '<testsuite><testcase name="a"/></testsuite>'
const sarif = '{"version":"2.1.0","runs":[]}'
const made = {
  slot: 'unit',
  argv: ['npm', 'test'],
  exitCode: 0,
  startedAt: '2026-11-22T10:00:00Z',
  endedAt: '2026-11-22T10:00:09Z',
}

async function readings(folder: string): Promise<readonly (readonly [string, string, string])[]> {
  const { reports } = await loadEvidence(folder)
  return reports.map(({ file, slot, reading }) => [file, slot, reading.ok ? reading.value.format : reading.problems[0].code])
}

describe('an evidence folder', () => {
  test('that is not there holds nothing', async () => {
    expect(await loadEvidence(path.join(temporaryFolder(), 'gone'))).toEqual({ reports: [], problems: [] })
  })
  test('is read below, by content, in the order of names; one bad file hides no other', async () => {
    const folder = temporaryFolder()
    write(folder, { 'b.json': sarif, 'a.txt': unit, 'sast/x.sarif': sarif, 'bad.xml': '<', 'empty.xml': '', '.gitignore': '*' })
    symlinkSync(path.join(folder, 'b.json'), path.join(folder, 'link.json'))
    expect(await readings(folder)).toEqual([
      ['a.txt', 'a', 'junit'],
      ['b.json', 'b', 'sarif'],
      ['bad.xml', 'bad', 'evidence.xml'],
      ['empty.xml', 'empty', 'evidence.empty'],
      ['sast/x.sarif', 'sast', 'sarif'],
    ])
  })
  test('a file over the limit is not read', async () => {
    const folder = temporaryFolder()
    write(folder, { 'big.xml': '' })
    truncateSync(path.join(folder, 'big.xml'), 129 * 1024 * 1024)
    expect(await readings(folder)).toEqual([['big.xml', 'big', 'file.large']])
  })
  test('encodings are declared, never guessed', async () => {
    const folder = temporaryFolder()
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><testsuite><testcase name="\u00e4"/></testsuite>',
      'latin1',
    )
    write(folder, {
      'a.xml': latin,
      'b.xml': Buffer.from(`\ufeff${unit}`, 'utf16le'),
      'c.xml': Buffer.from([60, 0xff, 0xfe]),
    })
    const { reports } = await loadEvidence(folder)
    const [a, b, c] = reports.map(({ reading }) => (reading.ok ? reading.value : reading.problems[0].code))
    expect(a).toMatchObject({ facts: { tests: { cases: [{ id: 'ä' }] } } })
    expect(b).toMatchObject({ format: 'junit' })
    expect(c).toBe('evidence.encoding')
  })
})

describe('sidecars', () => {
  test('give the slot; a broken, foreign or lonely one is said', async () => {
    const folder = temporaryFolder()
    write(folder, { 'r.xml': unit, 'x.xml': unit, 'x.xml.skeptic.json': '{', 'gone.xml.skeptic.json': '{}' })
    expect((await writeSelfReportedSidecar({ ...made, report: path.join(folder, 'r.xml'), codeRoot: folder })).ok).toBe(true)
    const { reports, problems } = await loadEvidence(folder)
    expect(reports.map(({ file, slot, sidecar }) => [file, slot, sidecar?.ok])).toEqual([
      ['r.xml', 'unit', true],
      ['x.xml', 'x', false],
    ])
    expect(problems.map(({ code, at }) => [code, at])).toEqual([['evidence.orphan', 'gone.xml.skeptic.json']])
  })
  test('that were written for another file vouch for nothing', async () => {
    const folder = temporaryFolder()
    write(folder, { 'r.xml': unit })
    const written = await writeSelfReportedSidecar({ ...made, report: path.join(folder, 'r.xml'), codeRoot: folder })
    if (!written.ok) throw new Error('not written')
    write(folder, { 'copy.xml': unit, 'copy.xml.skeptic.json': JSON.stringify(written.value) })
    const { reports } = await loadEvidence(folder)
    expect(reports.find(({ file }) => file === 'copy.xml')?.sidecar?.ok).toBe(false)
  })
  test('bind to commit and tree, or to files', async () => {
    const folder = repository({ 'src/a.ts': '1' })
    const report = path.join(temporaryFolder(), 'r.xml')
    write(path.dirname(report), { 'r.xml': unit })
    const clean = await writeSelfReportedSidecar({ ...made, report, codeRoot: folder })
    expect(clean.ok && clean.value).toMatchObject({ commit: git(folder, 'rev-parse', 'HEAD'), dirty: false, reported: 'self' })
    write(folder, { 'src/a.ts': '2' })
    const dirty = await writeSelfReportedSidecar({ ...made, report, codeRoot: folder })
    expect(dirty.ok && dirty.value.dirty).toBe(true)
    const files = await writeSelfReportedSidecar({ ...made, report, codeRoot: folder, paths: ['src/**'] })
    expect(files.ok && [files.value.commit, files.value.paths]).toEqual([undefined, ['src/**']])
    expect((await writeSelfReportedSidecar({ ...made, report, codeRoot: folder, paths: ['nothing/**'] })).ok).toBe(false)
  })
})

describe('the digest of a subject', () => {
  const digest = async (folder: string, ...globs: string[]) => {
    const made = await subjectDigest(folder, globs)
    return made.ok ? made.value : made.problems[0].code
  }
  test('is the same in a folder, uncommitted and committed, and follows content, not time', async () => {
    const files = { 'src/a.ts': '1', 'src/deep/b.ts': '2', 'docs/c.md': '3' }
    const plain = temporaryFolder()
    write(plain, files)
    const inGit = repository({ first: '1' })
    write(inGit, files)
    const expected = await digest(plain, 'src/**')
    expect(await digest(inGit, 'src/**')).toBe(expected)
    commit(inGit, 'Add')
    expect(await digest(inGit, 'src/**')).toBe(expected)
    write(plain, { 'docs/c.md': 'other', 'src/a.ts': '1' })
    expect(await digest(plain, 'src/**')).toBe(expected)
    write(plain, { 'src/a.ts': '9' })
    expect(await digest(plain, 'src/**')).not.toBe(expected)
  })
  test('sees renamed, added and removed files', async () => {
    const folder = temporaryFolder()
    write(folder, { 'src/a.ts': '1' })
    const before = await digest(folder, 'src/**')
    write(folder, { 'src/b.ts': '' })
    expect(await digest(folder, 'src/**')).not.toBe(before)
  })
  test('of no file is refused, and leaves out what git ignores', async () => {
    expect(await digest(temporaryFolder(), 'src/**')).toBe('subject.empty')
    const folder = repository({ '.gitignore': 'out', 'src/a': '1' })
    const before = await digest(folder, 'src/**')
    write(folder, { 'src/out': '1' })
    expect(await digest(folder, 'src/**')).toBe(before)
  })
})
