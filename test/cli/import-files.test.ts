import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { modelV2 } from '../core/interop/models.ts'
import { skeptic } from '../support/cli.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'skeptic-import-files-'))
  const gone = dir
  onTestFinished(() => rmSync(gone, { recursive: true, force: true }))
})

const model = JSON.stringify(modelV2())
const at = (name: string) => path.join(dir, name)
const write = (name: string, text: string | Uint8Array) => writeFileSync(at(name), text)
const run = (...args: string[]) => skeptic(['import', ...args], { cwd: dir })
const renamed = (to: string) => model.replaceAll('"Shop"', JSON.stringify(to))

test('a newer revision updates the design, keeps what people changed, and is in the history', () => {
  write('model.json', model)
  expect(run('model.json', '--into', 'tm').code).toBe(0)
  const again = run('model.json', '--design', 'tm', '--json')
  expect(again.json()).toMatchObject({
    format: 'threat-dragon-v2',
    update: { added: 0, changed: 0, removed: 0, conflicts: [], gone: [] },
  })
  write('model.json', renamed('Web shop'))
  const dry = run('model.json', '--design', 'tm', '--dry-run')
  expect(dry.out).toContain('In the design: 0 added, 1 changed, 0 removed')
  expect(dry.out).toContain('Nothing was written: --dry-run.')
  expect(run('model.json', '--design', 'tm', '--dry-run', '--json').json()).toMatchObject({
    dryRun: true,
    update: { changed: 1 },
  })
  expect(run('model.json', '--design', 'tm', '--json').json()).toMatchObject({ update: { changed: 1, conflicts: [] } })
  expect(run('model.json', '--design', 'tm', '--json').json()).toMatchObject({ update: { changed: 0 } })
  const { entries } = skeptic(['ledger', '--design', at('tm'), '--json']).json() as { entries: Record<string, unknown>[] }
  expect(JSON.stringify(entries).match(/"imported"/g)).toHaveLength(4)
  expect(skeptic(['ledger', 'verify', '--design', at('tm')]).code).toBe(0)
})

test('several files come in together, or none of them', () => {
  write('model.json', model)
  write('cut.json', model.slice(0, model.indexOf('"Orders"')))
  mkdirSync(at('more'))
  write('more/model.json', renamed('Web shop'))
  const none = run('model.json', 'cut.json', '--into', 'tm', '--json')
  expect(none.code).toBe(3)
  expect(none.json()).toMatchObject({
    error: { code: 'json.syntax', cure: expect.stringMatching(/\(\d+ elements, .*\): --partial$/) },
  })
  expect(existsSync(at('tm'))).toBe(false)
  const both = run('model.json', 'more/model.json', '--into', 'tm', '--json')
  expect(both.code, both.err).toBe(0)
  expect(both.json()).toMatchObject({
    files: [
      { name: 'model.json', kind: 'read', format: 'threat-dragon-v2' },
      { name: 'more/model.json', kind: 'read' },
    ],
    update: { changed: 1 },
  })
})

test('what can be read of a damaged file comes in when asked for, and says so', () => {
  write('cut.json', model.slice(0, model.indexOf('"Orders"')))
  write('page.json', '<!doctype html>')
  const one = run('cut.json', '--into', 'tm', '--partial')
  expect(one.code, one.err).toBe(0)
  expect(one.out).toContain('Everything from here on was left out.')
  const two = run('cut.json', 'page.json', '--into', 'other', '--partial', '--json')
  expect(two.code).toBe(3)
  expect(two.json()).toMatchObject({ files: [{ kind: 'read' }, { kind: 'refused', problems: [{ code: 'import.html' }] }] })
  expect(existsSync(at('other/skeptic.json'))).toBe(true)
  expect(run('page.json', '--into', 'third', '--partial').code).toBe(3)
  expect(existsSync(at('third'))).toBe(false)
})

test('text is read by the mark of its encoding, with the line ends it has', () => {
  write('utf8.json', `\uFEFF${model.replaceAll(',', ',\r\n')}`)
  const little = Buffer.from(`\uFEFF${model}`, 'utf16le')
  write('little.json', little)
  write('big.json', Buffer.from(little).swap16())
  for (const name of ['utf8', 'little', 'big']) {
    const ran = run(`${name}.json`, '--into', name, '--json')
    expect(ran.code, ran.out).toBe(0)
    expect(readdirSync(at(`${name}/elements`))).toEqual(readdirSync(at('utf8/elements')))
  }
})

test('a folder is no file, and a preference must be one', () => {
  mkdirSync(at('folder'))
  write('model.json', model)
  expect(run('folder', '--into', 'tm', '--json').json()).toMatchObject({ error: { message: 'This is a folder, not a file.' } })
  expect(run('model.json', '--prefer', 'mine', '--into', 'tm', '--json').json()).toMatchObject({
    error: { code: 'usage.prefer' },
  })
  expect(existsSync(at('tm'))).toBe(false)
})

test('what a Threagile model includes is read from beside it, and from nowhere else', () => {
  const part = (id: string) => `technical_assets:\n  ${id}:\n    id: ${id}\n    type: process\n`
  mkdirSync(at('model/parts'), { recursive: true })
  write('secret.yaml', part('secret'))
  symlinkSync(at('secret.yaml'), at('model/link.yaml'))
  write('model/parts/inner.yaml', part('inner'))
  write(
    'model/model.yaml',
    'threagile_version: 1.0.0\ntitle: Shop\nincludes:\n  - parts/inner.yaml\n  - ../secret.yaml\n  - link.yaml\n  - gone.yaml\n',
  )
  const ran = run('model/model.yaml', '--into', 'tm', '--json')
  expect(ran.code, ran.out).toBe(0)
  expect(ran.json()).toMatchObject({ format: 'threagile', counts: { elements: 1 } })
})
