import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BroughtIn, FreshPackage } from '../../../core/dependencies/brought-in.ts'
import { describeExpression } from '../../../core/verdict/sentences.ts'
import type { NewDependenciesMatcher } from '../../../schemas/generated/types.ts'
import { AT, answered, changeOf, checkOf, itemOf, judge, ledgerOf, outcome, SLICE } from './scenes.ts'

const NOTHING: BroughtIn = {
  fresh: [],
  changed: [],
  faulty: [],
  unlocked: [],
  unpinned: [],
  phantoms: [],
  unplaced: [],
  unread: [],
  looked: { lockfiles: 1, manifests: 1, sources: 2 },
}

const fresh = (name: string, rest: Partial<FreshPackage> = {}): FreshPackage => ({
  ecosystem: 'npm',
  name,
  versions: ['1.0.0'],
  lockfile: 'package-lock.json',
  pointer: '/packages/x',
  reach: 'declared',
  ...rest,
})
const imported = { ecosystem: 'npm', path: 'src/a.ts', line: 3, name: 'made-up' } as const
const faulty = (faults: BroughtIn['faulty'][number]['faults'], name = 'zod') => [
  { ecosystem: 'npm', name, version: '1.0.0', lockfile: 'package-lock.json', pointer: '/x', faults } as const,
]

type Asked = { readonly evidence?: Parameters<typeof judge>[1]; readonly context?: Parameters<typeof judge>[2] }

function verdict(
  brought: Partial<BroughtIn> | undefined,
  matcher: NewDependenciesMatcher = {},
  { evidence, context }: Asked = {},
) {
  const change = changeOf(brought ? { digest: SLICE, broughtIn: { ...NOTHING, ...brought } } : {})
  return judge(checkOf({ newDependencies: matcher }, { severity: 'major' }), evidence, { change, ...context })
}

const of = (...asked: Parameters<typeof verdict>) => outcome(verdict(...asked))

describe('passes', () => {
  test('nothing new comes in', () => {
    expect(verdict({})).toMatchObject({
      verdict: 'pass',
      sentence: 'No new package comes in: 1 lockfile, 1 manifest and the imports of 2 changed files were read.',
    })
  })
  test.each<readonly [string, NewDependenciesMatcher]>([
    ['by name', { allow: ['zod'] }],
    ['by glob', { allow: ['z*'] }],
    ['by package URL', { allow: ['pkg:npm/zod'] }],
    ['by package URL with the version', { allow: ['pkg:npm/zod@1.0.0'] }],
    ['few enough', { max: 1 }],
  ])('what is allowed: %s', (_, matcher) => expect(of({ fresh: [fresh('zod')] }, matcher)).toBe('pass'))
  test('what is allowed may come from git and be upgraded', () => {
    expect(of({ faulty: faulty(['git', 'install-script', 'no-digest', 'alias']) }, { allow: ['zod'] })).toBe('pass')
    expect(of({ changed: [{ ecosystem: 'npm', name: 'zod', from: ['1.0.0'], to: ['2.0.0'] }] }, { allow: ['zod'] })).toBe('pass')
  })
})

describe('fails', () => {
  test.each<readonly [string, Partial<BroughtIn>, NewDependenciesMatcher, RegExp]>([
    ['denied', { fresh: [fresh('evil')] }, { deny: ['ev*'], allow: ['evil'] }, /Not allowed to come in: evil\./],
    [
      'denied at another version',
      { changed: [{ ecosystem: 'npm', name: 'evil', from: ['1'], to: ['2'] }] },
      { deny: ['pkg:npm/evil@2'] },
      /Not allowed/,
    ],
    ['imported out of nowhere', { phantoms: [imported] }, { allow: ['made-up'] }, /neither built in.*made-up \(src\/a\.ts:3\)/],
    [
      'declared, not locked',
      { unlocked: [{ ecosystem: 'npm', name: 'a', manifest: 'package.json' }] },
      {},
      /not locked: a \(package\.json\)/,
    ],
    [
      'locked, not asked for',
      { fresh: [fresh('stray', { reach: 'unreachable' })] },
      { allow: ['stray'] },
      /nothing asks for it: stray/,
    ],
  ])('%s', (_, brought, matcher, sentence) => {
    expect(verdict(brought, matcher)).toMatchObject({ verdict: 'fail', sentence: expect.stringMatching(sentence) })
  })
})

