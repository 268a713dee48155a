import { error, type LintRule, onMatches } from './input.ts'

const PERSONA =
  /\b(?:you are|act as|pretend to be|imagine (?:you are|being)|as) an? (?:[\w-]+ ){0,4}(?:expert|engineer|developer|programmer|architect|hacker|assistant|professional|specialist|genius|guru)\b/gi

/** A role to play does not help: it was the worst of the techniques that were measured. */
export const gp01Persona: LintRule = input =>
  onMatches(input, PERSONA, (at, found) =>
    error(at, {
      code: 'GP01',
      message: `"${found}" gives the tool a role to play.`,
      cure: 'Say what must be true of the change instead.',
    }),
  )
