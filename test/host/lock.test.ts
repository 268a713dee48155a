import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { nodeDisk } from '../../host/node/disk.ts'
import { lockFolder } from '../../host/node/lock.ts'
import { designFolder } from './folders.ts'

async function locked(dir: string) {
  const lock = await lockFolder(dir, nodeDisk)
  if (!lock.ok) throw new Error(lock.problems[0].message)
  return lock.value
}

const lockFile = (dir: string) => path.join(dir, '.skeptic/lock')
const holder = (fields: object) => JSON.stringify({ pid: process.pid, machine: hostname(), token: 'other', ...fields })

test('one holder at a time; released, the next may have it', async () => {
  const dir = await designFolder()
  const first = await locked(dir)
  expect(await lockFolder(dir, nodeDisk)).toMatchObject({
    ok: false,
    problems: [{ code: 'folder.readOnly', message: `Read-only copy: process ${process.pid} has this design open.` }],
  })
  expect(first.isHeld()).toBe(true)
  await first.release()
  expect(existsSync(lockFile(dir))).toBe(false)
  await (await locked(dir)).release()
})

test('a lock whose process is gone, or whose number another process has now, is taken over', async () => {
  const dir = await designFolder()
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  for (const stale of [holder({ pid: child.pid }), holder({}), holder({ pid: process.ppid, started: '1' }), '{ half', '']) {
    await writeFile(lockFile(dir), stale)
    await (await locked(dir)).release()
  }
})

test('a lock of a live process, or of another machine, is not', async () => {
  const dir = await designFolder()
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
  for (const live of [holder({ pid: child.pid }), holder({ machine: 'elsewhere', pid: 1 })]) {
    await writeFile(lockFile(dir), live)
    expect(await lockFolder(dir, nodeDisk)).toMatchObject({ ok: false, problems: [{ code: 'folder.readOnly' }] })
    expect(await readFile(lockFile(dir), 'utf8')).toBe(live)
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
})

test('of many who try at once over a stale lock, exactly one gets it', async () => {
  const dir = await designFolder()
  await writeFile(lockFile(dir), holder({ token: 'gone' }))
  const tries = await Promise.all(Array.from({ length: 12 }, () => lockFolder(dir, nodeDisk)))
  const holders = tries.flatMap(lock => (lock.ok ? [lock.value] : []))
  expect(holders.map(lock => lock.isHeld())).toEqual([true])
})

test('one who lost the lock knows', async () => {
  const dir = await designFolder()
  const first = await locked(dir)
  await unlink(lockFile(dir))
  expect(first.isHeld()).toBe(false)
  const second = await locked(dir)
  await first.release()
  expect(second.isHeld()).toBe(true)
})
