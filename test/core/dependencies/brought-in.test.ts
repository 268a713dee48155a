import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BroughtIn, broughtIn, type LockedState, lockedNames } from '../../../core/dependencies/brought-in.ts'
import type { LockedPackage, Lockfile } from '../../../core/dependencies/lockfile.ts'
import { type Manifest, readManifest } from '../../../core/dependencies/manifest.ts'
import type { SourceText } from '../../../core/dependencies/phantom.ts'

const HOST = 'https://registry.example'

function locked(name: string, rest: Partial<LockedPackage> = {}): LockedPackage {
  return {
    name,
    version: '1.0.0',
    hasIntegrity: true,
    integrity: `sha512-${name}`,
    source: 'registry',
    resolved: `${HOST}/${name}/-/${name}-1.0.0.tgz`,
    dependsOn: [],
    pointer: `/packages/node_modules~1${name}`,
    ...rest,
  }
}

const lock = (...packages: readonly LockedPackage[]): Lockfile => ({
  path: 'package-lock.json',
  format: 'package-lock 3',
  ecosystem: 'npm',
  packages,
})
const manifest = (declared: readonly string[], rest: Partial<Manifest> = {}): Manifest => ({
  path: 'package.json',
  ecosystem: 'npm',
  declared,
  optional: [],
  aliases: [],
  isWhole: true,
  ...rest,
})
const state = (
  packages: readonly LockedPackage[],
  declared: readonly string[],
  rest: Partial<LockedState> = {},
): LockedState => ({
  lockfiles: [lock(...packages)],
  manifests: [manifest(declared)],
  unread: [],
  ...rest,
})

const BASE = state([locked('express', { dependsOn: ['accepts'] }), locked('accepts')], ['express'])

function compare(head: LockedState, sources: readonly SourceText[] = [], base = BASE, paths: readonly string[] = []): BroughtIn {
  return broughtIn({ base, head, sources, around: { paths, tsPaths: ['@app/*', '*'], baseFolders: ['src'] } })
}

const withNew = (one: LockedPackage, declared = ['express', one.alias ?? one.name]) =>
  compare(state([...(BASE.lockfiles[0]?.packages ?? []), one], declared))

describe('what is new', () => {
  test('nothing', () => {
    expect(compare(BASE)).toMatchObject({ fresh: [], changed: [], faulty: [], unlocked: [], phantoms: [], unread: [] })
  })

  test('a name that the base does not have, and how it got there', () => {
    const head = state(
      [
        locked('express', { dependsOn: ['accepts', 'deep'] }),
        locked('accepts'),
        locked('deep', { dependsOn: ['deeper'] }),
        locked('deeper'),
        locked('zod'),
        locked('stray'),
      ],
      ['express', 'zod'],
    )
    expect(compare(head).fresh.map(({ name, reach }) => [name, reach])).toEqual([
      ['deep', 'reachable'],
      ['deeper', 'reachable'],
      ['stray', 'unreachable'],
      ['zod', 'declared'],
    ])
  })

  test('by its alias', () => {
    expect(withNew(locked('real', { alias: 'called' })).fresh).toMatchObject([{ name: 'real', reach: 'declared' }])
  })

  test('nobody can say who asks where a format or a manifest is silent', () => {
    expect(withNew(locked('a', { dependsOn: undefined as never }), ['express']).fresh[0]?.reach).toBe('unknown')
    const { lockfiles } = state([locked('a')], [])
    expect(compare({ lockfiles, manifests: [], unread: [] }).fresh[0]?.reach).toBe('unknown')
    expect(compare({ lockfiles, manifests: [manifest([], { isWhole: false })], unread: [] }).fresh[0]?.reach).toBe('unknown')
  })

  test('another version of a known name stands apart', () => {
    const done = compare(state([locked('express', { version: '2.0.0', dependsOn: ['accepts'] }), locked('accepts')], ['express']))
    expect([done.fresh, done.changed]).toEqual([[], [{ ecosystem: 'npm', name: 'express', from: ['1.0.0'], to: ['2.0.0'] }]])
  })

  test('the same name in another ecosystem is another package', () => {
    const cargo: Lockfile = { path: 'Cargo.lock', format: 'Cargo.lock 4', ecosystem: 'cargo', packages: [locked('express')] }
    expect(compare({ ...BASE, lockfiles: [...BASE.lockfiles, cargo] }).fresh).toMatchObject([
      { ecosystem: 'cargo', name: 'express' },
    ])
  })

  test('the project itself is not new', () => {
    expect(withNew(locked('own', { source: 'workspace', hasIntegrity: false })).fresh).toEqual([])
  })

  test('what is removed is not brought in', () => expect(compare(state([], [])).fresh).toEqual([]))

  test('a set: order and repetition change nothing', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 8 })
    fc.assert(
      fc.property(names, names, (before, after) => {
        const base = state(
          before.map(name => locked(name)),
          before,
        )
        const once = compare(
          state(
            after.map(name => locked(name)),
            after,
          ),
          [],
          base,
        )
        const again = compare(
          state(
            [...after, ...after].reverse().map(name => locked(name)),
            after,
          ),
          [],
          base,
        )
        expect(once.fresh.map(({ name }) => name)).toEqual(after.filter(name => !before.includes(name)).sort())
        expect(again.fresh.map(({ name }) => name)).toEqual(once.fresh.map(({ name }) => name))
      }),
    )
  })
})

