import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileText } from '../../core/model/canonical.ts'
import { nodeDisk } from '../../host/node/disk.ts'
import { openFolder } from '../../host/node/store.ts'
import { teamPacksIn, withTeamPacks, writeTeamPack } from '../../host/node/team-packs.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { OTHERS } from '../core/model/samples.ts'
import { packOf, ruleWith } from '../core/threats/designs.ts'
import { designFolder } from './folders.ts'

const ruleOf = (id: string) => ruleWith({ id, controls: ['AUTHN-CALLER'] })
const pack = (id: string, ...rules: readonly string[]) => ({ ...packOf(...rules.map(ruleOf)), id })
const NOTHING = { rules: [], controls: [], words: [], problems: [] }

/** A design folder with these files in packs/. */
async function folderWith(files: Readonly<Record<string, unknown>>): Promise<string> {
  const dir = await designFolder()
  await mkdir(path.join(dir, 'packs'), { recursive: true })
  for (const [name, value] of Object.entries(files))
    await writeFile(
      path.join(dir, 'packs', name),
      typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value),
    )
  return dir
}

const inPacks = (dir: string) => (existsSync(path.join(dir, 'packs')) ? readdir(path.join(dir, 'packs')) : Promise.resolve([]))

describe('reading the packs of a folder', () => {
  test('a folder without packs has none and no problem', async () => {
    expect(teamPacksIn(await designFolder(), builtinPacks)).toEqual(NOTHING)
    expect(teamPacksIn(path.join(await designFolder(), 'nowhere'), builtinPacks)).toEqual(NOTHING)
  })

  test('a pack is read, and is no stray of the design', async () => {
    const dir = await folderWith({ 'ours.json': pack('ours', 'OUR-1') })
    expect(teamPacksIn(dir, builtinPacks)).toEqual({ ...NOTHING, rules: [pack('ours', 'OUR-1')] })
    expect(await openFolder(dir)).toMatchObject({ ok: true, value: { problems: [] } })
  })

  test('a broken one names its file, place, rule and cure, and the others are read', async () => {
    const broken = { ...pack('ours'), rules: [ruleOf('OUR-1'), { ...ruleOf('OUR-2'), extra: 1 }] }
    const dir = await folderWith({ 'a.json': broken, 'b.json': '{ "rules": ]', 'c.json': pack('c', 'OUR-3') })
    const { rules, problems } = teamPacksIn(dir, builtinPacks)
    expect(rules.map(({ id, rules }) => [id, rules.length])).toEqual([
      ['ours', 1],
      ['c', 1],
    ])
    expect(problems).toEqual([
      {
        code: 'pack.entry',
        severity: 'error',
        at: 'packs/a.json:/rules/1',
        message: 'Rule OUR-2: The key "extra" has no place here. It is not used; the rest of the pack is.',
        cure: 'Correct this entry of the pack.',
      },
      expect.objectContaining({ code: 'json.syntax', at: 'packs/b.json:1:12', cure: expect.any(String) }),
    ])
  })

  test('what is no JSON file of its own is left alone', async () => {
    const dir = await folderWith({ 'README.md': '# Ours', '.hidden.json': '{', 'template.tb7': '<xml/>' })
    await mkdir(path.join(dir, 'packs', 'folder.json'))
    expect(teamPacksIn(dir, builtinPacks)).toEqual(NOTHING)
  })

  test('a symbolic link is refused unread, whatever it names', async () => {
    const dir = await folderWith({ 'good.json': pack('good', 'OUR-1') })
    const target = path.join(dir, 'elsewhere.json')
    await writeFile(target, JSON.stringify(pack('linked', 'OUR-2')))
    await symlink(target, path.join(dir, 'packs', 'linked.json'))
    await symlink('/nowhere', path.join(dir, 'packs', 'dangling.json'))
    const { rules, problems } = teamPacksIn(dir, builtinPacks)
    expect(rules.map(({ id }) => id)).toEqual(['good'])
    expect(problems.map(({ code, at }) => `${code} ${at}`).sort()).toEqual([
      'folder.link packs/dangling.json',
      'folder.link packs/linked.json',
    ])
    for (const { cure } of problems) expect(cure).toMatch(/\S/)
  })

  test('a file that is too large, or no text, is named and the others are read', async () => {
    const large = JSON.stringify({ ...pack('large', 'OUR-2'), description: 'x'.repeat(4 * 1024 * 1024) })
    const dir = await folderWith({
      'good.json': pack('good', 'OUR-1'),
      'large.json': large,
      'bytes.json': Buffer.from([0x7b, 0xff]),
    })
    const { rules, problems } = teamPacksIn(dir, builtinPacks)
    expect(rules.map(({ id }) => id)).toEqual(['good'])
    expect(problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'file.large',
          at: 'packs/large.json',
          message: expect.stringContaining('4 MB'),
          cure: expect.any(String),
        }),
        expect.objectContaining({ code: 'file.encoding', at: 'packs/bytes.json', cure: expect.any(String) }),
      ]),
    )
    expect(problems.length).toBe(2)
  })

  test('a disk that cannot read one says so', async () => {
    const dir = await folderWith({ 'a.json': pack('a', 'OUR-1'), 'b.json': pack('b', 'OUR-2') })
    const disk: typeof nodeDisk = {
      ...nodeDisk,
      read: (file, limit) => {
        if (file.endsWith('a.json')) throw Object.assign(new Error('no'), { code: 'EIO' })
        return nodeDisk.read(file, limit)
      },
    }
    const { rules, problems } = teamPacksIn(dir, builtinPacks, disk)
    expect(rules.map(({ id }) => id)).toEqual(['b'])
    expect(problems).toMatchObject([{ code: 'disk.failing', at: 'packs/a.json' }])
  })

  test('the order in which the disk lists files changes nothing', async () => {
    const dir = await folderWith({ 'a.json': pack('same', 'OUR-1'), 'b.json': pack('same', 'OUR-2') })
    const disk: typeof nodeDisk = { ...nodeDisk, list: folder => [...nodeDisk.list(folder)].reverse() }
    expect(teamPacksIn(dir, builtinPacks, disk)).toEqual(teamPacksIn(dir, builtinPacks))
  })
})

