import type { Expression } from '../../schemas/generated/types.ts'
import type { Scene } from './context.ts'
import { allOf, anyOf, type Judgement, open } from './judgement.ts'
import { matcherIn } from './matchers.ts'
import type { Part } from './record.ts'
import { describeExpression } from './sentences.ts'

/** Deeper than anybody writes by hand. */
const MOST_LEVELS = 16

/** The judgement of a whole expression; every predicate in it is noted with its path. */
export function judgeExpression(expression: Expression, scene: Scene, note: (part: Part) => void, path = ''): Judgement {
  if (path.split('/').length > 2 * MOST_LEVELS)
    return open('limit-hit', `The check is nested more than ${MOST_LEVELS} levels deep.`)
  const inner = (parts: readonly Expression[], word: string) =>
    parts.map((part, index) => judgeExpression(part, scene, note, `${path}/${word}/${index}`))
  if (expression.all) return allOf(inner(expression.all, 'all'))
  if (expression.any) return anyOf(inner(expression.any, 'any'))
  const matcher = matcherIn(expression)
  const judgement = matcher?.judge(scene) ?? open('nothing-examined', 'The check asks for nothing.')
  const { verdict, reason, sentence, evidence } = judgement
  const asks = describeExpression(expression)
  note({ path: `${path}/${matcher?.word ?? 'nothing'}`, asks, verdict, reason, sentence, evidence })
  return judgement
}

/** Whether a person is asked anywhere in it. */
export function asksPerson({ all, any, signoff, newDependencies }: Expression): boolean {
  return signoff !== undefined || newDependencies?.orSignoff === true || [...(all ?? []), ...(any ?? [])].some(asksPerson)
}
