import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderOf } from '../../../core/model/write.ts'
import { enrolKey } from '../../../core/signing/enrolled.ts'
import { createHandlers } from '../../../host/node/handlers.ts'
import { noteEntry } from '../../../host/node/kept-states.ts'
import { enrolledIn, writeEnrolled } from '../../../host/node/keys/enrolment.ts'
import { signerNamed } from '../../../host/node/keys/signer.ts'
import { makeKey } from '../../../host/node/keys/store.ts'
import { readLedgerFolder } from '../../../host/node/ledger.ts'
import type { Room } from '../../../host/node/rooms.ts'
import { AT, smallDesign } from '../evidence/designs.ts'
import { commit, git, repository, temporaryFolder, write } from '../evidence/repository.ts'
import { roomOf } from '../hosts.ts'

const own = process.env.XDG_CONFIG_HOME
beforeEach(() => {
  process.env.XDG_CONFIG_HOME = temporaryFolder()
})
afterEach(() => {
  if (own === undefined) delete process.env.XDG_CONFIG_HOME
  else process.env.XDG_CONFIG_HOME = own
})

/** A design in a repository that enrols this machine's one key for Ann, and a change. */
async function changed(): Promise<string> {
  const code = repository({ 'src/a.ts': '1' })
  const folder = path.join(code, 'threat-model')
  write(folder, Object.fromEntries(folderOf(smallDesign())))
  await sitDown(folder, 'Ann')
  commit(code, 'Design')
  git(code, 'checkout', '--quiet', '-b', 'change')
  write(code, { 'src/a.ts': '2' })
  commit(code, 'Change')
  return folder
}

/** Makes a key on a machine of its own and enrols it. */
async function sitDown(folder: string, name: string): Promise<void> {
  process.env.XDG_CONFIG_HOME = temporaryFolder()
  const [key, before] = [await makeKey(), enrolledIn(folder)]
  if (!key.ok || !before.ok) throw new Error('no key')
  const email = `${name.toLowerCase()}@example.org`
  const row = { name, email, roles: ['reviewer'], publicKey: key.value.publicKey, enrolledAt: AT }
  const keys = enrolKey(before.value, row)
  if (!keys.ok) throw new Error(keys.problems[0].message)
  await writeEnrolled(folder, keys.value)
}

test.each([
  ['ann', [['Ann', true]]],
  ['somebody', [['somebody', false]]],
])('a verdict that %s asks for in a window goes under the name of whoever sits there', async (by, expected) => {
  const folder = await changed()
  const handlers = createHandlers(await roomOf(folder), { by, now: () => AT })
  const done = await handlers['review.verify']({ workItem: 'W-00001' })
  expect(done.ok).toBe(true)
  const ledger = await readLedgerFolder(folder)
  expect(ledger.ok && ledger.value.entries.map(({ entry }) => [entry.actor, entry.signature !== undefined])).toEqual(expected)
  expect(ledger.ok && ledger.value.problems).toEqual([])
})

const REVIEW = { workItem: 'W-00001' }

async function readBy(room: Room, by: string) {
  const handlers = createHandlers(room, { by, now: () => AT })
  const read = await handlers['review.read'](REVIEW)
  if (!read.ok) throw new Error(read.problems[0].message)
  return { handlers, ...read.value }
}

test('a window is told beforehand who would sign: id, name and roles, and nothing of the private half', async () => {
  const folder = await changed()
  const room = await roomOf(folder)
  const { signing } = await readBy(room, 'ann')
  expect(signing).toEqual({
    ...{ kind: 'signed', name: 'Ann', roles: ['reviewer'], counts: true },
    key: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  })
  expect((await readBy(room, 'somebody')).signing).toEqual({ kind: 'self', why: 'otherName', name: 'Ann' })
  process.env.XDG_CONFIG_HOME = temporaryFolder()
  expect((await readBy(room, 'ann')).signing).toEqual({ kind: 'self', why: 'noKey' })
})

test('what was signed is told with its key; a waiver of one person waits and cannot be signed by the same one', async () => {
  const folder = await changed()
  const room = await roomOf(folder)
  const first = await readBy(room, 'ann')
  const check = first.checklist.checks[0]?.id ?? ''
  const answer = await first.handlers['review.answer']({ ...REVIEW, check, answer: 'cannotTell', observation: 'Who owns it?' })
  if (!answer.ok) throw new Error(answer.problems[0].message)
  const signer = await signerNamed(folder, 'ann')
  if (!signer) throw new Error('no signer')
  const payload = { ...REVIEW, check, kind: 'waived', reason: 'Next week.', until: '2026-12-01' }
  const waived = await noteEntry(folder, { type: 'waived', payload, design: smallDesign() }, { at: AT, by: 'Ann', signer })
  if (!waived.ok) throw new Error(waived.problems[0].message)
  const now = await readBy(room, 'ann')
  expect(now.signers).toMatchObject({ [answer.value.entry]: { name: 'Ann', key: signer.key } })
  expect(now.waivers).toMatchObject([{ check, state: 'waiting', notBy: 'samePerson', by: [{ name: 'Ann', signed: true }] }])
  const entry = waived.value.hash
  const refusedTo = async (by: string) => {
    const handlers = createHandlers(room, { by, now: () => AT })
    const done = await handlers['review.second']({ ...REVIEW, entry })
    return done.ok ? 'signed' : done.problems[0].code
  }
  expect(await refusedTo('ann')).toBe('waive.samePerson')
  expect(await refusedTo('somebody')).toBe('keys.none')
  await sitDown(folder, 'Ben')
  expect(await refusedTo('Ben')).toBe('signed')
})
