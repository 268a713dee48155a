import { error, type LintRule, onMatches } from './input.ts'

/** A question left open in the text would be answered by a guess. */
export const gp18Clarify: LintRule = input =>
  onMatches(input, /\[?\bNEEDS[ _-]CLARIFICATION\b[^\]\n]{0,80}\]?/gi, (at, found) =>
    error(at, { code: 'GP18', message: `An open question is left: "${found}".`, cure: 'Answer it in the design.' }),
  )
