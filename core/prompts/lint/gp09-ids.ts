import { entityOf } from '../../model/lookup.ts'
import { error, type LintRule, onMatches } from './input.ts'

const ID = /\b[RTMXEFBDW]-[0-9A-HJKMNP-TV-Z]{5}\b/g

/** Every id a prompt names exists, and every requirement it quotes was approved. */
export const gp09Ids: LintRule = input => [
  ...onMatches(input, ID, (at, found) =>
    error(at, { code: 'GP09', message: `${found} is not in the design.`, cure: `Correct the text that names ${found}.` }),
  ).filter(problem => entityOf(input.design, problem.message.split(' ')[0] ?? '') === undefined),
  ...input.slice.requirements
    .filter(id => input.design.requirements[id]?.status !== 'approved')
    .map(id =>
      error(id, {
        code: 'GP09',
        message: 'The prompt quotes a requirement nobody approved.',
        cure: 'Approve it, or take it out of the slice.',
      }),
    ),
]
