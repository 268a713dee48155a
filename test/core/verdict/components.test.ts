import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvidenceItem } from '../../../core/evidence/types.ts'
import type { ChangeFacts } from '../../../core/verdict/context.ts'
import { MATCHERS } from '../../../core/verdict/matchers.ts'
import { plainPurl, purlOf } from '../../../core/verdict/purls.ts'
import type { ComponentsMatcher } from '../../../schemas/generated/types.ts'
import { changeOf, checkOf, itemOf, judge, junit, outcome, SIGNED, STALE, testcase, UNBOUND } from './scenes.ts'

type LockedName = NonNullable<ChangeFacts['locked']>[number]

const ask = (rest: Partial<ComponentsMatcher> = {}): ComponentsMatcher => ({ from: { slot: 'sbom' }, min: 1, ...rest })
const part = (name: string, version = '1.0.0', type = 'npm') => ({
  type: 'library',
  'bom-ref': `${type}/${name}@${version}`,
  name,
  version,
  purl: `pkg:${type}/${name.replace('@', '%40')}@${version}`,
})
const sbom = (components: unknown, rest: object = {}) =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { tools: [{ name: 'syft' }], component: { type: 'application', name: 'shop', 'bom-ref': 'root' } },
    components,
    ...rest,
  })
const item = (text: string, rest: Partial<EvidenceItem> = {}, file = 'sbom.json') => itemOf(file, text, rest)

function judged(matcher: ComponentsMatcher, items: readonly EvidenceItem[], locked?: readonly LockedName[]) {
  return judge(checkOf({ components: matcher }), items, { change: changeOf(locked === undefined ? {} : { locked }) })
}
const outcomeOf = (...given: Parameters<typeof judged>) => outcome(judged(...given))

const TWO = [part('a'), part('b', '2.0.0')]

describe('a list of components passes', () => {
  test('that lists enough', () => {
    const verdict = judged(ask({ min: 2 }), [item(sbom(TWO))])
    expect(outcome(verdict)).toBe('pass')
    expect(verdict).toMatchObject({ sentence: '2 components listed.', selfReported: true })
    expect(judged(ask({ min: 2 }), [item(sbom(TWO), SIGNED)]).selfReported).toBe(false)
  })

  test.each([['a'], ['pkg:npm/a@*'], ['pkg:npm/*'], ['b']])('that has %s in', glob =>
    expect(outcomeOf(ask({ include: [glob] }), [item(sbom(TWO))])).toBe('pass'),
  )

  test('by names as people write them, though escapes and qualifiers stand in the file', () => {
    const scoped = { type: 'library', name: 'x', group: '@s', version: '1', purl: 'pkg:npm/%40s/x@1?arch=any#lib' }
    for (const glob of ['@s/x', 'pkg:npm/@s/x@1', 'pkg:npm/%40s/x@1?arch=any#lib'])
      expect(outcomeOf(ask({ include: [glob] }), [item(sbom([scoped]))]), glob).toBe('pass')
  })

  test('that has nothing in that may not be', () =>
    expect(outcomeOf(ask({ exclude: ['c', 'pkg:npm/evil@*'] }), [item(sbom(TWO))])).toBe('pass'))

  test('in two reports together', () => {
    const items = [item(sbom([part('a')])), item(sbom([part('b')]), { slot: 'sbom' }, 'sbom.b.json')]
    expect(outcomeOf(ask({ min: 2, include: ['a', 'b'] }), items)).toBe('pass')
  })

  test('in SPDX as in CycloneDX', () => {
    const packages = [{ SPDXID: 'SPDXRef-a', name: 'a', versionInfo: '1' }]
    expect(outcomeOf(ask(), [item(JSON.stringify({ spdxVersion: 'SPDX-2.3', packages }))])).toBe('pass')
  })
})

