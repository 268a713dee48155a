import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importerIn } from '../../electron/import-apart.ts'
import { type ImportLimits, watchedImport } from '../../host/node/import/watched.ts'
import { buildElectron } from '../../setup/build-electron.mjs'
import { modelV2 } from '../core/interop/models.ts'
import { AT, smallDesign } from '../host/folders.ts'
import { restart, stub } from '../support/electron-stub.ts'

const limits: ImportLimits = { milliseconds: 20_000, megabytes: 512 }
function importApart(program: string, text: string, more: Partial<ImportLimits> = {}) {
  const files = [{ name: 'model.json', text }]
  const order = { design: smallDesign(), files, partial: false, prefer: 'design', by: 'security lead', at: AT } as const
  return watchedImport(importerIn(program), order, { limits: { ...limits, ...more } })
}
const place = mkdtempSync(path.join(tmpdir(), 'skeptic-import-'))
let built: string

function program(text: string): string {
  const file = path.join(place, `${Math.abs(text.length)}-${text.slice(0, 8).replace(/\W/g, '')}.cjs`)
  writeFileSync(file, text)
  return file
}

beforeAll(async () => {
  restart()
  await buildElectron({ dist: place })
  built = path.join(place, 'electron', 'importer.cjs')
}, 120_000)
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('the built importer, in a process of its own', () => {
  const read = async (text: string) => {
    const answer = await importApart(built, text)
    if (!answer.ok) throw new Error(answer.problems[0].message)
    return answer.value
  }

  test('reads a model of someone else', async () => {
    const answer = await read(JSON.stringify(modelV2()))
    expect(answer.files).toMatchObject([{ kind: 'read', summary: { format: 'threat-dragon-v2' } }])
    expect(answer.changes.length).toBeGreaterThan(3)
    expect(stub.called('utilityProcess.fork').at(-1)).toEqual([
      built,
      [],
      { serviceName: 'Skeptic import', execArgv: ['--max-old-space-size=512'], stdio: 'ignore' },
    ])
  })

  test.each([
    ['no JSON', 'nothing'],
    ['a hundred thousand levels', '['.repeat(100_000)],
    ['names that reach for prototypes', '{"__proto__":{"x":1},"constructor":{"prototype":{}}}'],
    ['nothing at all', ''],
  ])('says what is wrong with %s', async (_what, text) => {
    const answer = await read(text)
    expect(answer.files).toMatchObject([{ kind: 'refused', problems: [{ code: expect.not.stringContaining('import.gaveUp') }] }])
    expect(answer.changes).toEqual([])
  })
})

describe('a reader that', () => {
  const run = (text: string, more = {}) => importApart(program(text), '', more)
  const gaveUp = (why: RegExp) => ({
    ok: false,
    problems: [{ code: 'import.gaveUp', at: 'model.json', message: expect.stringMatching(why), cure: expect.any(String) }],
  })

  test('never ends is ended', async () => {
    expect(await run('for (;;) {}', { milliseconds: 300 })).toMatchObject(gaveUp(/nothing for 0.3 seconds/))
  })
  test('eats all memory is ended', async () => {
    expect(await run('const all = []; for (;;) all.push(new Array(1e5).fill({}))', { megabytes: 32 })).toMatchObject(
      gaveUp(/memory/),
    )
  })
  test('is not there is an answer too', async () => {
    expect(await importApart('/does/not/exist.cjs', '')).toMatchObject(gaveUp(/memory/))
  })
})
