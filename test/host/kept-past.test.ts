import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { applyChanges, type Change } from '../../core/model/change.ts'
import { designDigest } from '../../core/model/digest.ts'
import { parseBundle } from '../../core/model/parse.ts'
import type { Design } from '../../core/model/types.ts'
import type { Host, HostEvents } from '../../host/contract.ts'
import { nodeDisk } from '../../host/node/disk.ts'
import { keepNoted, keepState, keptStates, noteEntry } from '../../host/node/kept-states.ts'
import { keepStates } from '../../host/node/state-keeper.ts'
import { joinRoom } from '../../ydoc/sync.ts'
import { AT, designFolder, put, smallDesign } from './folders.ts'
import { overHttp, overPort, roomOf } from './hosts.ts'

const DAY = 86_400_000
const later = (ms: number) => `${new Date(Date.parse(AT) + ms).toISOString().slice(0, 19)}Z`
const idAt = (n: number) => `E-1${String(n).padStart(4, '0')}`
const many = (count: number): Design =>
  applyChanges(
    smallDesign(),
    Array.from({ length: count }, (_, n) => put(idAt(n), `Service ${n}`)),
  )
const removals = (count: number): readonly Change[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'remove', table: 'elements', id: idAt(n) }))

async function joined(host: Host) {
  const room = await joinRoom({
    join: () => host.call('room.join', {}),
    push: (update, isUndo = false) => host.call('room.push', isUndo ? { update, undo: true } : { update }),
    onUpdate: listener => host.on('room.update', ({ update }) => listener(update)),
    onReturn: () => () => {},
  })
  if (!room.ok) throw new Error(room.problems[0].message)
  onTestFinished(room.value.leave)
  return room.value
}

function heard(host: Host) {
  const told: HostEvents['room.removed'][] = []
  host.on('room.removed', removal => told.push(removal))
  return told
}

describe('states are kept by themselves', () => {
  function keeperOn(folder: string, design: () => Design, now = () => AT) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    return keepStates({ folder, read: design, disk: nodeDisk, now, removed: () => {} })
  }

  test('after five minutes of quiet, and not before', async () => {
    const dir = await designFolder()
    const keeper = keeperOn(dir, smallDesign)
    keeper.noteEdit()
    vi.advanceTimersByTime(4 * 60_000)
    keeper.noteEdit()
    vi.advanceTimersByTime(299_000)
    await keeper.prune()
    expect(keptStates(dir)).toEqual([])
    vi.advanceTimersByTime(1000)
    await keeper.prune()
    expect(keptStates(dir)).toMatchObject([{ digest: designDigest(smallDesign()), at: AT, why: 'settled' }])
  })

  test('after fifty edits, and at the end what was edited since', async () => {
    const dir = await designFolder()
    let design = smallDesign()
    const keeper = keeperOn(dir, () => design)
    for (let n = 0; n < 49; n++) keeper.noteEdit()
    await keeper.prune()
    expect(keptStates(dir)).toEqual([])
    keeper.noteEdit()
    await keeper.prune()
    expect(keptStates(dir)).toHaveLength(1)
    design = many(1)
    keeper.noteEdit()
    await keeper.close()
    expect(keptStates(dir).map(({ why }) => why)).toEqual(expect.arrayContaining(['settled', 'closed']))
  })

  test('the same state again moves to its later time', async () => {
    const dir = await designFolder()
    await keepNoted(dir, smallDesign(), { at: AT, why: 'settled' })
    await keepNoted(dir, smallDesign(), { at: later(1000), why: 'import' })
    expect(keptStates(dir)).toMatchObject([{ at: later(1000), why: 'import' }])
  })

  test('pruned by the clock of the host: what an entry names stays for 90 days', async () => {
    const dir = await designFolder()
    const entry = { type: 'prompt-copied', payload: { workItem: 'W-00001' }, design: smallDesign() } as const
    const noted = await noteEntry(dir, entry, { at: AT, by: 'security lead' })
    expect(noted.ok).toBe(true)
    const file = path.join(dir, '.skeptic/states', `${designDigest(smallDesign()).slice(7)}.json`)
    await utimes(file, Date.parse(AT) / 1000, Date.parse(AT) / 1000)
    await keepNoted(dir, many(1), { at: AT, why: 'settled' })
    const pruneAt = (ms: number) => keeperOn(dir, smallDesign, () => later(ms)).prune()
    await pruneAt(89 * DAY)
    expect(keptStates(dir)).toHaveLength(2)
    await pruneAt(90 * DAY + 1000)
    expect(keptStates(dir)).toEqual([])
    expect(existsSync(file)).toBe(false)
  })

  test('notes that are broken leave the times of the files; strange files are no states', async () => {
    const dir = await designFolder()
    await keepState(dir, smallDesign())
    for (const text of ['{', '[]', 'null', `{"${designDigest(smallDesign())}":{"at":"never","why":"entry"}}`]) {
      await writeFile(path.join(dir, '.skeptic/states.json'), text)
      await writeFile(path.join(dir, '.skeptic/states/readme.txt'), 'x')
      const file = path.join(dir, '.skeptic/states', `${designDigest(smallDesign()).slice(7)}.json`)
      const at = `${new Date(statSync(file).mtimeMs).toISOString().slice(0, 19)}Z`
      expect(keptStates(dir)).toMatchObject([{ digest: designDigest(smallDesign()), at, why: 'entry' }])
    }
  })

  test('a folder that takes nothing stops no edit', async () => {
    const dir = await designFolder()
    const full = { ...nodeDisk, create: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) }
    const keeper = keepStates({ folder: dir, read: smallDesign, disk: full, now: () => AT, removed: () => {} })
    expect(await keeper.keep('bringBack')).toBeUndefined()
    await keeper.close()
    expect(readdirSync(dir).filter(name => name.endsWith('.tmp'))).toEqual([])
  })
})

