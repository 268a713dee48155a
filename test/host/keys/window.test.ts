import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { folderOf } from '../../../core/model/write.ts'
import { enrolKey } from '../../../core/signing/enrolled.ts'
import { createHandlers } from '../../../host/node/handlers.ts'
import { writeEnrolled } from '../../../host/node/keys/enrolment.ts'
import { makeKey } from '../../../host/node/keys/store.ts'
import { readLedgerFolder } from '../../../host/node/ledger.ts'
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
  const key = await makeKey()
  if (!key.ok) throw new Error(key.problems[0].message)
  const row = { name: 'Ann', email: 'ann@example.org', roles: ['reviewer'], publicKey: key.value.publicKey, enrolledAt: AT }
  const keys = enrolKey([], row)
  if (!keys.ok) throw new Error(keys.problems[0].message)
  await writeEnrolled(folder, keys.value)
  commit(code, 'Design')
  git(code, 'checkout', '--quiet', '-b', 'change')
  write(code, { 'src/a.ts': '2' })
  commit(code, 'Change')
  return folder
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
