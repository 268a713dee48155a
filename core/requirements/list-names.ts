/** The lists that a word list may hold: one for each rule that looks for words, and those that help rules to read a sentence. */
export const LIST_NAMES: ReadonlySet<string> = new Set([
  ...['vague', 'escape', 'open-ended', 'able-to', 'unquantified', 'and-or', 'universal', 'pronoun', 'weak-modal', 'tbd'],
  ...['passive', 'negative', 'term', 'unit.bound', 'unit.measured', 'unit.reference', 'unit.not', 'proposal'],
])
