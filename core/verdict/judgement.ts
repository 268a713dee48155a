import type { Citation, Reason } from './record.ts'

export type ThreeValued = 'fail' | 'inconclusive' | 'pass'

/** What a predicate comes to. */
export type Judgement = {
  readonly verdict: ThreeValued
  readonly reason: Reason
  readonly sentence: string
  readonly evidence: readonly Citation[]
  readonly selfReported: boolean
}

/** The most places one judgement cites; the sentence says how many there are. */
const MOST_CITATIONS = 20

type Rest = { readonly evidence?: readonly Citation[]; readonly selfReported?: boolean }

export function proven(sentence: string, rest: Rest = {}): Judgement {
  return judged('pass', 'proven', sentence, rest)
}

export function refuted(sentence: string, rest: Rest = {}): Judgement {
  return judged('fail', 'refuted', sentence, rest)
}

export function open(reason: Reason, sentence: string, rest: Rest = {}): Judgement {
  return judged('inconclusive', reason, sentence, rest)
}

function judged(verdict: ThreeValued, reason: Reason, sentence: string, rest: Rest): Judgement {
  return {
    verdict,
    reason,
    sentence,
    evidence: (rest.evidence ?? []).slice(0, MOST_CITATIONS),
    selfReported: rest.selfReported ?? false,
  }
}

const ORDER: readonly ThreeValued[] = ['fail', 'inconclusive', 'pass']

/** The minimum over fail < inconclusive < pass: one part that fails fails the whole. Nothing at all proves nothing. */
export function allOf(parts: readonly Judgement[]): Judgement {
  const worst = ORDER.find(verdict => parts.some(part => part.verdict === verdict))
  return together(parts, worst, parts.filter(part => part.verdict === worst).length)
}

/** The maximum: one part that passes is enough. */
export function anyOf(parts: readonly Judgement[]): Judgement {
  const best = ORDER.findLast(verdict => parts.some(part => part.verdict === verdict))
  return together(parts, best, best === 'pass' ? 1 : parts.length)
}

function together(parts: readonly Judgement[], verdict: ThreeValued | undefined, most: number): Judgement {
  const deciding = parts.filter(part => part.verdict === verdict).slice(0, most)
  const [first] = deciding
  if (!first || verdict === undefined) return open('nothing-examined', 'The check asks for nothing.')
  return {
    verdict,
    reason: first.reason,
    sentence: [...new Set(deciding.map(part => part.sentence))].join(' '),
    evidence: deciding.flatMap(part => part.evidence).slice(0, MOST_CITATIONS),
    selfReported: deciding.some(part => part.selfReported),
  }
}