describe('cannot tell', () => {
  test.each<readonly [string, Partial<BroughtIn> | undefined, NewDependenciesMatcher, string]>([
    ['no base', undefined, {}, 'missing'],
    ['nobody looked', { looked: { lockfiles: 0, manifests: 0, sources: 0 } }, {}, 'nothing-examined'],
    ['an unread lockfile', { unread: [{ path: 'Gemfile.lock', why: 'not read yet' }] }, {}, 'unreadable'],
    ['nothing pins it', { unpinned: [{ ecosystem: 'npm', name: 'a', manifest: 'package.json' }] }, {}, 'missing'],
    ['an import that may have another name', { unplaced: [imported] }, {}, 'cannot-tell'],
    ['a new package', { fresh: [fresh('zod')] }, {}, 'cannot-tell'],
    ['more than are left unlooked', { fresh: [fresh('zod'), fresh('yup')] }, { max: 1 }, 'cannot-tell'],
    ['another version than is allowed', { fresh: [fresh('zod')] }, { allow: ['pkg:npm/zod@2.0.0'] }, 'cannot-tell'],
    ['another ecosystem than is allowed', { fresh: [fresh('zod')] }, { allow: ['pkg:pypi/zod'] }, 'cannot-tell'],
    ['an upgrade', { changed: [{ ecosystem: 'npm', name: 'zod', from: ['1'], to: ['2'] }] }, {}, 'cannot-tell'],
    ['a look-alike', { fresh: [fresh('zodd', { looksLike: { name: 'zod', how: 'letters' } })] }, { max: 9 }, 'cannot-tell'],
    ['a look-alike of what is allowed', { fresh: [fresh('lodahs')] }, { max: 9, allow: ['pkg:npm/lodash'] }, 'cannot-tell'],
    ['from git', { faulty: faulty(['git']) }, {}, 'cannot-tell'],
    ['allowed by name, fetched from elsewhere', { faulty: faulty(['other-host']) }, { allow: ['zod'] }, 'cannot-tell'],
    ['allowed by name, fetched under another', { faulty: faulty(['other-package']) }, { allow: ['zod'] }, 'cannot-tell'],
  ])('%s: %s', (_, brought, matcher, expected) => expect(of(brought, matcher)).toBe(expected))

  test('each is named', () => {
    const { sentence } = verdict({ faulty: faulty(['git', 'no-digest']), fresh: [fresh('zod')] })
    expect(sentence).toBe(
      '1 new package to look at one by one: zod@1.0.0. To look at: zod@1.0.0 comes from git and has no digest.',
    )
  })
})

describe('what is in doubt, one person may settle', () => {
  const DOUBT = { fresh: [fresh('zod')] }
  const yes = { change: SLICE, observation: 'I know it.' }
  const ledger = (by: string, payload: object = yes) => ({ context: { ledger: ledgerOf(answered(by, payload)) } })

  test('who is asked and answers yes', () => {
    expect(of(DOUBT, { orSignoff: true }, ledger('reviewer'))).toBe('pass')
    expect(of(undefined, { orSignoff: true }, ledger('reviewer', { observation: 'I looked.' }))).toBe('pass')
  })
  test('only where the check says so, only about this code, and never what is refuted', () => {
    expect(of(DOUBT, {}, ledger('reviewer'))).toBe('cannot-tell')
    expect(of(DOUBT, { orSignoff: true })).toBe('cannot-tell')
    expect(of(DOUBT, { orSignoff: true }, ledger('reviewer', { ...yes, change: `sha256:${'0'.repeat(64)}` }))).toBe(
      'stale-commit',
    )
    expect(of({ ...DOUBT, phantoms: [imported] }, { orSignoff: true }, ledger('reviewer'))).toBe('fail')
  })
  test('a no stops it', () => {
    expect(of(DOUBT, { orSignoff: true }, ledger('reviewer', { ...yes, answer: 'fail' }))).toBe('fail')
    expect(of({}, { orSignoff: true }, ledger('reviewer', { ...yes, answer: 'fail' }))).toBe('fail')
  })
})

