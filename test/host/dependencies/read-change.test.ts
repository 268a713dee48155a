import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BroughtIn } from '../../../core/dependencies/brought-in.ts'
import { folderOf } from '../../../core/model/write.ts'
import { questionsIn } from '../../../host/node/dependencies/asked.ts'
import { readDependencies } from '../../../host/node/dependencies/read-change.ts'
import { changesBetween } from '../../../host/node/evidence/code-tree.ts'
import { reviewChange } from '../../../host/node/review.ts'
import { standOf } from '../../../host/node/stand.ts'
import { checkOf } from '../../core/verdict/scenes.ts'
import { AT, NO_LEDGER, PACKS, smallDesign } from '../evidence/designs.ts'
import { commit, git, repository, temporaryFolder, write } from '../evidence/repository.ts'

const entry = (name: string, rest: object = {}) => ({
  version: '1.0.0',
  resolved: `https://registry.example/${name}/-/${name}-1.0.0.tgz`,
  integrity: `sha512-${name}`,
  ...rest,
})
const npm = (declared: readonly string[], locked: readonly string[] = declared, rest: object = {}) => ({
  'package.json': JSON.stringify({ dependencies: Object.fromEntries(declared.map(name => [name, '1'])) }),
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: { '': {}, ...Object.fromEntries(locked.map(name => [`node_modules/${name}`, entry(name)])), ...rest },
  }),
})

/** A repository with `main`, then what the change writes. */
function changed(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): string {
  const folder = repository({ 'src/a.ts': 'import "express"', ...before })
  git(folder, 'checkout', '--quiet', '-b', 'topic')
  write(folder, after)
  commit(folder, 'Change')
  return folder
}

async function facts(folder: string, rest: { readonly base?: string } = {}) {
  const isOwn = () => false
  const stand = await standOf({ codeRoot: folder, isOwn, globs: ['**'], ...rest })
  if (!stand.ok) throw new Error(stand.problems[0].message)
  const { before, tree } = stand.value
  return readDependencies(stand.value, { changes: before && (await changesBetween(before, tree)), isOwn })
}

async function brought(folder: string): Promise<BroughtIn> {
  const { broughtIn } = await facts(folder)
  if (!broughtIn) throw new Error('nothing to compare with')
  return broughtIn
}

describe('in a repository', () => {
  test('a new package, an import out of nowhere, and what was there before', async () => {
    const done = await brought(
      changed(npm(['express']), { ...npm(['express', 'zod']), 'src/b.ts': 'import "zod"\nimport "made-up"\nimport "node:fs"' }),
    )
    expect(done.fresh.map(({ name, reach }) => [name, reach])).toEqual([['zod', 'declared']])
    expect(done.phantoms).toEqual([{ ecosystem: 'npm', path: 'src/b.ts', line: 2, name: 'made-up' }])
    expect(done.looked).toEqual({ lockfiles: 1, manifests: 1, sources: 1 })
    expect([done.faulty, done.unread, done.unlocked]).toEqual([[], [], []])
  })

  test('an old import out of nowhere is not what the change brings in', async () => {
    const done = await brought(changed({ ...npm(['express']), 'src/old.ts': 'import "ghost"' }, { 'src/b.ts': 'export {}' }))
    expect(done.phantoms).toEqual([])
  })

  test('paths of a tsconfig, with comments and commas at its ends', async () => {
    const config = '{ // paths\n "compilerOptions": { "baseUrl": "./src", "paths": { "@app/*": ["./app/*"], }, }, }'
    const text = 'import "@app/x"; import "local/y"; import "elsewhere/z"'
    const done = await brought(
      changed(
        { ...npm(['express']), 'tsconfig.json': config },
        { 'src/b.ts': text, 'src/local/y.ts': '', 'test/elsewhere/z.ts': '' },
      ),
    )
    expect(done.phantoms.map(({ name }) => name)).toEqual(['elsewhere'])
  })

  test('a lockfile that is not read matters once the change touches it', async () => {
    const gems = { 'Gemfile.lock': 'GEM\n' }
    expect((await brought(changed(gems, { 'src/a.ts': '' }))).unread).toEqual([])
    expect((await brought(changed(gems, { 'Gemfile.lock': 'GEM\n  x\n' }))).unread).toMatchObject([{ path: 'Gemfile.lock' }])
  })

  test('a damaged lockfile makes names unknown, and no list of all that is locked', async () => {
    const folder = changed(npm(['express']), { 'package-lock.json': '{"lockfileVersion":3,', 'src/b.ts': 'import "made-up"' })
    const { broughtIn, locked } = await facts(folder)
    expect(broughtIn).toMatchObject({ phantoms: [], unplaced: [{ name: 'made-up' }], unread: [{ path: 'package-lock.json' }] })
    expect(locked).toBeUndefined()
  })

  test('a lockfile that is no text', async () => {
    const folder = changed(npm(['express']), { 'package-lock.json': 'a\0b' })
    expect((await brought(folder)).unread).toMatchObject([
      { path: 'package-lock.json', why: expect.stringMatching(/no UTF-8 text/) },
    ])
  })

  test('go.sum beside go.mod holds the digests', async () => {
    const mod = (rest: string) => `module example.org/own\n\ngo 1.22\n\nrequire example.org/a v1.0.0\n${rest}`
    const sum = 'example.org/a v1.0.0 h1:aa=\n'
    const folder = changed({ 'go.mod': mod(''), 'go.sum': sum }, { 'go.mod': mod('require example.org/b v1.0.0\n') })
    const { fresh, faulty } = await brought(folder)
    expect([fresh.map(({ name }) => name), faulty.map(({ name, faults }) => [name, ...faults])]).toEqual([
      ['example.org/b'],
      [['example.org/b', 'no-digest']],
    ])
  })

  test('what is installed and committed is no lockfile of the project', async () => {
    const folder = changed(npm(['express']), { 'node_modules/x/package-lock.json': '{', 'src/a.ts': '' })
    expect((await brought(folder)).unread).toEqual([])
  })

  test('all that is locked, for lists of components', async () => {
    const { locked } = await facts(changed(npm(['express']), npm(['express', 'zod'])))
    expect(locked).toEqual([
      { ecosystem: 'npm', name: 'express', version: '1.0.0' },
      { ecosystem: 'npm', name: 'zod', version: '1.0.0' },
    ])
  })
})

