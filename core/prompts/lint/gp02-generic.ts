import { type LintRule, onMatches, warning } from './input.ts'

const GENERIC =
  /\b(?:(?:write|produce|generate) (?:only )?(?:secure|safe) code|(?:follow|use|apply) (?:\w+ ){0,2}best practices?|be secure|security best practices?|make sure (?:that )?(?:it|the code|everything) is (?:secure|safe)|industry standards?)\b/gi

/** Reminders in general terms cost function and bring no security. */
export const gp02Generic: LintRule = input =>
  onMatches(input, GENERIC, (at, found) =>
    warning(at, {
      code: 'GP02',
      message: `"${found}" asks for nothing in particular.`,
      cure: 'Name the control and how it is shown.',
    }),
  )