describe('it fails', () => {
  test.each([['a'], ['pkg:npm/a@*'], ['?'], ['pkg:npm/A@1.0.0']])('with %s in, which may not be', glob => {
    const text = sbom([{ ...part('a'), purl: 'pkg:npm/A@1.0.0' }, part('bb')])
    expect(outcomeOf(ask({ exclude: [glob] }), [item(text)])).toBe('fail')
  })

  test('says which, and where', () => {
    const verdict = judged(ask({ exclude: ['b'] }), [item(sbom(TWO))])
    expect(verdict.sentence).toBe('1 component that may not be in: b 2.0.0.')
    expect(verdict.evidence.map(({ pointer }) => pointer)).toEqual(['/components/1'])
  })

  test('also in a report that is not bound, beside one that cannot be read, in nested parts', () => {
    expect(outcomeOf(ask({ exclude: ['b'] }), [item(sbom(TWO), UNBOUND)])).toBe('fail')
    expect(outcomeOf(ask({ exclude: ['b'] }), [item(sbom(TWO)), item('{', { slot: 'sbom' }, 'sbom.x.json')])).toBe('fail')
    expect(outcomeOf(ask({ exclude: ['b'] }), [item(sbom([{ ...part('a'), components: [part('b')] }]))])).toBe('fail')
  })

  test('a list that calls itself complete lacks what must be in', () => {
    const verdict = judged(ask({ include: ['c'] }), [item(sbom(TWO, { compositions: [{ aggregate: 'complete' }] }))])
    expect([outcome(verdict), verdict.sentence]).toEqual([
      'fail',
      'None of 2 components is "c". The list says of itself that it is complete.',
    ])
  })
})

describe('it stays open', () => {
  test.each<[string, ComponentsMatcher, readonly EvidenceItem[], string]>([
    ['no evidence', ask(), [], 'missing'],
    ['evidence of another kind', ask(), [item(junit(testcase('a')))], 'missing'],
    ['a list by another tool', ask({ from: { slot: 'sbom', tool: 'trivy' } }), [item(sbom(TWO))], 'missing'],
    ['about other code', ask(), [item(sbom(TWO), STALE)], 'stale-commit'],
    ['not bound', ask(), [item(sbom(TWO), UNBOUND)], 'unbound'],
    ['unreadable', ask(), [item(sbom(TWO).slice(0, -5))], 'unreadable'],
    ['unreadable beside a good one', ask(), [item(sbom(TWO)), item('{', { slot: 'sbom' }, 'sbom.x.json')], 'unreadable'],
    ['the list left out', ask(), [item(sbom(undefined))], 'nothing-examined'],
    ['an empty list, beside what it is about', ask(), [item(sbom([]))], 'nothing-examined'],
    ['the tool failed', ask(), [item(sbom(TWO), { exitCode: 2 })], 'tool-failed'],
    ['too few', ask({ min: 3 }), [item(sbom(TWO))], 'missing'],
    ['the same one twice is one', ask({ min: 2 }), [item(sbom([part('a'), part('a')]))], 'missing'],
    ['nothing says whether it is whole', ask({ include: ['c'] }), [item(sbom(TWO))], 'missing'],
    [
      'it says it is not whole',
      ask({ exclude: ['c'] }),
      [item(sbom(TWO, { compositions: [{ aggregate: 'incomplete' }] }))],
      'cannot-tell',
    ],
    [
      'what must be in stands in the unbound report only',
      ask({ include: ['b'] }),
      [item(sbom([part('a')])), item(sbom([part('b')]), { ...UNBOUND, slot: 'sbom' }, 'sbom.x.json')],
      'unbound',
    ],
  ])('%s: %4$s', (_, matcher, items, reason) => expect(outcomeOf(matcher, items)).toBe(reason))

  test('self-reported where a signature is asked for', () => {
    const check = checkOf({ components: ask() }, { allowSelfReported: false })
    expect(outcome(judge(check, [item(sbom(TWO))]))).toBe('self-reported')
    expect(outcome(judge(check, [item(sbom(TWO), SIGNED)]))).toBe('pass')
  })

  test('a list that says it is not whole still shows what is in it', () => {
    const text = sbom(TWO, { compositions: [{ aggregate: 'incomplete' }] })
    expect(outcomeOf(ask({ include: ['a'] }), [item(text)])).toBe('pass')
  })
})

describe('the tool', () => {
  test.each([
    ['syft', {}, 'pass'],
    ['Syft', {}, 'pass'],
    ['trivy', { tool: 'trivy' }, 'pass'],
    ['sy', {}, 'missing'],
  ])('%s', (tool, rest, expected) =>
    expect(outcomeOf(ask({ from: { slot: 'sbom', tool } }), [item(sbom(TWO), rest)])).toBe(expected),
  )
})

