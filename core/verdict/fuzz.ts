import type { FuzzMatcher } from '../../schemas/generated/types.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { EvidenceItem, FuzzFacts } from '../evidence/types.ts'
import type { Scene } from './context.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import { citation, doubtOf, factsIn, isFrom, sourceOf, unreadableOf } from './source.ts'
import { quoted, sourceWords } from './words.ts'

type Run = { readonly item: EvidenceItem; readonly facts: FuzzFacts }

/** A fuzzer ran long enough, reached code and left no crash. One run alone must do; a copy of a report adds nothing. */
export function judgeFuzz(matcher: FuzzMatcher, scene: Scene): Judgement {
  const source = sourceOf(matcher.from.slot, scene)
  if ('none' in source) return source.none
  const items = source.items.filter(item => isFrom(item, matcher.from.tool))
  const every = items.flatMap((item): Run[] => {
    const facts = factsIn(item, 'fuzz')
    return facts ? [{ item, facts }] : []
  })
  const { target } = matcher
  const runs = every.filter(({ facts }) => target === undefined || facts.target?.includes(target) === true)
  return (
    crashesIn(runs, matcher) ??
    unreadableOf(items) ??
    absence(every, runs, matcher) ??
    brokenRun(runs) ??
    longEnough(runs, matcher, scene)
  )
}

function crashesIn(runs: readonly Run[], { maxCrashes = 0 }: FuzzMatcher): Judgement | undefined {
  const distinct = [...new Map(runs.map(run => [run.item.digest, run])).values()].filter(({ facts }) => facts.crashes > 0)
  const crashes = distinct.reduce((sum, { facts }) => sum + facts.crashes, 0)
  if (crashes <= maxCrashes) return undefined
  return refuted(`The fuzzer left ${counted(crashes, 'crash', 'crashes')}; at most ${maxCrashes} may be.`, {
    evidence: distinct.map(({ item }) => citation(item)),
  })
}

function absence(every: readonly Run[], runs: readonly Run[], { from, target }: FuzzMatcher): Judgement | undefined {
  if (every.length === 0) return open('missing', `Evidence "${shown(from.slot)}" holds no statistics of a fuzzer.`)
  const evidence = every.map(({ item }) => citation(item))
  if (runs.length > 0) return undefined
  const known = every.flatMap(({ facts }) => facts.target ?? [])
  const ran = known.length > 0 ? `The fuzzer was run as ${shownList(known.map(quoted))}` : 'The fuzzer does not say what it ran'
  return open('missing', `${ran}; "${shown(target ?? '')}" must be in it.`, { evidence })
}

function brokenRun(runs: readonly Run[]): Judgement | undefined {
  const crashed = runs.find(({ item }) => item.exitCode !== undefined && item.exitCode !== 0)
  return crashed
    ? open('tool-failed', `The fuzzer of ${shown(crashed.item.file)} ended with exit code ${crashed.item.exitCode}.`, {
        evidence: [citation(crashed.item)],
      })
    : undefined
}

function longEnough(runs: readonly Run[], matcher: FuzzMatcher, scene: Scene): Judgement {
  const seen = runs.map(run => ({ run, doubt: shortOf(run, matcher) ?? doubtOf(run.item, scene) }))
  const good = seen.filter(({ doubt }) => doubt === undefined).map(({ run }) => run)
  const [first] = good
  if (!first) return seen[0]?.doubt ?? open('nothing-examined', 'No fuzzer ran.')
  const { executions, seconds, edges, crashes, hangs } = first.facts
  return proven(
    `The fuzzer ran ${counted(executions, 'time')} in ${counted(seconds, 'second')}, reached ${counted(edges ?? 0, 'edge')} and left ${crashes === 0 ? 'no crash' : counted(crashes, 'crash', 'crashes')} and ${hangs === 0 ? 'no hang' : counted(hangs, 'hang')}.`,
    {
      evidence: good.map(({ item }) => citation(item)),
      selfReported: good.some(({ item }) => item.binding.reported !== 'signed'),
    },
  )
}

/** What a run lacks; a fuzzer that reached no code has tried nothing. */
function shortOf({ item, facts }: Run, { minExecutions, minSeconds, minEdges = 1 }: FuzzMatcher): Judgement | undefined {
  const { executions, seconds, edges } = facts
  const evidence = [citation(item)]
  const name = shown(item.file)
  if (executions === 0 || edges === 0)
    return open('nothing-examined', `The fuzzer of ${name} ${executions === 0 ? 'ran nothing' : 'reached no code'}.`, {
      evidence,
    })
  if (edges === undefined)
    return open('cannot-tell', `${name} does not say how many edges were reached; a newer version of the fuzzer does.`, {
      evidence,
    })
  const short = [
    executions < minExecutions ? `${executions} of ${counted(minExecutions, 'execution')}` : undefined,
    seconds < minSeconds ? `${seconds} of ${counted(minSeconds, 'second')}` : undefined,
    edges < minEdges ? `${edges} of ${counted(minEdges, 'edge')}` : undefined,
  ].filter(one => one !== undefined)
  return short.length > 0 ? open('missing', `${name} shows only ${shownList(short)}.`, { evidence }) : undefined
}

/** What it asks, in one sentence. */
export function describeFuzz({ from, minExecutions, minSeconds, minEdges = 1, maxCrashes = 0, target }: FuzzMatcher): string {
  const what = target === undefined ? '' : ` of ${quoted(shown(target))}`
  const crashes = maxCrashes === 0 ? 'no crash' : `at most ${counted(maxCrashes, 'crash', 'crashes')}`
  return `A fuzzer${what} made at least ${counted(minExecutions, 'execution')} in at least ${counted(minSeconds, 'second')}, reached at least ${counted(minEdges, 'edge')} and left ${crashes}, in ${sourceWords(from)}.`
}
