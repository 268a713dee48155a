import { isUnedited } from '../prompt-digest.ts'
import { error, type LintRule } from './input.ts'

/** What is copied is what was made: the text still has the digest it states. */
export const gp17Digest: LintRule = ({ id, text, digest }) =>
  isUnedited(text, digest)
    ? []
    : [
        error(id, {
          code: 'GP17',
          message: 'The text does not have the digest it states: it was edited.',
          cure: 'Change the design and make the prompt again.',
        }),
      ]
