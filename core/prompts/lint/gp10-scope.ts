import { isChanging } from '../../gate/policy.ts'
import { idsOf } from '../../support/order.ts'
import { error, type LintRule } from './input.ts'

/** A change needs an edge; where two people review, an edge they can oversee. */
export const gp10Scope: LintRule = ({ slice }) => {
  const { workItem, decision } = slice
  const globs = idsOf(workItem.mayEdit)
  const wide = decision.level === 'assisted-2p' ? globs.filter(glob => glob.includes('**')) : []
  return [
    ...(globs.length === 0 && isChanging(workItem.operation)
      ? [
          error(workItem.id, {
            code: 'GP10',
            message: 'The prompt names no file that may be edited.',
            cure: 'Name them, as src/transfers/*.ts.',
          }),
        ]
      : []),
    ...wide.map(glob =>
      error(workItem.id, {
        code: 'GP10',
        message: `"${glob}" is too wide for the zone assisted-2p.`,
        cure: 'Name each folder, as src/transfers/*.ts.',
      }),
    ),
  ]
}
