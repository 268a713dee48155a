import type { Expression } from '../../schemas/generated/types.ts'
import { judgeCommits } from './commits.ts'
import type { Scene } from './context.ts'
import { judgeFile } from './file.ts'
import { judgeFindings } from './findings.ts'
import { allOf, anyOf, type Judgement, open } from './judgement.ts'
import type { Part } from './record.ts'
import { describeExpression } from './sentences.ts'
import { judgeSignoff } from './signoff.ts'
import { judgeTests } from './tests.ts'

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
  const [word, judgement] = judgePredicate(expression, scene)
  const { verdict, reason, sentence, evidence } = judgement
  note({ path: `${path}/${word}`, asks: describeExpression(expression), verdict, reason, sentence, evidence })
  return judgement
}

function judgePredicate({ tests, findings, file, commits, signoff }: Expression, scene: Scene): readonly [string, Judgement] {
  if (tests) return ['tests', judgeTests(tests, scene)]
  if (findings) return ['findings', judgeFindings(findings, scene)]
  if (file) return ['file', judgeFile(file, scene)]
  if (commits) return ['commits', judgeCommits(commits, scene)]
  if (signoff) return ['signoff', judgeSignoff(signoff, scene)]
  return ['nothing', open('nothing-examined', 'The check asks for nothing.')]
}

/** Whether a person is asked anywhere in it. */
export function asksPerson({ all, any, signoff }: Expression): boolean {
  return signoff !== undefined || [...(all ?? []), ...(any ?? [])].some(asksPerson)
}
