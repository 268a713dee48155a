import { shortDigest } from '../../model/digest.ts'
import { entityOf } from '../../model/lookup.ts'
import { error, type LintRule, onMatches } from './input.ts'

const ID = /\b[RTMXEFBDW]-[0-9A-HJKMNP-TV-Z]{5}\b/g

/** Every id a prompt names exists, every requirement it quotes was approved, and it says of which slice it is. */
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
  ...(input.text.includes(`slice ${shortDigest(input.sliceDigest)}`)
    ? []
    : [
        error(input.id, {
          code: 'GP09',
          message: `The prompt does not state the slice it is made from (${shortDigest(input.sliceDigest)}).`,
          cure: 'Make the prompt again; a template of your own needs the slice in its header.',
        }),
      ]),
]
