import { applyChanges } from '../model/change.ts'
import { randomFrom } from '../model/identity.ts'
import type { Design, Stamp } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { type Cure, cureOf, type Outlook } from './cures.ts'
import { evaluateGate, type Gate, type GateProblem } from './evaluate.ts'
import type { GatePacks } from './links.ts'

/** One thing to do on the way, and the answer that is assumed of it. */
export type OpeningStep = {
  readonly problem: GateProblem
  readonly assumed: string
  /** Whether only an earlier answer brings it up. */
  readonly follows: boolean
}

/** What would open the gate, if every question turned out one way. */
export type Opening = {
  readonly outlook: Outlook
  readonly opens: boolean
  readonly steps: readonly OpeningStep[]
  /** What no answer can be assumed of: somebody must draw, write or decide. */
  readonly left: readonly GateProblem[]
  /** Problems of now that other answers on the list take away. */
  readonly spared: number
  /** Minutes of the steps and of what is left. */
  readonly effort: number
}

type Asked = { readonly at: string; readonly workItem?: string; readonly outlook: Outlook }

/** More rounds than any chain of questions is long: fact, finding, threat, mitigation, check. */
const MOST_ROUNDS = 20

/** Answers the cheapest questions for the sake of argument, examines the gate again, and goes on until it opens or nobody can assume more. */
export function openingOf(design: Design, packs: GatePacks, { at, workItem, outlook }: Asked): Opening {
  return remembered(design, packs.rules, packs.controls, at, workItem, outlook)
}

const remembered = memoLast(
  (
    design: Design,
    rules: GatePacks['rules'],
    controls: GatePacks['controls'],
    at: string,
    workItem: string | undefined,
    outlook: Outlook,
  ): Opening => {
    const packs = { rules, controls }
    const stamp: Stamp = { at, by: 'assumed', random: randomFrom('opening') }
    const examine = (now: Design) => evaluateGate(now, packs, workItem === undefined ? { at } : { at, workItem })
    const before = examine(design)
    const first = new Set(before.problems.map(keyOf))
    const tried = new Set<string>()
    const steps: OpeningStep[] = []
    let now = design
    let gate = before
    for (let round = 0; round < MOST_ROUNDS && !gate.open; round++) {
      const cures = cheapest(gate, tried, problem => cureOf(problem, { design: now, packs, outlook, stamp }))
      if (cures.length === 0) break
      for (const { problem } of cures) tried.add(keyOf(problem))
      steps.push(...cures.map(({ problem, cure }) => ({ problem, assumed: cure.assumed, follows: !first.has(keyOf(problem)) })))
      now = applyChanges(
        now,
        cures.flatMap(({ cure }) => cure.changes),
      )
      gate = examine(now)
    }
    const left = gate.problems
    const still = new Set(left.map(keyOf))
    const done = steps.filter(({ problem }) => !still.has(keyOf(problem)))
    const named = new Set([...done.map(({ problem }) => keyOf(problem)), ...still])
    return {
      outlook,
      opens: gate.open,
      steps: done,
      left,
      spared: before.problems.filter(problem => !named.has(keyOf(problem))).length,
      effort: [...done.map(({ problem }) => problem), ...left].reduce((sum, problem) => sum + problem.effort, 0),
    }
  },
)

type Answered = { readonly problem: GateProblem; readonly cure: Cure }

/** All questions of the least effort that can be answered; one answer may speak for several. */
function cheapest(gate: Gate, tried: ReadonlySet<string>, answer: (problem: GateProblem) => Cure | undefined) {
  const cures: Answered[] = []
  const covered = new Set<string>()
  for (const problem of gate.problems) {
    const [cheap] = cures
    if (cheap && problem.effort > cheap.problem.effort) break
    if (tried.has(keyOf(problem)) || covered.has(`${problem.code} ${problem.at}`)) continue
    const cure = answer(problem)
    if (!cure) continue
    cures.push({ problem, cure })
    for (const at of cure.covers) covered.add(`${problem.code} ${at}`)
  }
  return cures
}

function keyOf({ code, at, message }: GateProblem): string {
  return `${code} ${at} ${message}`
}
