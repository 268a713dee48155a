import { error, type LintRule } from './input.ts'

/** Nothing that the data scan blocks. */
export const gp15Data: LintRule = ({ id, scan }) => {
  const blocking = scan.filter(problem => problem.severity === 'error')
  if (blocking.length === 0) return []
  return [
    error(id, {
      code: 'GP15',
      message: `The data scan blocks ${blocking.length} ${blocking.length === 1 ? 'thing' : 'things'}.`,
      cure: `Cure what it names, first ${blocking[0]?.at}.`,
    }),
  ]
}
