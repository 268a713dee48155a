import { error, type LintRule } from './input.ts'

/** What comes back must be checkable: an output section, and a line for each requirement and threat in it. */
export const gp08Output: LintRule = ({ id, text, slice, rows, isEdited }) => {
  const heading = /^#+ .*\boutput\b.*$/im.exec(text)
  const answer = heading ? text.slice(heading.index) : ''
  const claimed = [...slice.requirements, ...new Set(rows.map(row => row.threat.id))]
  const missing = heading ? claimed.filter(one => !answer.includes(one)) : claimed
  if (heading && missing.length === 0) return []
  return [
    error(id, {
      code: 'GP08',
      message: heading
        ? `The output section asks for no claim about ${missing.join(', ')}.`
        : 'The prompt does not say what to answer.',
      cure: isEdited
        ? 'Put back what was taken out of the output section by hand.'
        : 'Put the section with the output contract back into the template.',
    }),
  ]
}