describe('against the lockfiles', () => {
  const lock = (...names: readonly string[]): readonly LockedName[] =>
    names.map(name => {
      const at = name.lastIndexOf('@')
      return { name: name.slice(0, at), version: name.slice(at + 1), ecosystem: 'npm' }
    })
  const same = ask({ matchesLockfiles: true })

  test('the same packages, whatever else of other kinds is listed', () => {
    const others = [part('libc6', '2.36', 'deb'), { type: 'file', name: 'a.txt' }, part('stdlib', '1.24', 'golang')]
    const verdict = judged(same, [item(sbom([...TWO, ...others]))], lock('a@1.0.0', 'b@2.0.0'))
    expect([outcome(verdict), verdict.sentence]).toEqual(['pass', '5 components listed, and they are those of the lockfiles.'])
  })

  test('spelled as registries compare', () => {
    const text = sbom([
      part('@s/x'),
      part('Zope.Interface', '5', 'pypi'),
      part('github.com/A/b', 'v1.0.0%2Bincompatible', 'golang'),
    ])
    const locked: readonly LockedName[] = [
      { name: '@s/x', version: '1.0.0', ecosystem: 'npm' },
      { name: 'zope-interface', version: '5', ecosystem: 'pypi' },
      { name: 'github.com/A/b', version: 'v1.0.0+incompatible', ecosystem: 'golang' },
    ]
    expect(outcomeOf(same, [item(text)], locked)).toBe('pass')
  })

  test.each([
    ['more', TWO, lock('a@1.0.0'), '1 listed package not in the lockfiles: b 2.0.0.'],
    ['less', TWO, lock('a@1.0.0', 'b@2.0.0', 'c@3'), '1 locked package not listed: c 3.'],
    [
      'another version',
      TWO,
      lock('a@1.0.0', 'b@2.0.1'),
      '1 listed package not in the lockfiles: b 2.0.0; 1 locked package not listed: b 2.0.1.',
    ],
    [
      'an ecosystem without a lockfile',
      [...TWO, part('r', '1', 'cargo')],
      lock('a@1.0.0', 'b@2.0.0'),
      '1 listed package not in the lockfiles: r 1.',
    ],
  ])('%s is a contradiction', (_, parts, locked, sentence) => {
    const verdict = judged(same, [item(sbom(parts))], locked)
    expect([outcome(verdict), verdict.sentence]).toEqual(['contradictory', sentence])
  })

  test('lockfiles that nobody could read, or that name nothing', () => {
    expect(outcomeOf(same, [item(sbom(TWO))])).toBe('missing')
    expect(outcomeOf(same, [item(sbom(TWO))], [])).toBe('nothing-examined')
  })

  test('a list that says it is not whole is compared with nothing', () => {
    const text = sbom(TWO, { compositions: [{ aggregate: 'incomplete' }] })
    expect(outcomeOf(same, [item(text)], lock('a@1.0.0', 'b@2.0.0'))).toBe('cannot-tell')
  })
})

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })

describe('for any lists', () => {
  test('an empty one never passes, and no evidence against something goes away by listing more', () => {
    fc.assert(
      fc.property(names, names, names, names, fc.integer({ min: 1, max: 4 }), (listed, more, include, exclude, min) => {
        const matcher = ask({ min, include, exclude })
        const before = outcomeOf(matcher, [item(sbom(listed.map(name => part(name))))])
        const after = outcomeOf(matcher, [item(sbom([...new Set([...listed, ...more])].map(name => part(name))))])
        if (listed.length === 0) expect(before).not.toBe('pass')
        if (before === 'fail') expect(after).toBe('fail')
        if (before === 'pass')
          expect(
            listed.length >= min && include.every(name => listed.includes(name)) && !exclude.some(name => listed.includes(name)),
          ).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

test('package URLs', () => {
  expect(purlOf('pkg:npm/%40s/x@1.0.0?a=b#c')).toEqual({ type: 'npm', name: '@s/x', version: '1.0.0' })
  expect(purlOf('pkg:npm/@s/x')).toEqual({ type: 'npm', name: '@s/x', version: undefined })
  expect(purlOf('pkg:npm/@s/x@2')).toEqual({ type: 'npm', name: '@s/x', version: '2' })
  expect(purlOf('pkg://PyPI/Foo_Bar@1')).toEqual({ type: 'pypi', name: 'foo-bar', version: '1' })
  expect(purlOf('pkg:npm/%zz@1')?.name).toBe('%zz')
  expect([purlOf('a'), purlOf('pkg:npm'), purlOf('')]).toEqual([undefined, undefined, undefined])
  expect(plainPurl('no url')).toBe('no url')
})

test('one sentence says what is asked', () => {
  const { describe: say } = MATCHERS.components
  expect(say(ask({ min: 3, include: ['a'], exclude: ['b', 'c'], matchesLockfiles: true }))).toBe(
    'At least 3 components, among them "a", none of them "b", "c", the same as in the lockfiles, listed in evidence "sbom".',
  )
  expect(say(ask())).toBe('At least 1 component, listed in evidence "sbom".')
})
