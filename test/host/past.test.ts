import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Change } from '../../core/model/change.ts'
import { compareDesigns } from '../../core/model/compare.ts'
import { designDigest } from '../../core/model/digest.ts'
import { designNamedBy, entryFile, newEntry } from '../../core/model/ledger.ts'
import { parseBundle } from '../../core/model/parse.ts'
import type { Host, PastDesign } from '../../host/contract.ts'
import { keepState, keptState, noteEntry } from '../../host/node/kept-states.ts'
import { openFolder } from '../../host/node/store.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { ROWS } from '../core/model/samples.ts'
import { AT, designFolder, put, smallDesign } from './folders.ts'
import { overPort, roomOf } from './hosts.ts'

const NOBODY = { at: AT, by: 'security lead' }

async function deskOn(dir: string) {
  const room = await roomOf(dir)
  const { host } = await overPort({ room })
  const shared = shareModel()
  shared.load(fromBase64(room.state()) as Uint8Array)
  shared.onUpdate((update, own) => own && room.receive(toBase64(update)))
  const write = (...changes: readonly Change[]) => shared.write(changes)
  return { host, room, write }
}

async function pastOf(host: Host, entry: string): Promise<PastDesign> {
  const answer = await host.call('design.past', { entry })
  if (!answer.ok) throw new Error(answer.problems[0].message)
  return answer.value
}

function git(dir: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-c', 'user.name=developer', '-c', 'user.email=d@example.org', '-C', dir, ...args], {
    encoding: 'utf8',
  })
}

function commitAll(dir: string): void {
  git(dir, 'add', '-A')
  git(dir, 'commit', '-q', '-m', 'more')
}

/** An entry as another machine, or an older program, would have left it: nothing of the design beside it. */
async function foreignEntry(dir: string, payload: Readonly<Record<string, unknown>>): Promise<string> {
  const { hash, text } = newEntry([], 'prompt-copied', payload, NOBODY)
  await mkdir(path.join(dir, 'ledger'), { recursive: true })
  await writeFile(path.join(dir, 'ledger', entryFile(hash)), `${text}\n`)
  return hash
}

