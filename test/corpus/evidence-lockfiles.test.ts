import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lookAlikeFigures } from '../../bench/look-alikes.ts'
import { broughtIn, lockedNames } from '../../core/dependencies/brought-in.ts'
import { goSums } from '../../core/dependencies/go-mod.ts'
import type { Lockfile } from '../../core/dependencies/lockfile.ts'
import { readLockfile } from '../../core/dependencies/read-lockfile.ts'
import { counts } from './lockfile-counts.ts'

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/evidence/lockfiles')
const FILES = existsSync(corpus)
  ? readdirSync(corpus).flatMap(folder => readdirSync(path.join(corpus, folder)).map(file => [folder, file] as const))
  : []
const textOf = (folder: string, file: string) => readFileSync(path.join(corpus, folder, file), 'utf8')

/** The name it had in its repository; one generated here is told by its folder. */
const nameOf = (folder: string, file: string) => (folder === 'yarn-lock' ? 'yarn.lock' : (file.split('__').at(-1) ?? file))
const kindOf = (folder: string, file: string) => (file.endsWith('bun.lock') ? 'bun-lock' : folder)

/** What a lockfile itself says the project declares, where it does. */
function declaredIn({ format, packages }: Lockfile, text: string): readonly string[] {
  if (!/^package-lock [23]/.test(format))
    return packages.flatMap(one => (one.source === 'workspace' ? (one.dependsOn ?? []) : []))
  const { packages: all } = JSON.parse(text) as { packages: Record<string, Record<string, object>> }
  const { dependencies, devDependencies, optionalDependencies } = all[''] ?? {}
  return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
}

describe.skipIf(!existsSync(corpus))('real lockfiles', () => {
  const readings = FILES.map(([folder, file]) => ({
    folder,
    file,
    text: textOf(folder, file),
    read: readLockfile(nameOf(folder, file), textOf(folder, file)),
  }))

  test('every one is read, or refused with its reason', () => {
    expect(FILES).toHaveLength(24)
    expect(readings.flatMap(({ file, read }) => (read.ok ? [] : [[file, read.problems[0].message]]))).toEqual([
      ['conftest__go.sum', expect.stringMatching(/go\.mod does/)],
      ['gittuf__go.sum', expect.stringMatching(/go\.mod does/)],
      ['threagile__go.sum', expect.stringMatching(/go\.mod does/)],
      ['spec-kit__security-audit-requirements.txt', expect.stringMatching(/need not name every package/)],
      ['threat-dragon__Gemfile.lock', expect.stringMatching(/not read yet/)],
    ])
  })

  test('as many packages as a second, separately written count finds', () => {
    const compared = readings.flatMap(({ folder, file, text, read }) => {
      const count = counts[kindOf(folder, file)]
      return read.ok && count ? [[file, lockedNames([read.value]).length, count(text)] as const] : []
    })
    expect(compared).toHaveLength(19)
    for (const [file, ours, theirs] of compared) expect([file, ours]).toEqual([file, theirs])
    expect(compared.reduce((sum, [, ours]) => sum + ours, 0)).toBeGreaterThan(6000)
  })

  test('as many modules with code in a go.sum', () => {
    for (const { folder, file, text } of readings.filter(one => one.folder === 'go-sum'))
      expect([file, goSums(text).size]).toEqual([file, counts[folder]?.(text)])
  })

  test('formats and what is odd in them', () => {
    const of = (file: string) => {
      const found = readings.find(one => one.file === file)?.read
      if (!found?.ok) throw new Error(`${file} is not read`)
      return found.value
    }
    expect(readings.flatMap(({ read }) => (read.ok ? [read.value.format] : [])).sort()).toEqual([
      'Cargo.lock 3',
      'Cargo.lock 4',
      'Cargo.lock 4',
      'bun.lock 1',
      'package-lock 1',
      'package-lock 2',
      'package-lock 3',
      'package-lock 3',
      'pnpm-lock 9.0',
      'pnpm-lock 9.0',
      'pnpm-lock 9.0',
      'poetry.lock 1.0',
      'poetry.lock 2.1',
      'poetry.lock 2.1',
      'uv.lock 1',
      'yarn.lock 1',
      'yarn.lock 1',
      'yarn.lock 1',
      'yarn.lock berry 10',
    ])
    const sources = of('django-defectdojo__yarn.lock').packages.map(({ source }) => source)
    expect(['git', 'http'].map(source => sources.filter(one => one === source).length)).toEqual([4, 1])
    expect(of('saf__package-lock.json').packages.filter(({ source }) => source === 'bundled')).toHaveLength(6)
    expect(of('osv-scanner__package-lock.json').packages).toMatchObject([
      { name: 'ansi-html', version: '0.0.8', hasIntegrity: false },
    ])
    expect(of('attestation__Cargo.lock').packages.filter(({ hasIntegrity }) => !hasIntegrity)).toMatchObject([
      { source: 'workspace' },
    ])
  })

  test('everything in them is asked for by something, and each address is that of its package', () => {
    const seen = readings.flatMap(({ file, text, read }) => {
      if (!read.ok) return []
      const declared = declaredIn(read.value, text)
      if (declared.length === 0) return []
      const { ecosystem } = read.value
      const manifest = { path: 'manifest', ecosystem, declared, optional: [], aliases: [], isWhole: true }
      const none = { lockfiles: [], manifests: [], unread: [] }
      const head = { ...none, lockfiles: [read.value], manifests: [manifest] }
      const { fresh, faulty } = broughtIn({ base: none, head, sources: [], around: { paths: [], tsPaths: [], baseFolders: [] } })
      expect([file, fresh.filter(({ reach }) => reach !== 'declared' && reach !== 'reachable')]).toEqual([file, []])
      expect([file, faulty.filter(({ faults }) => faults.includes('other-package'))]).toEqual([file, []])
      return [file]
    })
    expect(seen).toHaveLength(8)
  })

  test('one that is cut off anywhere is refused, or holds no more than the whole', () => {
    for (const { folder, file, text, read } of readings.filter(one => one.read.ok && one.text.length < 120_000)) {
      const whole = read.ok ? read.value.packages.length : 0
      fc.assert(
        fc.property(fc.nat(text.length), length => {
          const cut = readLockfile(nameOf(folder, file), text.slice(0, length))
          expect(cut.ok ? cut.value.packages.length : 0, `${file} at ${length}`).toBeLessThanOrEqual(whole)
        }),
        { numRuns: 10 },
      )
    }
  })

  test('leaving one project out, one honest name in a hundred looks like another', () => {
    const { lockfiles, names, unseen, flagged } = lookAlikeFigures(corpus)
    expect({ lockfiles, names, unseen, flagged }).toEqual({
      lockfiles: 22,
      names: 3658,
      unseen: 2398,
      flagged: { punctuation: 5, scope: 0, words: 1, letters: 15, foreign: 0 },
    })
  })
})
