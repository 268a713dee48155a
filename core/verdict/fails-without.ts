import type { TestsMatcher } from '../../schemas/generated/types.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { EvidenceItem, TestCase, TestFacts } from '../evidence/types.ts'
import type { Scene } from './context.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import type { Citation } from './record.ts'
import { citation, doubtOf, factsIn, isFrom, sourceOf, unreadableOf } from './source.ts'

type Run = { readonly item: EvidenceItem; readonly facts: TestFacts; readonly tests: readonly TestCase[] }
type Asked = { readonly matcher: TestsMatcher; readonly passed: ReadonlySet<string>; readonly scene: Scene }

/**
 * Whether tests that pass notice that what they test is gone: in a second run, with one file as it was before the change, at least one of
 * them failed. That nobody made such a run says nothing.
 */
export function noticedWithout(path: string, { matcher, passed, scene }: Asked): Judgement {
  const source = sourceOf(matcher.from.slot, scene, path)
  if ('none' in source) return source.none
  const items = source.items.filter(item => isFrom(item, matcher.from.tool))
  const unreadable = unreadableOf(items)
  if (unreadable) return unreadable
  const runs = items.flatMap((item): Run[] => {
    const facts = factsIn(item, 'tests')
    return facts ? [{ item, facts, tests: facts.cases.filter(({ id }) => passed.has(id)) }] : []
  })
  return damaged(runs) ?? noticed(path, runs, scene) ?? unnoticed(path, runs, passed)
}

function isBad({ status }: TestCase): boolean {
  return status === 'failed' || status === 'error'
}

function damaged(runs: readonly Run[]): Judgement | undefined {
  for (const { item, facts } of runs)
    if (facts.disagreements[0])
      return open('contradictory', `In ${shown(item.file)} ${facts.disagreements[0].text}.`, {
        evidence: facts.disagreements.map(({ pointer }) => citation(item, pointer)),
      })
  return undefined
}

/** A test that failed in one report of the run and passed in another shows nothing. */
function noticed(path: string, runs: readonly Run[], scene: Scene): Judgement | undefined {
  const good = new Set(runs.flatMap(({ tests }) => tests.filter(({ status }) => status === 'passed').map(({ id }) => id)))
  const bad = citedIn(runs, isBad)
  const [first] = bad
  if (!first) return undefined
  const clear = bad.filter(({ test }) => !good.has(test.id))
  if (clear.length === 0)
    return open('contradictory', `Without ${shown(path)}, "${shown(first.test.id)}" both failed and passed.`, {
      evidence: bad.map(({ at }) => at),
    })
  const trusted = clear.filter(({ item }) => doubtOf(item, scene) === undefined)
  if (trusted.length === 0) return clear.map(({ item }) => doubtOf(item, scene)).find(doubt => doubt !== undefined)
  return proven(`Without ${shown(path)}, ${namesOf(trusted.map(({ test }) => test))} failed.`, {
    evidence: trusted.map(({ at }) => at),
    selfReported: trusted.some(({ item }) => item.binding.reported !== 'signed'),
  })
}

/** Nothing failed: a fail only where every one of the tests is shown to have passed, in a run that ended well. */
function unnoticed(path: string, runs: readonly Run[], passed: ReadonlySet<string>): Judgement {
  const still = citedIn(runs, ({ status }) => status === 'passed')
  const evidence = still.map(({ at }) => at)
  const ids = new Set(still.map(({ test }) => test.id))
  const idle = citedIn(runs, ({ status }) => status !== 'passed')
  const name = shown(path)
  if (idle[0])
    return open(
      idle[0].test.status === 'flaky' ? 'flaky' : 'nothing-examined',
      `Without ${name}, ${namesOf(idle.map(({ test }) => test))} neither failed nor passed.`,
      {
        evidence: idle.map(({ at }) => at),
      },
    )
  if (ids.size < passed.size)
    return open('missing', `The run without ${name} lists ${ids.size} of ${counted(passed.size, 'test')} named.`, { evidence })
  const crashed = runs.find(({ item, facts }) => item.exitCode !== undefined && item.exitCode !== 0 && !facts.cases.some(isBad))
  if (crashed)
    return open(
      'tool-failed',
      `${shown(crashed.item.file)} lists no failed test, yet the runner ended with exit code ${crashed.item.exitCode}.`,
      {
        evidence: [citation(crashed.item)],
      },
    )
  return refuted(
    `${ids.size === 1 ? 'The test' : 'The tests'} ${namesOf(still.map(({ test }) => test))} still passed without ${name}, so would not notice if it were undone.`,
    {
      evidence,
    },
  )
}

type Cited = { readonly item: EvidenceItem; readonly test: TestCase; readonly at: Citation }

function citedIn(runs: readonly Run[], fits: (test: TestCase) => boolean): readonly Cited[] {
  return runs.flatMap(({ item, tests }) => tests.filter(fits).map(test => ({ item, test, at: citation(item, test.pointer) })))
}

function namesOf(tests: readonly TestCase[]): string {
  return shownList([...new Set(tests.map(({ id }) => id))].sort().map(id => `"${id}"`))
}