describe('the design at an entry of the ledger', () => {
  test('is kept when the entry is made, is named by it, and outlives edits', async () => {
    const dir = await designFolder()
    const { host, room, write } = await deskOn(dir)
    const before = room.design()
    const noted = await noteEntry(dir, { type: 'prompt-copied', payload: { workItem: 'W-00001' }, design: before }, NOBODY)
    if (!noted.ok) throw new Error('refused')
    expect(designNamedBy(noted.value.entry)).toBe(designDigest(before))
    expect(await pastOf(host, noted.value.hash)).toMatchObject({ kind: 'rebuilt', from: 'now', isNamed: true })
    write(put('E-0000C', 'Queue'))
    await room.save()
    const past = await pastOf(host, noted.value.hash)
    expect(past).toMatchObject({ kind: 'rebuilt', from: 'kept', isNamed: true, digest: designDigest(before) })
    const read = past.kind === 'rebuilt' ? parseBundle('past', past.bundle) : undefined
    expect(read).toMatchObject({ ok: true })
    expect(read?.ok ? read.value.elements : {}).toEqual(before.elements)
  })

  test('is another one once an entry of a framework was called not applicable, though the digest is the same', async () => {
    const dir = await designFolder()
    const { host, room, write } = await deskOn(dir)
    const note = async () => {
      const entry = { type: 'prompt-copied', payload: { workItem: 'W-00001' }, design: room.design() } as const
      const noted = await noteEntry(dir, entry, NOBODY)
      if (!noted.ok) throw new Error('refused')
      return noted.value.hash
    }
    const opening = await note()
    write({ kind: 'put', table: 'exclusions', row: ROWS.exclusions })
    await room.save()
    const past = await pastOf(host, opening)
    const then = past.kind === 'rebuilt' ? parseBundle('past', past.bundle) : undefined
    expect(past).toMatchObject({ kind: 'rebuilt', from: 'kept', isNamed: true, digest: designDigest(room.design()) })
    expect(then?.ok ? compareDesigns(then.value, room.design()) : []).toMatchObject([{ kind: 'added', table: 'exclusions' }])
    expect(await pastOf(host, await note())).toMatchObject({ from: 'now' })
    write({ kind: 'remove', table: 'exclusions', id: ROWS.exclusions.id })
    await room.save()
    expect(await pastOf(host, await note())).toMatchObject({ from: 'now' })
  })

  test('a kept state that does not hold what its name says is none', async () => {
    const dir = await designFolder()
    const design = smallDesign()
    await keepState(dir, design)
    const digest = designDigest(design)
    expect(keptState(dir, digest)?.elements).toEqual(design.elements)
    const folder = path.join(dir, '.skeptic/states')
    const [name = ''] = await readdir(folder)
    const text = await readFile(path.join(folder, name), 'utf8')
    await writeFile(path.join(folder, name), text.replace('Browser', 'Robot'))
    expect(keptState(dir, digest)).toBeUndefined()
    await writeFile(path.join(folder, name), '{')
    expect(keptState(dir, digest)).toBeUndefined()
    expect(keptState(dir, `sha256:${'0'.repeat(64)}`)).toBeUndefined()
    expect(keptState(dir, '../../skeptic')).toBeUndefined()
  })

  test('outside git, what was not kept is lost, and that is an answer', async () => {
    const dir = await designFolder()
    const entry = await foreignEntry(dir, { workItem: 'W-00001' })
    const { host } = await deskOn(dir)
    expect(await pastOf(host, entry)).toEqual({ kind: 'lost', why: 'noRepository' })
    const unknown = await host.call('design.past', { entry: `sha256:${'0'.repeat(64)}` })
    expect(unknown).toMatchObject({ ok: false, problems: [{ code: 'past.unknownEntry' }] })
  })

  test('in git: the commit whose design has the named digest; else what was committed beside the entry; else not committed', async () => {
    const dir = await designFolder()
    git(dir, 'init', '-q', '-b', 'main')
    commitAll(dir)
    const named = await foreignEntry(dir, { design: designDigest(smallDesign()) })
    commitAll(dir)
    const unnamed = await foreignEntry(dir, { workItem: 'W-00002' })
    const other = await foreignEntry(dir, { design: `sha256:${'1'.repeat(64)}` })
    commitAll(dir)
    const second = git(dir, 'rev-parse', 'HEAD').trim()
    const { host, room, write } = await deskOn(dir)
    write(put('E-0000C', 'Queue'))
    await room.save()
    commitAll(dir)
    const loose = await foreignEntry(dir, { workItem: 'W-00003' })
    expect(await pastOf(host, named)).toMatchObject({
      from: 'commit',
      isNamed: true,
      commit: git(dir, 'rev-parse', 'HEAD~2').trim(),
      digest: designDigest(smallDesign()),
    })
    expect(await pastOf(host, unnamed)).toMatchObject({ from: 'commit', isNamed: false, commit: second })
    expect(await pastOf(host, other)).toMatchObject({ from: 'commit', isNamed: false, commit: second })
    expect(await pastOf(host, loose)).toEqual({ kind: 'lost', why: 'notCommitted' })
  })

  test('a commit in which the design cannot be read whole is no source', async () => {
    const dir = await designFolder()
    git(dir, 'init', '-q', '-b', 'main')
    const text = await readFile(path.join(dir, 'elements/E-0000A.json'), 'utf8')
    await writeFile(path.join(dir, 'elements/E-0000A.json'), '{')
    const entry = await foreignEntry(dir, { workItem: 'W-00001' })
    commitAll(dir)
    await writeFile(path.join(dir, 'elements/E-0000A.json'), text)
    const { host } = await deskOn(dir)
    expect(await pastOf(host, entry)).toEqual({ kind: 'lost', why: 'unreadable' })
  })

  test('the private folder is out of the way of git and of the next opening', async () => {
    const dir = await designFolder()
    await keepState(dir, smallDesign())
    git(dir, 'init', '-q', '-b', 'main')
    expect(git(dir, 'status', '--porcelain', '--untracked-files=all')).not.toContain('.skeptic')
    await rm(path.join(dir, '.skeptic/states'), { recursive: true })
    expect(existsSync(path.join(dir, '.skeptic/states'))).toBe(false)
    expect(await openFolder(dir)).toMatchObject({ ok: true, value: { problems: [] } })
  })
})