describe.each([
  ['message port', overPort],
  ['HTTP and WebSocket', overHttp],
])('the past over %s', (_, open) => {
  test('a kept state is listed and shown, also after the design went on', async () => {
    const { host } = await open({ room: await roomOf(await designFolder()) })
    const kept = await host.call('states.keep', { why: 'bringBack' })
    const digest = kept.ok ? kept.value.digest : ''
    const { shared, sync } = await joined(host)
    shared.write([put('E-0000C', 'Queue')])
    await vi.waitFor(() => expect(sync().kind).toBe('synced'))
    expect(await host.call('states.list', {})).toMatchObject({
      ok: true,
      value: { states: [{ digest, at: AT, why: 'bringBack' }] },
    })
    const past = await host.call('design.past', { state: digest })
    const read = past.ok && past.value.kind === 'rebuilt' ? parseBundle('past', past.value.bundle) : undefined
    expect(read?.ok ? read.value : undefined).toEqual(smallDesign())
    expect(await host.call('design.past', { state: `sha256:${'0'.repeat(64)}` })).toMatchObject({
      problems: [{ code: 'past.unknownState' }],
    })
  })

  test('revisions of git are listed, bounded, and shown; names that could be options or ranges are refused', async () => {
    const dir = await designFolder()
    const { host: none } = await open({ room: await roomOf(dir) })
    expect(await none.call('design.revisions', {})).toEqual({ ok: true, value: { kind: 'none', why: 'noRepository' } })
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=developer', '-c', 'user.email=d@example.org', '-C', dir, ...args], {
        encoding: 'utf8',
      })
    git('init', '-q', '-b', 'main')
    git('add', '-A')
    git('commit', '-q', '-m', 'A first design')
    git('tag', '-a', 'v1', '-m', 'one')
    git('branch', 'feature/queue')
    for (let n = 0; n < 55; n++) {
      await writeFile(path.join(dir, 'notes.txt'), String(n))
      git('add', '-A')
      git('commit', '-q', '-m', `More ${n}\u0007`)
    }
    const { host } = await open({ room: await roomOf(dir) })
    const answer = await host.call('design.revisions', {})
    const listed = answer.ok && answer.value.kind === 'repository' ? answer.value : undefined
    const named = (kind: string) => listed?.revisions.filter(one => one.kind === kind) ?? []
    expect(named('branch').map(({ name }) => name)).toEqual(['main', 'feature/queue'])
    expect(named('tag')).toMatchObject([{ name: 'v1', commit: git('rev-parse', 'v1^{commit}').trim() }])
    expect(named('commit')).toHaveLength(50)
    expect(named('commit')[0]?.name).toMatch(/^More 54/)
    expect(named('commit')[0]?.name).not.toContain('\u0007')
    expect(listed?.more).toBe(true)
    const at = named('tag')[0]?.commit ?? ''
    expect(await host.call('design.past', { revision: at })).toMatchObject({
      value: { kind: 'rebuilt', from: 'commit', commit: at, digest: designDigest(smallDesign()) },
    })
    expect(await host.call('design.past', { revision: 'nowhere' })).toMatchObject({
      problems: [{ code: 'past.unknownRevision' }],
    })
    for (const revision of ['--output=x', 'HEAD:skeptic.json', 'main main', '', 'a'.repeat(300)])
      expect(await host.call('design.past', { revision })).toMatchObject({ problems: [{ code: 'host.input' }] })
    expect(await host.call('design.past', { revision: 'v1..main' })).toMatchObject({
      problems: [{ code: 'past.unknownRevision' }],
    })
    expect(await host.call('design.past', { revision: 'v1', state: at } as never)).toMatchObject({
      problems: [{ code: 'host.input' }],
    })
  })

  test('every window hears of a mass removal, with the state that was kept before it', async () => {
    const room = await roomOf(await designFolder(many(40)))
    const { host, again } = await open({ room })
    const other = await again()
    const [told, toldOther] = [heard(host), heard(other)]
    const mine = await joined(host)
    mine.shared.write(removals(25))
    await vi.waitFor(() => expect(toldOther).toHaveLength(1))
    const state = designDigest(many(40))
    expect(told).toEqual([{ removed: 25, of: 44, state }])
    const listed = await host.call('states.list', {})
    expect(listed).toMatchObject({ value: { states: [{ digest: state, why: 'removal' }] } })
    expect(await host.call('design.past', { state })).toMatchObject({ value: { from: 'kept' } })
  })

  test('piece by piece it counts as one, and few objects are not told', async () => {
    const room = await roomOf(await designFolder(many(40)))
    const { host } = await open({ room })
    const told = heard(host)
    const { shared, sync } = await joined(host)
    shared.write(removals(12))
    await vi.waitFor(() => expect(sync().kind).toBe('synced'))
    expect(told).toEqual([])
    for (const change of removals(21)) shared.write([change])
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ removed: 21, of: 44 }))
  })

  test('what was kept on purpose before a large edit keeps its own reason', async () => {
    const room = await roomOf(await designFolder())
    const { host } = await open({ room })
    const { shared, sync } = await joined(host)
    expect(await host.call('states.keep', { why: 'suggestion' })).toMatchObject({ ok: true })
    shared.write(Array.from({ length: 40 }, (_, n) => put(idAt(n), 'x')))
    await vi.waitFor(() => expect(sync()).toMatchObject({ kind: 'synced', waiting: 0 }))
    expect(await host.call('states.list', {})).toMatchObject({ value: { states: [{ why: 'suggestion' }] } })
  })

  test('before many come at once, what was there is kept', async () => {
    const room = await roomOf(await designFolder())
    const { host } = await open({ room })
    const { shared } = await joined(host)
    shared.write(Array.from({ length: 40 }, (_, n) => put(idAt(n), 'x')))
    const before = { digest: designDigest(smallDesign()), at: AT, why: 'many' }
    await vi.waitFor(async () => expect(await host.call('states.list', {})).toMatchObject({ value: { states: [before] } }))
  })

  test('the undo of many that came takes them away without a word', async () => {
    const room = await roomOf(await designFolder())
    const { host } = await open({ room })
    const told = heard(host)
    const { shared, sync } = await joined(host)
    shared.write(Array.from({ length: 40 }, (_, n) => put(idAt(n), 'x')))
    shared.undo()
    shared.write([put('E-0000C', 'Queue')])
    await vi.waitFor(() => expect(sync()).toMatchObject({ kind: 'synced', waiting: 0 }))
    expect(await host.call('states.keep', { why: 'suggestion' })).toMatchObject({ ok: true })
    expect(told).toEqual([])
  })
})
