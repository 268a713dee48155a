import { blobsIn } from '../../scan/carriers.ts'
import { hiddenIn } from '../../support/hidden.ts'
import { error, type LintRule, placeAt } from './input.ts'

/** Nothing in the finished text that a reader cannot see or cannot read. */
export const gp13Hidden: LintRule = input => {
  const { id, text, isEdited } = input
  const hidden = [...new Set(hiddenIn(text))]
  const comment = text.indexOf('<!--')
  return [
    ...(hidden.length > 0
      ? [
          error(id, {
            code: 'GP13',
            message: `Holds characters that cannot be seen: ${hidden.join(', ')}.`,
            cure: isEdited ? 'Remove them from the lines edited by hand.' : 'Remove them from the template.',
          }),
        ]
      : []),
    ...(comment >= 0
      ? [
          error(placeAt(input, comment), {
            code: 'GP13',
            message: 'Holds an HTML comment, which a reader does not see and a tool does.',
            cure: 'Write it as text.',
          }),
        ]
      : []),
    ...blobsIn(text).map(blob =>
      error(placeAt(input, blob.start), {
        code: 'GP13',
        message: 'Holds a long run of encoded data.',
        cure: 'Say what it is instead of pasting it.',
      }),
    ),
  ]
}
