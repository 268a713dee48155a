import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { folderOf } from '../../core/model/write.ts'
import type { Handlers, Host, SaveState } from '../../host/contract.ts'
import { openFolder } from '../../host/node/store.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { joinRoom, type Room as SyncRoom } from '../../ydoc/sync.ts'
import { designFolder, put, smallDesign } from './folders.ts'
import { handlersOf, overHttp, overPort, roomOf } from './hosts.ts'

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/models/threat-dragon-v2')

/** The room as `joinRoom` wants it, made of the contract alone. */
function syncRoom(host: Host): SyncRoom {
  return {
    join: () => host.call('room.join', {}),
    push: update => host.call('room.push', { update }),
    onUpdate: listener => host.on('room.update', ({ update }) => listener(update)),
    onReturn: listener => host.on('host.connection', ({ online }) => online && listener()),
  }
}

async function join(host: Host) {
  const joined = await joinRoom(syncRoom(host))
  if (!joined.ok) throw new Error(joined.problems[0].message)
  return joined.value
}

describe.each([
  ['message port', overPort],
  ['HTTP and WebSocket', overHttp],
])('the host over %s', (_, open) => {
  test('lets a window join the design', async () => {
    const dir = await designFolder()
    const { host } = await open({ room: await roomOf(dir) })
    const answer = await host.call('room.join', {})
    expect(answer).toMatchObject({
      ok: true,
      value: { name: 'Shop', folder: dir, save: { kind: 'saved' }, room: expect.stringMatching(/^[0-9a-f]{32}$/) },
    })
    const shared = shareModel()
    if (answer.ok) shared.load(fromBase64(answer.value.state) as Uint8Array)
    expect(shared.read()).toEqual(smallDesign())
  })

  test('says whether the design is the sample, and that it cannot open one where nobody can', async () => {
    const room = await roomOf(await designFolder())
    const { host } = await open({ room })
    expect(await host.call('room.join', {})).toMatchObject({ ok: true, value: { isSample: false } })
    expect(await host.call('sample.open', {})).toMatchObject({ ok: false, problems: [{ code: 'sample.here' }] })
  })

  test('carries an edit to the other window, into the folder, and says how saving stands', async () => {
    const dir = await designFolder()
    const { host, again } = await open({ room: await roomOf(dir) })
    const other = await again()
    const [mine, theirs] = [await join(host), await join(other)]
    const heard: SaveState['kind'][] = []
    host.on('room.save', ({ kind }) => heard.push(kind))
    mine.shared.write([put('E-0000C', 'Queue')])
    await vi.waitFor(() => expect(theirs.shared.read().elements['E-0000C']?.name).toBe('Queue'))
    await vi.waitFor(() => expect(heard.at(-1)).toBe('saved'))
    expect(heard[0]).toBe('saving')
    expect(readFileSync(path.join(dir, 'elements/E-0000C.json'), 'utf8')).toBe(
      folderOf(mine.shared.read()).get('elements/E-0000C.json'),
    )
    theirs.shared.write([{ kind: 'remove', table: 'elements', id: 'E-0000C' }])
    await vi.waitFor(() => expect(existsSync(path.join(dir, 'elements/E-0000C.json'))).toBe(false))
    await vi.waitFor(() => expect(mine.shared.read()).toEqual(smallDesign()))
  })

  test('keeps the order of many quick edits', async () => {
    const dir = await designFolder()
    const { host } = await open({ room: await roomOf(dir) })
    const { shared } = await join(host)
    for (let n = 0; n < 50; n++) shared.write([put('E-0000A', `Name ${n}`)])
    await vi.waitFor(async () => expect(await host.call('room.save', {})).toMatchObject({ value: { kind: 'saved' } }))
    await vi.waitFor(async () => expect(await openFolder(dir)).toMatchObject({ value: { design: shared.read() } }))
  })

  test('refuses an update that is none, and stays whole', async () => {
    const room = await roomOf(await designFolder())
    const { host } = await open({ room })
    for (const update of [toBase64(Uint8Array.from([1, 2, 3, 4])), '!!!!', toBase64(new Uint8Array(300_000))])
      expect(await host.call('room.push', { update })).toMatchObject({
        ok: false,
        problems: [{ code: expect.stringMatching(/^update\./) }],
      })
    expect(room.design()).toEqual(smallDesign())
  })

  test('is read-only where another process has the folder', async () => {
    const dir = await designFolder()
    await roomOf(dir)
    const { host } = await open({ room: await roomOf(dir) })
    const readOnly = { code: 'folder.readOnly' }
    const joined = await join(host)
    expect(await host.call('room.join', {})).toMatchObject({ ok: true, value: { save: { kind: 'readOnly', problem: readOnly } } })
    joined.shared.write([put('E-0000C', 'Queue')])
    await vi.waitFor(() => expect(joined.sync()).toMatchObject({ kind: 'stopped', problem: readOnly }))
    expect(existsSync(path.join(dir, 'elements/E-0000C.json'))).toBe(false)
  })

  test('checks the input of every call', async () => {
    const { host } = await open({ room: await roomOf(await designFolder()) })
    const wrong: readonly (readonly [string, unknown, string])[] = [
      ['room.push', {}, 'The key "update" is missing.'],
      ['room.push', { update: 'AAAA', more: 1 }, 'The key "more" has no place here.'],
      ['room.join', null, 'Must be an object.'],
      ['prompt.issue', { workItem: '../../etc', target: 'markdown', draft: false, how: 'copied' }, 'Does not have the form'],
      ['report.read', { kind: 'everything' }, 'Must be one of'],
    ]
    for (const [name, input, message] of wrong)
      expect(await host.call(name as never, input as never)).toMatchObject({
        ok: false,
        problems: [{ code: 'host.input', message: expect.stringContaining(message) }],
      })
  })

  test('knows no call that is not in the contract', async () => {
    const { host } = await open({ room: await roomOf(await designFolder()) })
    for (const name of ['constructor', '__proto__', 'toString', 'room.delete'])
      expect(await host.call(name as never, {} as never)).toMatchObject({ ok: false })
  })

  test('answers also when a handler breaks, and tells no secrets', async () => {
    const room = await roomOf(await designFolder())
    const broken: Handlers = { ...handlersOf(room), 'ledger.read': () => Promise.reject(new Error('secret /home/path')) }
    const reported: unknown[] = []
    const { host } = await open({ room, handlers: broken, report: (...said) => reported.push(said) })
    const answer = await host.call('ledger.read', {})
    expect(answer).toMatchObject({ ok: false, problems: [{ code: 'host.unexpected', at: 'ledger.read' }] })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(reported).toEqual([['ledger.read', new Error('secret /home/path')]])
  })

  test('reads the ledger', async () => {
    const { host } = await open({ room: await roomOf(await designFolder()) })
    expect(await host.call('ledger.read', {})).toEqual({ ok: true, value: { entries: [], heads: [], ok: true, problems: [] } })
  })

  test.skipIf(!existsSync(corpus))('reads a foreign model and writes nothing', async () => {
    const dir = await designFolder()
    const { host } = await open({ room: await roomOf(dir) })
    const text = readFileSync(path.join(corpus, 'cryptocurrency-wallet.json'), 'utf8')
    const answer = await host.call('import.read', { run: 'one', files: [{ name: 'cryptocurrency-wallet.json', text }] })
    expect(answer).toMatchObject({
      ok: true,
      value: { files: [{ kind: 'read', summary: { counts: { processes: 11, flows: 17 } } }] },
    })
    const { shared } = await join(host)
    if (answer.ok) expect(shared.write(answer.value.changes, { label: 'import' })).toEqual({ ok: true, value: true })
    expect(Object.keys(shared.read().flows)).toHaveLength(17)
    expect(await host.call('import.read', { run: 'one', files: [{ name: 'x.json', text: '{"cut' }] })).toMatchObject({
      value: { files: [{ name: 'x.json', kind: 'refused', problems: [{ at: expect.stringContaining('x.json') }] }], changes: [] },
    })
  })

  test('says what keeps it from saving, and saves once that is gone', async () => {
    const dir = await designFolder()
    const { host } = await open({ room: await roomOf(dir) })
    const { shared } = await join(host)
    await writeFile(path.join(dir, 'elements/E-0000A.json'), 'theirs')
    shared.write([put('E-0000A', 'Mine')])
    await vi.waitFor(async () =>
      expect(await host.call('room.save', {})).toMatchObject({
        value: { kind: 'failed', problem: { code: 'file.conflict', at: 'elements/E-0000A.json' } },
      }),
    )
    expect(readFileSync(path.join(dir, 'elements/E-0000A.json'), 'utf8')).toBe('theirs')
    await writeFile(path.join(dir, 'elements/E-0000A.json'), folderOf(smallDesign()).get('elements/E-0000A.json') as string)
    expect(await host.call('room.save', {})).toMatchObject({ value: { kind: 'saved' } })
    expect(await openFolder(dir)).toMatchObject({ value: { design: shared.read() } })
  })

  test('answers no call after it was closed, and leaves none hanging', async () => {
    const room = await roomOf(await designFolder())
    const slow: Handlers = { ...handlersOf(room), 'ledger.read': () => new Promise(() => {}) }
    const { host } = await open({ room, handlers: slow })
    const waiting = host.call('ledger.read', {})
    await host.close()
    expect(await waiting).toMatchObject({ ok: false, problems: [{ code: 'host.closed' }] })
    expect(await host.call('room.join', {})).toMatchObject({ ok: false, problems: [{ code: 'host.closed' }] })
  })
})
