import { error, type LintRule, onMatches } from './input.ts'

const ROLE =
  '(?:[\\w-]+ ){0,4}(?:expert|engineer|developer|programmer|architect|hacker|assistant|professional|specialist|genius|guru)\\b'

/** "As an engineer, ..." at the start of a sentence speaks to the tool; who signs in as a developer is a user, and so is who wants something. */
const PERSONA = new RegExp(
  `\\b(?:you are|act as|pretend to be|imagine (?:you are|being)) an? ${ROLE}|(?<=(?:^|[.!?:])[ *|-]*)as an? ${ROLE}(?=, (?!I\\b|the\\b|he\\b|she\\b|they\\b))`,
  'gim',
)

/** A role to play does not help: it was the worst of the techniques that were measured. */
export const gp01Persona: LintRule = input =>
  onMatches(input, PERSONA, (at, found) =>
    error(at, {
      code: 'GP01',
      message: `"${found}" gives the tool a role to play.`,
      cure: 'Say what must be true of the change instead.',
    }),
  )
