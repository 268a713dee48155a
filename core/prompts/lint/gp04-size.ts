import { ROW_LIMIT } from '../../gate/control-rows.ts'
import { error, type LintRule } from './input.ts'
import { splitWords } from './split-words.ts'

/** Past a dozen controls instructions get lost; a proposal how to split says where the seams are. */
export const gp04Size: LintRule = ({ rows, slice, split }) => {
  if (rows.length <= ROW_LIMIT) return []
  const otherwise = 'No cut between its flows helps: draw the component as several processes.'
  return [
    error(slice.workItem.id, {
      code: 'GP04',
      message: `${rows.length} controls; a prompt carries ${ROW_LIMIT}.`,
      cure: splitWords(split(), slice.workItem.id) ?? otherwise,
    }),
  ]
}