describe('outside git', () => {
  test('without a base nobody knows what is new, nor that all was listed', async () => {
    const folder = temporaryFolder()
    write(folder, npm(['express']))
    expect(await facts(folder)).toEqual({})
  })
  test('with a folder as the base', async () => {
    const [folder, base] = [temporaryFolder(), temporaryFolder()]
    write(base, npm(['express']))
    write(folder, npm(['express', 'zod']))
    const { broughtIn, locked } = await facts(folder, { base })
    expect([broughtIn?.fresh.map(({ name }) => name), locked?.length]).toEqual([['zod'], 2])
  })
})

test('nothing is read unless a check asks', async () => {
  const { newDependencies, components } = {
    newDependencies: {},
    components: { from: { slot: 'sbom' }, min: 1, matchesLockfiles: true },
  }
  const of = (...checks: Parameters<typeof checkOf>[0][]) => questionsIn(checks.map(verify => checkOf(verify)))
  expect([of({ newDependencies }), of({ any: [{ all: [{ components }] }] }), of({ commits: {} }), of(undefined)]).toEqual([
    { broughtIn: true, locked: false },
    { broughtIn: false, locked: true },
    { broughtIn: false, locked: false },
    { broughtIn: false, locked: false },
  ])
  expect(await readDependencies({} as never, { changes: [], isOwn: () => false }, { broughtIn: false, locked: false })).toEqual(
    {},
  )
})

describe('in a review', () => {
  async function verdict(after: Readonly<Record<string, string>>) {
    const design = smallDesign()
    const code = changed(npm(['express']), after)
    write(path.join(code, 'threat-model'), Object.fromEntries(folderOf(design)))
    const done = await reviewChange({
      ...{ design, packs: PACKS, ledger: NO_LEDGER, workItem: 'W-00001', codeRoot: code, at: AT },
      evidenceDir: path.join(code, 'threat-model/.skeptic/evidence'),
    })
    if (!done.ok) throw new Error(done.problems[0].message)
    return done.value.record.checks.find(({ statement }) => statement.startsWith('No package was added'))
  }

  test('nothing new passes without a person', async () => {
    expect(await verdict({ 'src/a.ts': 'import "express"\n' })).toMatchObject({ verdict: 'pass', selfReported: false })
  })
  test('a new package waits for one', async () => {
    expect(await verdict(npm(['express', 'zod']))).toMatchObject({
      verdict: 'inconclusive',
      sentence: expect.stringContaining('1 new package to look at one by one: zod@1.0.0'),
    })
  })
  test('an import that nothing explains fails', async () => {
    expect(await verdict({ 'src/a.ts': 'import "made-up"' })).toMatchObject({ verdict: 'fail' })
  })
})