describe('declared', () => {
  test('and not locked', () => {
    expect(compare(state(BASE.lockfiles[0]?.packages ?? [], ['express', 'ghost'])).unlocked).toEqual([
      { ecosystem: 'npm', name: 'ghost', manifest: 'package.json' },
    ])
  })
  test('before the change already: not brought in', () => {
    const old = state([], ['ghost'])
    expect(compare(old, [], old).unlocked).toEqual([])
  })
  test('a folder of the project needs no lock', () => {
    const own = manifest([], { path: 'packages/own/package.json', name: 'own' })
    expect(compare({ ...BASE, manifests: [manifest(['express', 'own']), own] }).unlocked).toEqual([])
  })
  test('with no lockfile over it', () => {
    const lockfiles = [{ ...lock(), path: 'other/package-lock.json' }]
    const done = compare({ lockfiles, manifests: [manifest(['ghost'])], unread: [] })
    expect([done.unlocked, done.unpinned.map(({ name }) => name)]).toEqual([[], ['ghost']])
  })
  test('the nearest lockfile speaks for it', () => {
    const inner = { ...lock(), path: 'app/package-lock.json' }
    const head = {
      lockfiles: [lock(locked('ghost')), inner],
      manifests: [manifest(['ghost'], { path: 'app/package.json' })],
      unread: [],
    }
    expect(compare(head).unlocked).toMatchObject([{ name: 'ghost' }])
  })
})