describe('writing a pack', () => {
  test('writes canonical text under its id, and reading gives it back', async () => {
    const dir = await designFolder()
    const { id, ...rest } = pack('ours', 'OUR-1', 'OUR-2')
    const written = await writeTeamPack(dir, { name: 'download (1).json', pack: { ...rest, id }, builtin: builtinPacks })
    expect(written).toEqual({ ok: true, value: { at: 'packs/ours.json', entries: '2 rules', problems: [] } })
    expect(await readFile(path.join(dir, 'packs', 'ours.json'), 'utf8')).toBe(fileText(pack('ours', 'OUR-1', 'OUR-2')))
    expect(await inPacks(dir)).toEqual(['ours.json'])
    expect(teamPacksIn(dir, builtinPacks)).toEqual({ ...NOTHING, rules: [pack('ours', 'OUR-1', 'OUR-2')] })
  })

  test('of controls says how many', async () => {
    const dir = await designFolder()
    const controls = OTHERS.controlPack as { readonly controls: readonly object[] }
    const own = { ...controls, id: 'ours', controls: [{ ...controls.controls[0], id: 'OUR-TLS' }] }
    expect(await writeTeamPack(dir, { name: 'x.json', pack: own, builtin: builtinPacks })).toMatchObject({
      ok: true,
      value: { entries: '1 control' },
    })
  })

  test('of words says how many, and reading gives them back beside ours', async () => {
    const dir = await designFolder()
    const own = { id: 'ours', language: 'en', lists: { vague: { 'world class': 'rated [number]', snappy: '' } } }
    const written = await writeTeamPack(dir, { name: 'x.json', pack: own, builtin: builtinPacks })
    expect(written).toEqual({ ok: true, value: { at: 'packs/ours.json', entries: '2 words', problems: [] } })
    expect(teamPacksIn(dir, builtinPacks)).toEqual({ ...NOTHING, words: [own] })
    expect(withTeamPacks(dir, builtinPacks).words).toEqual([...builtinPacks.words, own])
    expect(withTeamPacks(await designFolder(), builtinPacks).words).toBe(builtinPacks.words)
  })

  test('replaces the pack of the same id, its rules included', async () => {
    const dir = await folderWith({ 'ours.json': pack('ours', 'OUR-1', 'OUR-2') })
    const written = await writeTeamPack(dir, { name: 'x.json', pack: pack('ours', 'OUR-2', 'OUR-3'), builtin: builtinPacks })
    expect(written).toMatchObject({ ok: true, value: { entries: '2 rules', problems: [] } })
    expect(teamPacksIn(dir, builtinPacks).rules[0]?.rules.map(({ id }) => id)).toEqual(['OUR-2', 'OUR-3'])
  })

  test('with one broken rule writes the pack and tells of the rule', async () => {
    const dir = await designFolder()
    const own = { ...pack('ours', 'OUR-1'), rules: [ruleOf('OUR-1'), ruleOf('SI-XP-S1')] }
    const written = await writeTeamPack(dir, { name: 'x.json', pack: own, builtin: builtinPacks })
    expect(written).toMatchObject({
      ok: true,
      value: { entries: '1 rule', problems: [{ code: 'pack.entry', at: 'x.json:/rules/1' }] },
    })
  })

  test.each([
    ['nothing', null],
    ['a text', 'rules'],
    ['a list', []],
    ['an object of neither kind', { id: 'ours' }],
    ['words under the id of ours', { id: 'english', language: 'en', lists: { vague: { nice: '' } } }],
    ['words in no language', { id: 'ours', lists: { vague: { nice: '' } } }],
    ['words that are no texts', { id: 'ours', language: 'en', lists: { vague: { nice: 7 } } }],
    ['words that no rule reads', { id: 'ours', language: 'en', lists: { vage: { nice: '' } } }],
    ['a head that is broken', { ...pack('ours', 'OUR-1'), version: 1 }],
    ['an id that leads out of the folder', pack('../../outside', 'OUR-1')],
    ['an id that is a path', pack('/tmp/outside', 'OUR-1')],
    ['no id', { ...pack('ours', 'OUR-1'), id: undefined }],
    ['the id of a built-in pack', pack('web-api', 'OUR-1')],
    ['rules that are all broken', { ...pack('ours'), rules: [{ id: 'OUR-1' }, null] }],
    ['rules that are all taken', pack('ours', 'SI-XP-S1')],
  ])('refuses %s and writes nothing', async (_, rubbish) => {
    const dir = await designFolder()
    const before = await readdir(path.dirname(dir))
    const written = await writeTeamPack(dir, { name: 'x.json', pack: rubbish, builtin: builtinPacks })
    expect(written.ok).toBe(false)
    if (!written.ok)
      for (const problem of written.problems)
        expect(problem).toMatchObject({ severity: 'error', at: expect.stringContaining('x.json'), cure: expect.any(String) })
    expect(await inPacks(dir)).toEqual([])
    expect(await readdir(path.dirname(dir))).toEqual(before)
  })

  test('refuses rubbish and leaves the pack that is there', async () => {
    const dir = await folderWith({ 'ours.json': pack('ours', 'OUR-1') })
    const before = await readFile(path.join(dir, 'packs', 'ours.json'), 'utf8')
    expect((await writeTeamPack(dir, { name: 'x.json', pack: pack('ours', 'SI-XP-S1'), builtin: builtinPacks })).ok).toBe(false)
    expect(await readFile(path.join(dir, 'packs', 'ours.json'), 'utf8')).toBe(before)
  })

  test('refuses a pack without any rule and writes nothing', async () => {
    const dir = await designFolder()
    const written = await writeTeamPack(dir, { name: 'x.json', pack: pack('ours'), builtin: builtinPacks })
    expect([written.ok, await inPacks(dir)]).toEqual([false, []])
  })

  test('refuses the id of a built-in pack also when a file of that name lies there', async () => {
    const dir = await folderWith({ 'web-api.json': 'left over' })
    expect((await writeTeamPack(dir, { name: 'x.json', pack: pack('web-api', 'OUR-1'), builtin: builtinPacks })).ok).toBe(false)
  })
})
