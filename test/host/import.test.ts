import { createHash } from 'node:crypto'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createHandlers } from '../../host/node/handlers.ts'
import { importerOf } from '../../host/node/import/in-worker.ts'
import type { Said } from '../../host/node/import/job.ts'
import { plainDesign } from '../../host/node/import/plain-design.ts'
import { type ImportLimits, watchedImport } from '../../host/node/import/watched.ts'
import { modelV2 } from '../core/interop/models.ts'
import { AT, designFolder, smallDesign } from './folders.ts'
import { overPort, roomOf } from './hosts.ts'

const model = JSON.stringify(modelV2())
const limits: ImportLimits = { milliseconds: 20_000, megabytes: 256 }

function order(text = '') {
  const files = [{ name: 'model.json', text }]
  return { design: plainDesign(smallDesign()), files, partial: false, prefer: 'design', by: 'security lead', at: AT } as const
}

describe('an importer that', () => {
  const run = (program: string, more: Partial<ImportLimits> = {}, signal?: AbortSignal) =>
    watchedImport(importerOf(program), order(), { limits: { ...limits, ...more }, ...(signal ? { signal } : {}) })
  const gaveUp = (why: RegExp) => ({ ok: false, problems: [{ code: 'import.gaveUp', message: expect.stringMatching(why) }] })

  test('never says anything is ended', async () => {
    expect(await run('for (;;) {}', { milliseconds: 200 })).toMatchObject(gaveUp(/model\.json told nothing for 0\.2 seconds/))
  })
  test('eats all memory is ended', async () => {
    expect(await run('const all = []; for (;;) all.push(new Array(1e5).fill({}))', { megabytes: 32 })).toMatchObject(
      gaveUp(/memory/),
    )
  })
  test('breaks is an answer too', async () => {
    expect(await run('throw new Error("secret")')).toMatchObject(gaveUp(/without an answer/))
    expect(await run('')).toMatchObject(gaveUp(/without an answer/))
  })
  test('tells its steps may take longer than one step may', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    let tell: (said: Said) => void = () => {}
    const hear = (said: (said: Said) => void) => {
      tell = said
    }
    const start = () => ({ hear, end: () => {} })
    const onStep = vi.fn()
    const answer = watchedImport(start, order(), { limits, onStep })
    for (let done = 0; done < 4; done++) {
      await vi.advanceTimersByTimeAsync(limits.milliseconds - 1)
      tell({ kind: 'step', step: { file: 'late.json', step: 'read', done, of: 4 } })
    }
    expect(onStep).toHaveBeenCalledTimes(4)
    await vi.advanceTimersByTimeAsync(limits.milliseconds)
    expect(await answer).toMatchObject(gaveUp(/late\.json told nothing for 20 seconds/))
  })
  test('is called off ends at once, before and while it runs', async () => {
    const stop = new AbortController()
    const answer = run('for (;;) {}', {}, stop.signal)
    stop.abort()
    const cancelled = { ok: false, problems: [{ code: 'import.cancelled' }] }
    expect(await answer).toMatchObject(cancelled)
    expect(await run('for (;;) {}', {}, AbortSignal.abort())).toMatchObject(cancelled)
  })
})

describe('import.read', () => {
  test('reads several files, tells how far it is, and answers for each', async () => {
    const { host } = await overPort({ room: await roomOf(await designFolder()) })
    const heard: unknown[] = []
    host.on('import.progress', step => heard.push(step))
    const files = [
      { name: 'model.json', text: model },
      { name: 'broken.json', text: '{"cut' },
    ]
    expect(await host.call('import.read', { run: 'r1', files })).toMatchObject({
      ok: true,
      value: {
        files: [
          { name: 'model.json', kind: 'read', summary: { format: 'threat-dragon-v2' } },
          { name: 'broken.json', kind: 'refused', problems: [{ severity: 'error' }] },
        ],
        update: { changed: 0, removed: 0, conflicts: [], gone: [] },
      },
    })
    expect(heard).toEqual([
      { run: 'r1', file: 'model.json', step: 'read', done: 0, of: 2 },
      { run: 'r1', file: 'model.json', step: 'compare', done: 0, of: 2 },
      { run: 'r1', file: 'broken.json', step: 'read', done: 1, of: 2 },
    ])
  })

  test('is ended by import.cancel, and two of one name do not run at once', async () => {
    const room = await roomOf(await designFolder())
    const startImporter = importerOf('for (;;) {}')
    const { host } = await overPort({ room, handlers: createHandlers(room, { by: 'security lead', startImporter }) })
    const files = [{ name: 'model.json', text: model }]
    const answer = host.call('import.read', { run: 'r1', files })
    expect(await host.call('import.read', { run: 'r1', files })).toMatchObject({ problems: [{ code: 'import.running' }] })
    expect(await host.call('import.cancel', { run: 'r1' })).toEqual({ ok: true, value: { cancelled: true } })
    expect(await answer).toMatchObject({ ok: false, problems: [{ code: 'import.cancelled' }] })
    expect(await host.call('import.cancel', { run: 'r1' })).toEqual({ ok: true, value: { cancelled: false } })
  })

  test('is noted once in the ledger when the window has written it', async () => {
    const { host } = await overPort({ room: await roomOf(await designFolder()) })
    const given = `sha256:${'a'.repeat(64)}`
    const files = [
      { name: 'some/model.json', text: model },
      { name: 'broken.json', text: '{"cut' },
      { name: 'again.json', text: model, sha256: given },
    ]
    await host.call('import.read', { run: 'r1', files })
    expect(await host.call('import.note', { run: 'r1' })).toMatchObject({ ok: true, value: { entries: { length: 2 } } })
    expect(await host.call('import.note', { run: 'r1' })).toMatchObject({ problems: [{ code: 'import.unknownRun' }] })
    const ledger = await host.call('ledger.read', {})
    const sha256 = `sha256:${createHash('sha256').update(model).digest('hex')}`
    const noted = ledger.ok ? ledger.value.entries.map(({ entry }) => [entry.type, entry.payload]) : []
    expect(noted).toEqual([
      ['imported', expect.objectContaining({ file: 'model.json', sha256, format: 'threat-dragon-v2' })],
      ['imported', expect.objectContaining({ file: 'again.json', sha256: given })],
    ])
  })
})

describe('export.write', () => {
  test('gives the text, a file name and what is lost', async () => {
    const { host } = await overPort({ room: await roomOf(await designFolder()) })
    expect(await host.call('export.write', { format: 'mermaid' })).toMatchObject({
      ok: true,
      value: { name: 'Shop.mmd', text: expect.stringContaining('flowchart'), losses: expect.any(Array) },
    })
    expect(await host.call('export.write', { format: 'nothing' })).toMatchObject({
      ok: false,
      problems: [{ code: 'export.format' }],
    })
  })
})
