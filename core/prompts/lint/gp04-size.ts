import { ROW_LIMIT } from '../../gate/control-rows.ts'
import { proposeSplit } from '../split.ts'
import { error, type LintRule } from './input.ts'

/** Past a dozen controls instructions get lost; a proposal how to split says where the seams are. */
export const gp04Size: LintRule = ({ rows, slice }) => {
  if (rows.length <= ROW_LIMIT) return []
  const parts = proposeSplit(rows, slice)
  const told = parts.map(part => `${part.places.join(', ')} (${part.rows})`).join('; ')
  return [
    error(slice.workItem.id, {
      code: 'GP04',
      message: `${rows.length} controls; a prompt carries ${ROW_LIMIT}.`,
      cure: `Make ${parts.length} work items of it: ${told}.`,
    }),
  ]
}
