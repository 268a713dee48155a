import { error, type LintRule } from './input.ts'

/** A tool that may not ask will guess. */
export const gp07Stop: LintRule = ({ id, text, isEdited }) =>
  /^#+ .*\bstop\b.*$\n(?:(?!#).*\n)*?(?:\d+\. .*\n){3}/im.test(text)
    ? []
    : [
        error(id, {
          code: 'GP07',
          message: 'The prompt does not say when to stop and ask.',
          cure: isEdited
            ? 'Put the section with the stop conditions back: it was edited by hand.'
            : 'Put the section with the stop conditions back into the template.',
        }),
      ]
