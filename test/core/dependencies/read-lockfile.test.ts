import { describe, expect, test } from 'vitest'
import type { LockedPackage, Lockfile } from '../../../core/dependencies/lockfile.ts'
import { lockfileNamed, readLockfile } from '../../../core/dependencies/read-lockfile.ts'

function read(path: string, text: string, goSum?: string): Lockfile {
  const result = readLockfile(path, text, goSum)
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

const refusal = (path: string, text: string) => {
  const result = readLockfile(path, text)
  return result.ok ? 'read' : result.problems[0].message
}

const named = ({ packages }: Lockfile, name: string): LockedPackage => {
  const found = packages.find(one => one.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

const npm = (version: number, rest: object) => JSON.stringify({ lockfileVersion: version, ...rest })
const URL = 'https://registry.example/left-pad/-/left-pad-1.3.0.tgz'

describe('package-lock', () => {
  test('3: links, workspaces, aliases, bundled ones, scripts, nested copies', () => {
    const lock = read(
      'package-lock.json',
      npm(3, {
        packages: {
          '': { dependencies: { 'left-pad': '1' } },
          'node_modules/left-pad': { version: '1.3.0', resolved: URL, integrity: 'sha512-x', dependencies: { a: '1' } },
          'node_modules/a': { version: '1.0.0', resolved: 'git+ssh://git@example.org/a.git#abc', hasInstallScript: true },
          'node_modules/left-pad/node_modules/@s/a': { version: '2.0.0', inBundle: true },
          'node_modules/other': { name: 'real', version: '3.0.0', resolved: 'https://example.org/real.tgz' },
          'node_modules/own': { resolved: 'packages/own', link: true },
          'node_modules/far': { resolved: '../far', link: true },
          'packages/own': { version: '0.1.0', dependencies: { 'left-pad': '1' } },
        },
      }),
    )
    expect([lock.format, lock.ecosystem]).toEqual(['package-lock 3', 'npm'])
    expect(lock.packages.map(({ name, version, source }) => `${name}@${version} ${source}`)).toEqual([
      'left-pad@1.3.0 registry',
      'a@1.0.0 git',
      '@s/a@2.0.0 bundled',
      'real@3.0.0 http',
      'own@0.1.0 workspace',
      'far@ file',
    ])
    expect(named(lock, 'left-pad')).toMatchObject({
      hasIntegrity: true,
      integrity: 'sha512-x',
      dependsOn: ['a'],
      pointer: '/packages/node_modules~1left-pad',
    })
    expect(named(lock, 'a')).toMatchObject({ hasInstallScript: true, hasIntegrity: false })
    expect(named(lock, 'real').alias).toBe('other')
  })

  test('1: packages in packages, and what stands in place of a version', () => {
    const lock = read(
      'npm-shrinkwrap.json',
      npm(1, {
        dependencies: {
          a: {
            version: '1.0.0',
            resolved: URL,
            integrity: 'sha1-x',
            requires: { b: '^2' },
            dependencies: { b: { version: '2.0.0' } },
          },
          c: { version: 'npm:d@4.0.0' },
          e: { version: 'github:x/e#abc' },
          f: { version: 'file:../f' },
          g: { version: '5.0.0', bundled: true },
        },
      }),
    )
    expect(lock.packages.map(({ name, version, source, alias }) => [name, version, source, alias])).toEqual([
      ['a', '1.0.0', 'registry', undefined],
      ['d', '4.0.0', 'registry', 'c'],
      ['e', 'github:x/e#abc', 'git', undefined],
      ['f', 'file:../f', 'file', undefined],
      ['g', '5.0.0', 'bundled', undefined],
      ['b', '2.0.0', 'registry', undefined],
    ])
  })

  test('2: what stands only in the half that older npm reads comes in as well', () => {
    const lock = read(
      'package-lock.json',
      npm(2, {
        packages: { 'node_modules/a': { version: '1.0.0' } },
        dependencies: { a: { version: '1.0.0' }, sneaked: { version: '6.6.6' } },
      }),
    )
    expect(lock.packages.map(({ name }) => name)).toEqual(['a', 'sneaked'])
  })

  test('a second entry from another place is not taken for the first', () => {
    const lock = read(
      'package-lock.json',
      npm(3, {
        packages: {
          'node_modules/left-pad': { version: '1.3.0', resolved: URL },
          'node_modules/a/node_modules/left-pad': { version: '1.3.0', resolved: URL },
          'node_modules/b/node_modules/left-pad': {
            version: '1.3.0',
            resolved: 'https://evil.example/left-pad/-/left-pad-1.3.0.tgz',
          },
        },
      }),
    )
    expect(lock.packages).toHaveLength(2)
  })
})

describe('pnpm-lock', () => {
  test('9: what is fetched and what asks for it stand apart', () => {
    const lock = read(
      'pnpm-lock.yaml',
      `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '@s/a': {specifier: ^1.0.0, version: 1.0.0(b@2.0.0)}
      called: {specifier: 'npm:real@1', version: real@1.5.0}
      own: {specifier: 'workspace:*', version: 'link:packages/own'}
packages:
  '@s/a@1.0.0':
    resolution: {integrity: sha512-a}
  b@2.0.0:
    resolution: {integrity: sha512-b}
  real@1.5.0:
    resolution: {integrity: sha512-r}
  c@https://codeload.example.org/c/tar.gz/abc:
    resolution: {tarball: https://codeload.example.org/c/tar.gz/abc}
    version: 3.0.0
  d@https://example.org/d.git#abc:
    resolution: {commit: abc, repo: https://example.org/d.git, type: git}
    version: 4.0.0
snapshots:
  '@s/a@1.0.0(b@2.0.0)':
    dependencies:
      b: 2.0.0
  b@2.0.0: {}
  real@1.5.0: {}
`,
    )
    expect(lock.packages.map(({ name, version, source }) => `${name}@${version} ${source}`)).toEqual([
      '@s/a@1.0.0 registry',
      'b@2.0.0 registry',
      'real@1.5.0 registry',
      'c@3.0.0 git',
      'd@4.0.0 git',
      'own@link:packages/own workspace',
    ])
    expect(named(lock, '@s/a').dependsOn).toEqual(['b'])
    expect(named(lock, 'real').alias).toBe('called')
  })

  test('6: keys begin with a slash; one project needs no importers', () => {
    const lock = read(
      'pnpm-lock.yaml',
      `lockfileVersion: '6.0'
dependencies:
  a: {specifier: ^1.0.0, version: 1.0.0}
  called: {specifier: 'npm:@s/real@1', version: /@s/real@1.5.0}
packages:
  /a@1.0.0(p@1.0.0):
    resolution: {integrity: sha512-a}
    requiresBuild: true
    dependencies: {'@s/real': 1.5.0}
  /@s/real@1.5.0:
    resolution: {integrity: sha512-r}
`,
    )
    expect(lock.packages).toMatchObject([
      { name: 'a', version: '1.0.0', hasInstallScript: true, dependsOn: ['@s/real'] },
      { name: '@s/real', version: '1.5.0', alias: 'called' },
    ])
  })

  test('5: version after a slash, peers after an underscore', () => {
    const lock = read(
      'pnpm-lock.yaml',
      `lockfileVersion: 5.4
dependencies:
  a: 1.0.0
packages:
  /a/1.0.0_b@2.0.0: {resolution: {integrity: sha512-a}}
  /@s/b/2.0.0: {resolution: {integrity: sha512-b}}
  github.com/x/c/abc: {resolution: {tarball: https://codeload.example.org/x/c}, name: c, version: 3.0.0}
`,
    )
    expect(lock.packages.map(({ name, version, source }) => `${name}@${version} ${source}`)).toEqual([
      'a@1.0.0 registry',
      '@s/b@2.0.0 registry',
      'c@3.0.0 git',
    ])
  })
})

describe('yarn.lock', () => {
  test('1: aliases, digests in the address, other places', () => {
    const lock = read(
      'yarn.lock',
      `# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.
# yarn lockfile v1


"@s/a@^1", "@s/a@^1.2":
  version "1.2.0"
  resolved "https://registry.example/@s/a/-/a-1.2.0.tgz#0123456789012345678901234567890123456789"
  dependencies:
    b "^2"

"called@npm:real@^1":
  version "1.0.0"
  resolved "https://registry.example/real/-/real-1.0.0.tgz"
  integrity sha512-x

c@x/c:
  version "3.0.0"
  resolved "https://codeload.example.org/x/c/tar.gz/abc"
`,
    )
    expect(lock.format).toBe('yarn.lock 1')
    expect(lock.packages.map(({ name, version, source, alias }) => [name, version, source, alias])).toEqual([
      ['@s/a', '1.2.0', 'registry', undefined],
      ['real', '1.0.0', 'registry', 'called'],
      ['c', '3.0.0', 'git', undefined],
    ])
    expect(named(lock, '@s/a')).toMatchObject({ hasIntegrity: true, dependsOn: ['b'] })
  })

  test('Berry: the resolution says what it is', () => {
    const lock = read(
      'yarn.lock',
      `__metadata:
  version: 8

"called@npm:real@^1":
  version: 1.0.0
  resolution: "real@npm:1.0.0"
  checksum: 10c0/abc
  languageName: node
  linkType: hard

"own@workspace:.":
  version: 0.0.0-use.local
  resolution: "own@workspace:."
  dependencies:
    called: "npm:real@^1"

"g@https://example.org/g.git":
  version: 1.1.0
  resolution: "g@https://example.org/g.git#commit=abc"

"t@patch:t@npm%3A5#x.patch":
  version: 5.0.0
  resolution: "t@patch:t@npm%3A5.0.0#x.patch"
  checksum: 10c0/def
`,
    )
    expect(lock.format).toBe('yarn.lock berry 8')
    expect(lock.packages.map(({ name, version, source, alias }) => [name, version, source, alias])).toEqual([
      ['real', '1.0.0', 'registry', 'called'],
      ['own', '0.0.0-use.local', 'workspace', undefined],
      ['g', '1.1.0', 'git', undefined],
      ['t', '5.0.0', 'registry', undefined],
    ])
  })
})

test('bun.lock: comments and commas at the end, nested copies, other places', () => {
  const lock = read(
    'bun.lock',
    `{
  // a comment with "quotes"
  "lockfileVersion": 1,
  "packages": {
    "@s/a": ["@s/a@1.0.0", "", { "dependencies": { "b": "^2", }, }, "sha512-a"],
    "x/b": ["b@2.0.0", "https://registry.example/b/-/b-2.0.0.tgz", {}, "sha512-b"],
    "own": ["own@workspace:packages/own"],
    "g": ["g@github:x/g#abc", {}, "x-g-abc"],
    "called": ["real@1.0.0", "", {}, "sha512-,]}"],
  },
}`,
  )
  expect(lock.packages.map(({ name, source, alias, hasIntegrity }) => [name, source, alias, hasIntegrity])).toEqual([
    ['@s/a', 'registry', undefined, true],
    ['b', 'registry', undefined, true],
    ['own', 'workspace', undefined, false],
    ['g', 'git', undefined, false],
    ['real', 'registry', 'called', true],
  ])
})

test('Cargo.lock: what has no source is the project; before version 2 the digests stood at the end', () => {
  const lock = read(
    'Cargo.lock',
    `[[package]]
name = "own"
version = "0.1.0"
dependencies = ["a 1.0.0 (registry+https://index.example)", "b"]

[[package]]
name = "a"
version = "1.0.0"
source = "registry+https://index.example"

[[package]]
name = "b"
version = "2.0.0"
source = "git+https://example.org/b#abc"

[metadata]
"checksum a 1.0.0 (registry+https://index.example)" = "aa"
`,
  )
  expect(lock.packages).toMatchObject([
    { name: 'own', source: 'workspace', dependsOn: ['a', 'b'] },
    { name: 'a', source: 'registry', hasIntegrity: true },
    { name: 'b', source: 'git', hasIntegrity: false },
  ])
})

test('poetry.lock: old and new digests, one spelling of names', () => {
  const lock = read(
    'poetry.lock',
    `[[package]]
name = "Foo_Bar"
version = "1.0"
files = [{file = "a.whl", hash = "sha256:aa"}]
[package.dependencies]
Other_One = "*"

[[package]]
name = "old"
version = "2.0"

[[package]]
name = "vcs"
version = "3.0"
files = []
[package.source]
type = "git"
url = "https://example.org/vcs.git"

[metadata]
lock-version = "1.1"
[metadata.files]
old = [{file = "o.whl", hash = "sha256:bb"}]
`,
  )
  expect(lock.packages.map(({ name, source, hasIntegrity, dependsOn }) => [name, source, hasIntegrity, dependsOn])).toEqual([
    ['foo-bar', 'registry', true, ['other-one']],
    ['old', 'registry', true, []],
    ['vcs', 'git', false, []],
  ])
})

test('uv.lock: the project is no package of others', () => {
  const lock = read(
    'uv.lock',
    `version = 1
[[package]]
name = "own"
version = "0.1"
source = { virtual = "." }
dependencies = [{ name = "a" }]
[package.dev-dependencies]
dev = [{ name = "b" }]

[[package]]
name = "a"
version = "1.0"
source = { registry = "https://index.example/simple" }
wheels = [{ url = "https://files.example/a.whl", hash = "sha256:aa" }]

[[package]]
name = "b"
version = "2.0"
source = { git = "https://example.org/b?rev=abc" }
`,
  )
  expect(lock.packages).toMatchObject([
    { name: 'own', source: 'workspace', dependsOn: ['a', 'b'] },
    { name: 'a', source: 'registry', hasIntegrity: true },
    { name: 'b', source: 'git', hasIntegrity: false },
  ])
})

test('go.mod says what is used; go.sum only holds the digests', () => {
  const lock = read(
    'go.mod',
    `module example.org/own

go 1.22

require (
	example.org/a v1.0.0
	example.org/b v2.0.0 // indirect
)
require "example.org/c" v3.0.0
replace example.org/b v2.0.0 => example.org/fork v2.1.0
replace example.org/c => ../c
`,
    `example.org/a v1.0.0 h1:aa=
example.org/a v1.0.0/go.mod h1:bb=
example.org/known v9.0.0/go.mod h1:cc=
`,
  )
  expect(
    lock.packages.map(({ name, version, source, alias, hasIntegrity }) => [name, version, source, alias, hasIntegrity]),
  ).toEqual([
    ['example.org/a', 'v1.0.0', 'registry', undefined, true],
    ['example.org/fork', 'v2.1.0', 'registry', 'example.org/b', false],
    ['example.org/c', 'v3.0.0', 'file', undefined, false],
  ])
})

describe('refused, with the reason', () => {
  test.each([
    ['go.sum', '', /known, not those that are used/],
    ['Gemfile.lock', 'GEM', /not read yet/],
    ['requirements.txt', 'a==1', /need not name every package/],
    ['dev-requirements-test.txt', 'a==1', /need not name every package/],
    ['pom.xml', '<project/>', /need not name every package/],
    ['bun.lockb', '', /binary/],
    ['go.mod', 'module x\ngo 1.16\nrequire example.org/a v1.0.0\n', /lists only what is asked for directly/],
    ['package-lock.json', '', /empty/],
    ['package-lock.json', '{}', /lockfileVersion/],
    ['package-lock.json', '{"lockfileVersion":3}', /no packages/],
    ['package-lock.json', '{"lockfileVersion":3,"packages":{"node_modules/a":{', /Not valid JSON/],
    ['pnpm-lock.yaml', 'lockfileVersion: 4', /none of 5, 6 and 9/],
    ['yarn.lock', 'a: b', /nothing in it says that yarn wrote it/],
    ['bun.lock', '{"packages":{}}', /lockfileVersion/],
    ['Cargo.lock', 'version = 4', /lists no package/],
    ['Cargo.lock', '[[package', /cannot be read/],
    ['poetry.lock', '[[package]]\nname = "a"', /version of the format/],
  ])('%s', (path, text, reason) => expect(refusal(path, text)).toMatch(reason))

  test('by name', () => {
    expect(
      ['a/package-lock.json', 'a/Gemfile.lock', 'x/requirements-dev.txt', 'package.json', 'go.sum'].map(lockfileNamed),
    ).toEqual(['read', 'refused', 'refused', undefined, undefined])
  })
})

describe('hostile', () => {
  const deep = 100_000
  test.each([
    ['deep JSON', 'package-lock.json', `{"lockfileVersion":3,"packages":${'['.repeat(deep)}`],
    ['deep YAML in flow', 'pnpm-lock.yaml', `lockfileVersion: '9.0'\npackages: ${'['.repeat(deep)}`],
    ['deep YAML in blocks', 'pnpm-lock.yaml', `lockfileVersion: '9.0'\npackages:\n${'- '.repeat(deep)}a`],
    ['deep TOML', 'Cargo.lock', `package = ${'['.repeat(deep)}`],
    ['deep yarn', 'yarn.lock', `__metadata:\n  version: 8\n${' '.repeat(50)}a: b\n`],
    ['yarn in flow', 'yarn.lock', `__metadata:\n  version: 8\na: ${'{a: '.repeat(deep)}`],
    [
      'aliases that multiply, YAML',
      'pnpm-lock.yaml',
      `lockfileVersion: '9.0'\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\npackages: {x: *c}`,
    ],
    ['aliases in yarn', 'yarn.lock', '__metadata: &a\n  version: 8\nb: *a\n'],
    [
      'a key that reaches into every object, JSON',
      'package-lock.json',
      '{"lockfileVersion":3,"packages":{"__proto__":{"version":"1"}}}',
    ],
    ['the same in yarn', 'yarn.lock', '# yarn lockfile v1\n\n__proto__:\n  version "1"\n'],
  ])('%s is refused', (_, path, text) => {
    const result = readLockfile(path, text)
    expect(result.ok ? result.value : result.problems[0].at).toMatch(path)
  })

  test.each([
    ['pnpm-lock.yaml', `lockfileVersion: '9.0'\npackages:\n  __proto__:\n    polluted: yes\n`],
    ['Cargo.lock', '[[package]]\nname = "a"\nversion = "1"\n["__proto__"]\npolluted = true\n'],
    ['poetry.lock', '[metadata]\nlock-version = "2.0"\n["__proto__"]\npolluted = true\n'],
  ])('%s: nothing leaks into other objects', (path, text) => {
    readLockfile(path, text)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('too large, unread', () => expect(refusal('yarn.lock', ' '.repeat(16 * 1024 * 1024 + 1))).toMatch(/at most 16 MB/))
})
