import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importApart } from '../../electron/import-apart.ts'
import type { Room } from '../../host/node/rooms.ts'
import { buildElectron } from '../../setup/build-electron.mjs'
import { modelV2 } from '../core/interop/models.ts'
import { smallDesign } from '../host/folders.ts'
import { restart, stub } from '../support/electron-stub.ts'

const room = { design: smallDesign } as unknown as Room
const limits = { milliseconds: 20_000, megabytes: 512 }
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
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('the built importer, in a process of its own', () => {
  const read = (text: string) => importApart(room, 'security lead', { ...limits, program: built })({ name: 'model.json', text })

  test('reads a model of someone else', async () => {
    const answer = await read(JSON.stringify(modelV2()))
    if (!answer.ok) throw new Error(answer.problems[0].message)
    expect(answer.value.summary.format).toBe('threat-dragon-v2')
    expect(answer.value.changes.length).toBeGreaterThan(3)
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
    expect(answer.ok).toBe(false)
    if (!answer.ok) expect(answer.problems[0].code).not.toBe('import.gaveUp')
  })
})

describe('a reader that', () => {
  const run = (text: string, more = {}) =>
    importApart(room, 'security lead', { ...limits, program: program(text), ...more })({ name: 'model.json', text: '' })
  const gaveUp = (why: RegExp) => ({
    ok: false,
    problems: [{ code: 'import.gaveUp', at: 'model.json', message: expect.stringMatching(why), cure: expect.any(String) }],
  })

  test('never ends is ended', async () => {
    expect(await run('for (;;) {}', { milliseconds: 300 })).toMatchObject(gaveUp(/longer than 0.3 seconds/))
  })
  test('eats all memory is ended', async () => {
    expect(await run('const all = []; for (;;) all.push(new Array(1e5).fill({}))', { megabytes: 32 })).toMatchObject(
      gaveUp(/memory/),
    )
  })
  test('is not there is an answer too', async () => {
    expect(
      await importApart(room, 'x', { ...limits, program: '/does/not/exist.cjs' })({ name: 'model.json', text: '' }),
    ).toMatchObject(gaveUp(/could not be read/))
  })
})