describe('imports', () => {
  const of = (text: string, path = 'src/a.ts', paths: readonly string[] = []) => {
    const { phantoms, unplaced, unread } = compare(BASE, [{ path, text }], BASE, paths)
    return [phantoms.map(({ name }) => name), unplaced.map(({ name }) => name), unread.map(({ why }) => why)]
  }
  test.each([
    ['import "node:fs"; import "fs/promises"; import "express/lib/x"; import "accepts"'],
    ['import "./x"; import "../y"; import "/z"; import "#own"; import "@/x"; import "~/y"; import "$lib/z"'],
    ['import "@app/x"; import "virtual:y"; import "bun:test"; import x from "express?raw"'],
    ['import "local/x"'],
  ])('known: %s', text => expect(of(text, 'src/a.ts', ['src/local/x.ts'])).toEqual([[], [], []]))

  test('a name that nothing explains, also one that looks like a folder elsewhere', () => {
    expect(
      of('import "huggingface-cli-tool"; import "@scope/made-up/x"; import "local"', 'src/a.ts', ['other/local/x.ts']),
    ).toEqual([['huggingface-cli-tool', '@scope/made-up', 'local'], [], []])
  })
  test('a folder of the project that no configuration names: nobody can say', () => {
    const paths = ['components/x.ts', 'src/helpers.ts', 'test/fixtures/y.ts']
    expect(of('import "components/x"; import "helpers"; import "fixtures/y"', 'a.ts', paths)).toEqual([
      ['fixtures'],
      ['components'],
      [],
    ])
  })
  test('an address that is fetched is left to a person', () => {
    expect(of('import "https://example.org/x.js"; import "npm:left-pad"')).toEqual([
      [],
      ['https://example.org/x.js', 'npm:left-pad'],
      [],
    ])
  })
  test('types of a package stand for it', () => {
    const base = state([locked('@types/estree'), locked('@types/s__a')], [])
    const { phantoms } = compare(base, [{ path: 'a.ts', text: 'import "estree"; import "@s/a"' }], base)
    expect(phantoms).toEqual([])
  })
  test('an unread lockfile, or none at all: nobody can say', () => {
    const unread = [{ path: 'yarn.lock', why: 'broken', ecosystem: 'npm' as const }]
    const source = [{ path: 'a.ts', text: 'import "x-y"' }]
    for (const head of [
      { ...BASE, unread },
      { lockfiles: [], manifests: [], unread: [] },
    ]) {
      const { phantoms, unplaced } = compare(head, source)
      expect([phantoms, unplaced.map(({ name, line }) => [name, line])]).toEqual([[], [['x-y', 1]]])
    }
  })
  test('Python: built in, of the project, or by one of its known names; else nobody can say', () => {
    const pypi: LockedState = {
      lockfiles: [{ path: 'uv.lock', format: 'uv.lock 1', ecosystem: 'pypi', packages: [locked('pyyaml'), locked('foo-bar')] }],
      manifests: [],
      unread: [],
    }
    const text = 'import os, yaml, foo_bar, mine\nimport made_up\nfrom . import x'
    const { phantoms, unplaced } = compare(pypi, [{ path: 'src/a.py', text }], pypi, ['src/mine/b.py'])
    expect([phantoms, unplaced.map(({ name, line }) => [name, line])]).toEqual([[], [['made_up', 2]]])
  })
  test('languages that are not read are named; what go and cargo refuse themselves is not', () => {
    expect([of('', 'a.java'), of('', 'a.go'), of('', 'a.rs')].map(([, , unread]) => unread?.length)).toEqual([1, 0, 0])
  })
  test('a text that never ends', () => expect(of('a = `')[2]).toEqual(['a text or comment in it never ends']))
})

describe('where it comes from', () => {
  const faults = (one: Partial<LockedPackage>, name = 'zod') =>
    withNew(locked(name, one)).faulty.flatMap(({ faults: all }) => all)
  test.each<readonly [string, Partial<LockedPackage>, readonly string[]]>([
    ['as usual', {}, []],
    ['no digest', { hasIntegrity: false, integrity: undefined as never }, ['no-digest']],
    ['git', { source: 'git', resolved: 'git+ssh://git@example.org/z.git#abc', hasIntegrity: false }, ['git']],
    ['an address', { source: 'http', resolved: 'https://example.org/z.tgz' }, ['http']],
    ['a file', { source: 'file', resolved: 'file:../z' }, ['file']],
    ['under another name', { alias: 'called' }, ['alias']],
    ['a script', { hasInstallScript: true }, ['install-script']],
    ['another host', { resolved: 'https://evil.example/zod/-/zod-1.0.0.tgz' }, ['other-host']],
    ['a host behind a user', { resolved: 'https://registry.example@evil.example/zod/-/zod-1.0.0.tgz' }, ['other-host']],
    ['the address of another package', { resolved: `${HOST}/evil/-/evil-1.0.0.tgz` }, ['other-package']],
    ['a name that only ends alike', { resolved: `${HOST}/evilzod/-/zod-1.0.0.tgz` }, ['other-package']],
    ['bundled', { source: 'bundled', hasIntegrity: false, resolved: undefined as never }, []],
  ])('%s', (_, one, expected) => expect(faults(one)).toEqual(expected))

  test('a known package at the same version, from elsewhere or with another digest', () => {
    const poisoned = (rest: Partial<LockedPackage>) =>
      compare(state([locked('express', { dependsOn: ['accepts'], ...rest }), locked('accepts')], ['express'])).faulty.flatMap(
        one => one.faults,
      )
    expect(poisoned({ integrity: 'sha512-other' })).toEqual(['other-digest'])
    expect(poisoned({ integrity: 'sha1-other' })).toEqual([])
    expect(poisoned({ resolved: 'https://evil.example/express/-/express-1.0.0.tgz' })).toEqual(['other-host'])
    expect(poisoned({ hasInstallScript: true })).toEqual(['install-script'])
  })
})