describe('what registries said', () => {
  const snapshot = (entry: object, collectedAt = AT, name = 'registry.json') =>
    itemOf(
      name,
      JSON.stringify({
        registrySnapshot: 1,
        collectedAt,
        packages: [{ ecosystem: 'npm', name: 'zod', exists: 'yes', ...entry }],
      }),
      {
        binding: { state: 'unbound', reported: 'nobody', sentence: 'It names no commit.' },
      },
    )
  const with_ = (entry: object, matcher: NewDependenciesMatcher = { max: 1 }) =>
    of({ fresh: [fresh('zod')] }, matcher, { evidence: [snapshot(entry)] })

  test.each<readonly [string, object, string]>([
    ['old and there', { created: '2020-01-01T00:00:00Z', versions: 40 }, 'pass'],
    ['absent', { exists: 'no' }, 'fail'],
    ['malicious', { malicious: ['MAL-2025-1'] }, 'fail'],
    ['held after an attack', { placeholder: true }, 'fail'],
    ['not to be asked', { exists: 'unknown' }, 'cannot-tell'],
    ['29 days old', { created: '2026-10-24T17:00:00Z' }, 'cannot-tell'],
    ['30 days old', { created: '2026-10-23T16:00:00Z' }, 'pass'],
    ['from the future', { created: '2027-01-01T00:00:00Z' }, 'cannot-tell'],
    ['deprecated', { deprecated: 'Use zed.' }, 'cannot-tell'],
    ['no longer built in the open', { provenance: 'lost' }, 'cannot-tell'],
    ['another package', { name: 'other', exists: 'no' }, 'pass'],
    ['another ecosystem', { ecosystem: 'pypi', exists: 'no' }, 'pass'],
  ])('%s', (_, entry, expected) => expect(with_(entry)).toBe(expected))

  test('young and allowed is allowed; absent and allowed is absent; existing is no permission', () => {
    expect(with_({ created: AT }, { allow: ['zod'] })).toBe('pass')
    expect(with_({ exists: 'no' }, { allow: ['zod'] })).toBe('fail')
    expect(with_({ created: '2020-01-01T00:00:00Z' }, {})).toBe('cannot-tell')
  })
  test('the newest word counts', () => {
    const evidence = [snapshot({ exists: 'no' }, '2026-11-01T00:00:00Z', 'registry.a.json'), snapshot({}, AT, 'registry.b.json')]
    expect(of({ fresh: [fresh('zod')] }, { max: 1 }, { evidence })).toBe('pass')
  })
  test('one that cannot be read, or is not the one that was collected, may have said no', () => {
    const broken = itemOf('registry.json', '{"registrySnapshot":2}')
    expect(of({ fresh: [fresh('zod')] }, { max: 1 }, { evidence: [broken] })).toBe('unreadable')
    const other = { ...snapshot({}), binding: { state: 'broken', reported: 'self', sentence: 'It was changed.' } as const }
    expect(of({ fresh: [fresh('zod')] }, { max: 1 }, { evidence: [other] })).toBe('contradictory')
  })
  test('records of malicious packages in any report', () => {
    const found = {
      pointer: '/results/0',
      id: 'GHSA-x',
      aliases: ['MAL-2026-7'],
      severity: 'critical',
      package: 'zod',
      setAside: false,
    } as const
    const report = itemOf('osv.json', '{}', {
      reading: {
        ok: true,
        value: {
          format: 'osv-scanner',
          made: { commits: [] },
          facts: { vulnerabilities: { packages: 1, succeeded: true, found: [found], oddities: [] } },
        },
      },
    })
    expect(of({ fresh: [fresh('zod')] }, { allow: ['zod'] }, { evidence: [report] })).toBe('fail')
    expect(of({ fresh: [fresh('yup')] }, { allow: ['yup'] }, { evidence: [report] })).toBe('pass')
  })
})

test('more that comes in never makes it better', () => {
  const order = ['fail', 'inconclusive', 'pass']
  const extras: readonly Partial<BroughtIn>[] = [
    { phantoms: [imported] },
    { fresh: [fresh('zod')] },
    { unread: [{ path: 'x', why: 'y' }] },
    { faulty: faulty(['git']) },
    { unlocked: [{ ecosystem: 'npm', name: 'a', manifest: 'package.json' }] },
    { changed: [{ ecosystem: 'npm', name: 'b', from: ['1'], to: ['2'] }] },
  ]
  const subset = fc.subarray(extras.map((_, index) => index))
  const worth = (chosen: readonly number[]) =>
    order.indexOf(verdict(Object.assign({}, ...chosen.map(index => extras[index])), { max: 0 }).verdict)
  fc.assert(
    fc.property(subset, fc.nat(extras.length - 1), (some, more) => {
      expect(worth([...some, more])).toBeLessThanOrEqual(worth(some))
      if (some.length > 0) expect(worth(some)).toBeLessThan(order.indexOf('pass'))
    }),
  )
})

test('said in one sentence', () => {
  const said = (newDependencies: NewDependenciesMatcher) => describeExpression({ newDependencies })
  expect(said({})).toBe(
    'No new package comes in, every import and declaration is locked, and nothing comes from an unusual place.',
  )
  expect(said({ allow: ['zod'], deny: ['evil*'], max: 2, orSignoff: true })).toBe(
    'At most 2 new packages come in, not counting zod, and never evil*, every import and declaration is locked, and nothing comes from an unusual place; what is in doubt, one person other than the author has looked at.',
  )
})
