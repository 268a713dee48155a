import { mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import { folderOf } from '../../core/model/write.ts'
import { createFolder, findDesign, openFolder, writeChanges } from '../../host/node/store.ts'
import { designFolder, put, smallDesign, temporaryFolder } from './folders.ts'

describe('opening', () => {
  test('gives back what was created, in folders that git can merge', async () => {
    const dir = await designFolder()
    expect(await openFolder(dir)).toMatchObject({ ok: true, value: { design: smallDesign(), problems: [] } })
    expect(await readFile(path.join(dir, 'elements/E-0000A.json'), 'utf8')).toBe(
      folderOf(smallDesign()).get('elements/E-0000A.json'),
    )
    expect(await readFile(path.join(dir, '.skeptic/.gitignore'), 'utf8')).toBe('*\n')
  })

  test('finds the design upward, itself or in its threat-model', async () => {
    const dir = await designFolder()
    const repository = path.dirname(dir)
    await mkdir(path.join(repository, 'src/deep'), { recursive: true })
    expect(findDesign(path.join(dir, 'elements'))).toBe(dir)
    expect(findDesign(path.join(repository, 'src/deep'))).toBe(dir)
    expect(findDesign(await temporaryFolder())).toBeUndefined()
  })

  const faults: readonly (readonly [string, string, string, object])[] = [
    ['cut off', 'elements/E-0000A.json', '{ "id": "E-0000A"', { code: 'json.syntax', at: 'elements/E-0000A.json:1:18' }],
    ['empty', 'elements/E-0000A.json', '', { code: 'json.empty', at: 'elements/E-0000A.json:1:1' }],
    ['a prototype key', 'policy.json', '{ "__proto__": {} }', { code: 'json.key', at: 'policy.json:1:4' }],
    [
      'a wrong value, with the words of its schema',
      'elements/E-0000A.json',
      JSON.stringify({ id: 'E-0000A', name: 'x', kind: 'wizard', provenance: { kind: 'human', at: '2026-11-22T16:00:00Z' } }),
      { code: 'schema.invalid', at: 'elements/E-0000A.json:/kind', message: expect.stringContaining('Must be one of "process"') },
    ],
    ['another id than its name', 'elements/E-0000C.json', '', { code: 'json.empty' }],
    ['a newer format', 'skeptic.json', '{"format":99}', { code: 'format.newer', at: 'skeptic.json:/format' }],
  ]
  test.each(faults)('refuses a file that is %s', async (_, file, text, problem) => {
    const dir = await designFolder()
    await writeFile(path.join(dir, file), text)
    const opened = await openFolder(dir)
    expect(opened).toMatchObject({ ok: false, problems: [problem] })
    expect(opened.ok ? [] : opened.problems.filter(({ cure }) => !cure)).toEqual([])
  })

  test('names every broken file at once', async () => {
    const dir = await designFolder()
    await writeFile(path.join(dir, 'elements/E-0000A.json'), '[')
    await writeFile(path.join(dir, 'elements/E-0000B.json'), '{')
    const opened = await openFolder(dir)
    expect(opened.ok ? [] : opened.problems.map(({ at }) => at)).toEqual([
      'elements/E-0000A.json:1:2',
      'elements/E-0000B.json:1:2',
    ])
  })

  test('refuses a file of 200 MB unread, one that is no text, and a folder that is none', async () => {
    const dir = await designFolder()
    const file = path.join(dir, 'elements/E-0000A.json')
    await truncate(file, 200 * 1024 * 1024)
    const before = process.memoryUsage().rss
    expect(await openFolder(dir)).toMatchObject({ ok: false, problems: [{ code: 'file.large', at: 'elements/E-0000A.json' }] })
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
    await writeFile(file, Uint8Array.from([0x7b, 0xff, 0x7d]))
    expect(await openFolder(dir)).toMatchObject({ ok: false, problems: [{ code: 'file.encoding', at: 'elements/E-0000A.json' }] })
    expect(await openFolder(path.join(dir, 'nowhere'))).toMatchObject({ ok: false, problems: [{ code: 'folder.missing' }] })
    expect(await openFolder(file)).toMatchObject({ ok: false, problems: [{ code: 'disk.notFolder' }] })
    expect(await openFolder(await temporaryFolder())).toMatchObject({ ok: false, problems: [{ code: 'folder.noDesign' }] })
  })

  test('refuses more files than anyone draws', async () => {
    const dir = await designFolder()
    const limits = { bytes: 1000, files: 3, total: 1e6 }
    expect(await openFolder(dir, { limits })).toMatchObject({ ok: false, problems: [{ code: 'folder.large' }] })
  })

  test('follows no link, neither to a file nor to a folder', async () => {
    const dir = await designFolder()
    await symlink('/etc/hostname', path.join(dir, 'elements/E-0000C.json'))
    expect(await openFolder(dir)).toMatchObject({ ok: false, problems: [{ code: 'folder.link', at: 'elements/E-0000C.json' }] })
    const other = await designFolder()
    await symlink(path.join(dir, 'elements'), path.join(other, 'flows'))
    expect(await openFolder(other)).toMatchObject({ ok: false, problems: [{ code: 'folder.link', at: 'flows' }] })
  })

  test('takes a file in the place of a folder for no empty folder', async () => {
    const dir = await designFolder()
    await rm(path.join(dir, 'elements'), { recursive: true, force: true })
    await writeFile(path.join(dir, 'elements'), 'in the way')
    expect(await openFolder(dir)).toMatchObject({ ok: false, problems: [{ code: 'folder.blocked', at: 'elements' }] })
  })

  test('leaves alone what is no part of a design, and says so', async () => {
    const dir = await designFolder()
    await mkdir(path.join(dir, 'notes'))
    await writeFile(path.join(dir, 'notes/a.md'), '\xff')
    await writeFile(path.join(dir, 'elements/scratch.txt'), 'x')
    await writeFile(path.join(dir, 'elements/.E-0000A.json.1.tmp'), '{')
    await mkdir(path.join(dir, 'drawings'))
    const opened = await openFolder(dir)
    expect(opened.ok && opened.value.problems.map(({ code, at }) => [code, at])).toEqual([
      ['folder.stray', 'drawings/'],
      ['folder.stray', 'elements/scratch.txt'],
    ])
  })
})

describe('writing', () => {
  test('touches exactly the files that differ', async () => {
    const dir = await designFolder()
    const before = smallDesign()
    const after = applyChanges(before, [
      put('E-0000C', 'Queue'),
      put('E-0000A', 'Shop'),
      { kind: 'remove', table: 'elements', id: 'E-0000B' },
    ])
    expect(await writeChanges(dir, before, after)).toEqual({
      ok: true,
      value: { files: ['elements/E-0000A.json', 'elements/E-0000B.json', 'elements/E-0000C.json'], conflicts: [] },
    })
    expect(await openFolder(dir)).toMatchObject({ ok: true, value: { design: after, problems: [] } })
    expect((await readdir(path.join(dir, 'elements'))).sort()).toEqual(['E-0000A.json', 'E-0000C.json'])
    expect(await writeChanges(dir, after, after)).toEqual({ ok: true, value: { files: [], conflicts: [] } })
  })

  test('keeps what someone else wrote in the meantime, and says so', async () => {
    const dir = await designFolder()
    const opened = await openFolder(dir)
    if (!opened.ok) throw new Error('not opened')
    const known = new Map(opened.value.texts)
    const before = opened.value.design
    const after = applyChanges(before, [put('E-0000A', 'Mine'), put('E-0000B', 'Mine too'), put('E-0000C', 'New here')])
    await writeFile(path.join(dir, 'elements/E-0000A.json'), 'theirs')
    await writeFile(path.join(dir, 'elements/E-0000C.json'), 'also theirs')
    const written = await writeChanges(dir, before, after, { known })
    expect(written).toMatchObject({
      ok: true,
      value: {
        files: ['elements/E-0000B.json'],
        conflicts: [
          { code: 'file.conflict', at: 'elements/E-0000A.json', severity: 'error' },
          { code: 'file.conflict', at: 'elements/E-0000C.json' },
        ],
      },
    })
    expect(await readFile(path.join(dir, 'elements/E-0000A.json'), 'utf8')).toBe('theirs')
    expect(await readFile(path.join(dir, 'elements/E-0000C.json'), 'utf8')).toBe('also theirs')
  })

  test('the same text from outside is no conflict, nor is a second write of our own', async () => {
    const dir = await designFolder()
    const known = new Map(folderOf(smallDesign()))
    const next = applyChanges(smallDesign(), [put('E-0000A', 'Mine')])
    await writeFile(path.join(dir, 'elements/E-0000A.json'), folderOf(next).get('elements/E-0000A.json') as string)
    expect(await writeChanges(dir, smallDesign(), next, { known })).toMatchObject({ ok: true, value: { conflicts: [] } })
    const last = applyChanges(next, [put('E-0000A', 'Mine again')])
    expect(await writeChanges(dir, next, last, { known })).toMatchObject({
      ok: true,
      value: { files: ['elements/E-0000A.json'], conflicts: [] },
    })
  })

  test('a new design goes into an empty folder only', async () => {
    const parent = await temporaryFolder()
    const dir = path.join(parent, 'a/b/threat-model')
    expect(await createFolder(dir, smallDesign())).toEqual({
      ok: true,
      value: ['elements/E-0000A.json', 'elements/E-0000B.json', 'policy.json', 'skeptic.json'],
    })
    expect(await createFolder(dir, smallDesign())).toMatchObject({ ok: false, problems: [{ code: 'folder.notEmpty', at: dir }] })
    expect(await createFolder(path.join(dir, 'skeptic.json'), smallDesign())).toMatchObject({
      ok: false,
      problems: [{ code: expect.stringMatching(/^disk\./) }],
    })
  })
})