describe('what cannot be read', () => {
  test('now and before', () => {
    const unread = [{ path: 'Gemfile.lock', why: 'not read yet' }]
    expect(compare({ ...BASE, unread }, [], { ...BASE, unread }).unread.map(({ why }) => why)).toEqual([
      'not read yet',
      'before the change: not read yet',
    ])
  })
  test('a lockfile that the change takes away', () => {
    expect(compare({ ...BASE, lockfiles: [] }).unread).toMatchObject([
      { path: 'package-lock.json', why: expect.stringMatching(/takes it away/) },
    ])
  })
})

test('every locked package once, the project left out', () => {
  const twice = [
    lock(locked('b'), locked('a'), locked('own', { source: 'workspace' })),
    { ...lock(locked('a')), path: 'x/package-lock.json' },
  ]
  expect(lockedNames(twice)).toEqual([
    { ecosystem: 'npm', name: 'a', version: '1.0.0' },
    { ecosystem: 'npm', name: 'b', version: '1.0.0' },
  ])
})

describe('manifests', () => {
  const read = (path: string, text: string) => {
    const result = readManifest(path, text)
    return result.ok
      ? [result.value.name, [...result.value.declared], [...result.value.optional], [...result.value.aliases]]
      : result.problems[0].code
  }
  test.each([
    [
      'package.json',
      '{"name":"own","dependencies":{"a":"1","w":"workspace:*"},"devDependencies":{"b":"1"},"peerDependencies":{"p":"1"},"imports":{"#x":"./x"}}',
      ['own', ['a', 'b'], ['p'], ['#x']],
    ],
    [
      'pyproject.toml',
      '[project]\nname="Own_X"\ndependencies=["Foo_Bar>=1","b[x]; python_version>\'3\'"]\n[dependency-groups]\ndev=["c"]',
      ['own-x', ['foo-bar', 'b', 'c'], [], []],
    ],
    [
      'pyproject.toml',
      '[tool.poetry]\nname="own"\n[tool.poetry.dependencies]\npython="^3"\nA="1"\n[tool.poetry.group.dev.dependencies]\nb="1"',
      ['own', ['a', 'b'], [], []],
    ],
    [
      'Cargo.toml',
      '[package]\nname="own"\n[dependencies]\na="1"\nc={package="real",version="1"}\n[workspace.dependencies]\nz="1"\n[target.x.dependencies]\nt="1"',
      ['own', ['a', 'real', 't'], [], []],
    ],
    ['go.mod', 'module m\ngo 1.22\nrequire (\n a v1\n b v1 // indirect\n)', ['m', ['a'], [], []]],
    ['package.json', '[]', 'manifest.shape'],
    ['package.json', '{', 'json.syntax'],
    ['Cargo.toml', '[', 'manifest.shape'],
  ])('%s', (path, text, expected) => expect(read(path, text)).toEqual(expected))
})
