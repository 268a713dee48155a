import { type LintRule, onMatches, warning } from './input.ts'

const WEAK =
  /\b(?:as appropriate|appropriately|as needed|if (?:at all )?possible|where possible|properly|adequate(?:ly)?|robust(?:ly)?|reasonabl[ey]|user-friendly|etc\.?|and so on|try to|should probably|as soon as possible)(?![\w-])/gi

/** Words that nobody can check. */
export const gp20Weak: LintRule = input =>
  onMatches(input, WEAK, (at, found) =>
    warning(at, { code: 'GP20', message: `"${found}" cannot be checked.`, cure: 'Say exactly what, or how much.' }),
  )
