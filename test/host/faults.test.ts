import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import { folderOf } from '../../core/model/write.ts'
import { nodeDisk } from '../../host/node/disk.ts'
import { appendEntry, readLedgerFolder } from '../../host/node/ledger.ts'
import { createFolder, openFolder, writeChanges } from '../../host/node/store.ts'
import { faultyDisk } from './faulty-disk.ts'
import { designFolder, put, STAMP, smallDesign, temporaryFolder } from './folders.ts'

const CODES = [
  ['ENOSPC', 'disk.full'],
  ['EIO', 'disk.failing'],
] as const

const BEFORE = smallDesign()
const AFTER = applyChanges(BEFORE, [
  put('E-0000A', 'Shop'),
  { kind: 'remove', table: 'elements', id: 'E-0000B' },
  put('E-0000C', 'Queue'),
  {
    kind: 'put',
    table: 'data',
    row: { id: 'D-0000A', name: 'Orders', class: 'D2', provenance: { kind: 'human', at: STAMP.at } },
  },
])

async function touchesOf(work: (disk: typeof nodeDisk) => Promise<unknown>): Promise<number> {
  const counting = faultyDisk(nodeDisk)
  await work(counting.disk)
  return counting.touches()
}

describe.each(CODES)('the disk says %s', (code, problem) => {
  test('at any moment of a save: every file has its old or its new text, and saving again completes it', async () => {
    const touches = await touchesOf(async disk => writeChanges(await designFolder(), BEFORE, AFTER, { disk }))
    expect(touches).toBeGreaterThan(15)
    const [old, fresh] = [folderOf(BEFORE), folderOf(AFTER)]
    for (let at = 1; at <= touches; at++) {
      const dir = await designFolder()
      const { disk } = faultyDisk(nodeDisk, { at, code })
      const written = await writeChanges(dir, BEFORE, AFTER, { disk })
      expect(written).toMatchObject({
        ok: false,
        problems: [{ code: problem, at: expect.any(String), message: expect.any(String), cure: expect.any(String) }],
      })
      const opened = await openFolder(dir)
      expect(opened).toMatchObject({ ok: true, value: { problems: [] } })
      if (opened.ok) for (const [name, text] of opened.value.texts) expect([old.get(name), fresh.get(name)]).toContain(text)
      expect((await readdir(path.join(dir, 'elements'))).filter(name => name.startsWith('.'))).toEqual([])
      expect(await writeChanges(dir, BEFORE, AFTER)).toMatchObject({ ok: true })
      expect(await openFolder(dir)).toMatchObject({ ok: true, value: { design: AFTER } })
    }
  })

  test('while files are still being made durable: nothing is renamed yet', async () => {
    const dir = await designFolder()
    const { disk } = faultyDisk(nodeDisk, { at: 6, code })
    expect((await writeChanges(dir, BEFORE, AFTER, { disk })).ok).toBe(false)
    expect(await openFolder(dir)).toMatchObject({ ok: true, value: { design: BEFORE } })
  })

  test('while a design is made: either it stands, or the folder is empty and the next try works', async () => {
    const touches = await touchesOf(async disk => createFolder(path.join(await temporaryFolder(), 'x'), AFTER, { disk }))
    for (let at = 1; at <= touches; at++) {
      const dir = path.join(await temporaryFolder(), 'threat-model')
      const made = await createFolder(dir, AFTER, { disk: faultyDisk(nodeDisk, { at, code }).disk })
      expect(made).toMatchObject({ ok: false, problems: [{ code: problem }] })
      expect(await createFolder(dir, AFTER)).toMatchObject({ ok: true })
    }
  })

  test('while the ledger grows: an entry is there whole or not at all', async () => {
    const touches = await touchesOf(async disk => appendEntry(await designFolder(), 'approved', { a: 1 }, { ...STAMP, disk }))
    for (let at = 1; at <= touches; at++) {
      const dir = await designFolder()
      const { disk } = faultyDisk(nodeDisk, { at, code })
      expect(await appendEntry(dir, 'approved', { a: 1 }, { ...STAMP, disk })).toMatchObject({
        ok: false,
        problems: [{ code: problem }],
      })
      const ledger = await readLedgerFolder(dir)
      expect(ledger).toMatchObject({ ok: true, value: { ok: true, problems: [] } })
      if (ledger.ok) expect(ledger.value.entries.length).toBeLessThanOrEqual(1)
    }
  })
})

test.each([
  ['EACCES', 'disk.denied'],
  ['EROFS', 'disk.readOnly'],
  ['EDQUOT', 'disk.full'],
  ['EWEIRD', 'disk.error'],
])('%s is told in words', async (code, problem) => {
  const { disk } = faultyDisk(nodeDisk, { at: 4, code })
  expect(await writeChanges(await designFolder(), BEFORE, AFTER, { disk })).toMatchObject({
    ok: false,
    problems: [{ code: problem, cure: expect.any(String) }],
  })
})

test('a failed save names the file', async () => {
  const dir = await designFolder()
  const { disk } = faultyDisk(nodeDisk, { at: 4, code: 'ENOSPC' })
  const written = await writeChanges(dir, BEFORE, AFTER, { disk })
  expect(written.ok ? [] : written.problems).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(/^Could not write [\w-]+\.json: the disk is full\.$/),
      cure: 'Free some space, then save again.',
    }),
  ])
  expect(await readFile(path.join(dir, 'elements/E-0000A.json'), 'utf8')).toBe(folderOf(BEFORE).get('elements/E-0000A.json'))
})
