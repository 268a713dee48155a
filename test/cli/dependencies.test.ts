import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { commit, git, repository, temporaryFolder, write } from '../host/evidence/repository.ts'
import { skeptic } from '../support/cli.ts'

const AT = '2026-11-22T16:00:00Z'
const run = (cwd: string, ...args: readonly string[]) => skeptic(['dependencies', ...args, '--at', AT], { cwd })

const npm = (...names: readonly string[]) => ({
  'package.json': JSON.stringify({ dependencies: Object.fromEntries(names.map(name => [name, '1'])) }),
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(
      names.map(name => [
        `node_modules/${name}`,
        { version: '1.0.0', resolved: `https://registry.example/${name}/-/${name}-1.0.0.tgz`, integrity: `sha512-${name}` },
      ]),
    ),
  }),
})

function changed(after: Readonly<Record<string, string>>): string {
  const folder = repository({ ...npm('lodash'), 'src/a.js': 'import "lodash"' })
  git(folder, 'checkout', '--quiet', '-b', 'topic')
  write(folder, after)
  commit(folder, 'Change')
  return folder
}

describe('skeptic dependencies', () => {
  test('nothing new', () => {
    const { code, out } = run(changed({ 'src/a.js': 'import "lodash/fp"' }))
    expect([code, out]).toEqual([
      0,
      'pass: No new package comes in: 1 lockfile, 1 manifest and the imports of 1 changed file were read.\n1 lockfile, 1 manifest, imports of 1 changed file read\n',
    ])
  })

  test('a look-alike waits for a person; allowed, it passes; denied, it fails', () => {
    const folder = changed(npm('lodash', 'lodahs'))
    const { code, out } = run(folder)
    expect(code).toBe(2)
    expect(out).toContain('PACKAGE     VERSION  HOW IT COMES  LOOKS LIKE  WHERE')
    expect(out).toContain('npm lodahs  1.0.0    declared      lodash      package-lock.json /packages/node_modules~1lodahs')
    expect(run(folder, '--allow', 'pkg:npm/lodahs').code).toBe(0)
    expect(run(folder, '--deny', 'loda*').code).toBe(1)
  })

  test('an import out of nowhere, as JSON', () => {
    const { code, json } = run(changed({ 'src/b.js': '\nimport "made-up"' }), '--json', '--base', 'main', '--head', 'topic')
    expect([code, json()]).toMatchObject([
      1,
      { verdict: 'fail', phantoms: [{ path: 'src/b.js', line: 2, name: 'made-up' }], fresh: [] },
    ])
  })

  test('what a registry said, kept with the evidence', () => {
    const folder = changed(npm('lodash', 'gone-name'))
    const entry = { ecosystem: 'npm', name: 'gone-name', exists: 'no' }
    const snapshot = JSON.stringify({ registrySnapshot: 1, collectedAt: AT, packages: [entry] })
    write(path.join(folder, 'threat-model/.skeptic/evidence'), { 'registry.json': snapshot })
    expect(run(folder, '--allow', '*')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/no package of this name: gone-name/),
    })
  })

  test('hidden signs in names are shown, not obeyed', () => {
    expect(run(changed({ 'src/b.js': 'import "\\u202Eevil"' })).out).toContain('<U+202E>evil')
  })

  test('nothing to compare with', () => {
    const folder = temporaryFolder()
    write(folder, npm('lodash'))
    expect(run(folder)).toMatchObject({ code: 3, err: expect.stringMatching(/nobody can say what is new.*--base/s) })
    expect(run(changed({}), '--base', 'nowhere')).toMatchObject({ code: 3, err: expect.stringMatching(/nowhere/) })
  })
})
