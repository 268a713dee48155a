import { error, type LintRule } from './input.ts'

/** A tool that may not ask will guess. */
export const gp07Stop: LintRule = ({ id, text }) =>
  /^#+ .*\bstop\b.*$\n(?:(?!#).*\n)*?(?:\d+\. .*\n){3}/im.test(text)
    ? []
    : [
        error(id, {
          code: 'GP07',
          message: 'The prompt does not say when to stop and ask.',
          cure: 'Put the section with the stop conditions back into the template.',
        }),
      ]
