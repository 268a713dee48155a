import { splitWorkItem } from '../../../core/prompts/split-edit.ts'
import { splitNow } from '../../state/prompt-now.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, session, write } from '../command.ts'
import { NOW, workItemShown } from './prompts.ts'

/** Makes of a work item that is too large the ones that are proposed for it, as one step. */
export const splitOneWorkItem: Command = {
  id: 'workItem.split',
  category: 'Work item',
  title: 'Split work item',
  plan: context => {
    const { design, facts, session: now, stamp } = context
    const id = workItemShown(context)
    if (!id) return notNow(t('There is no work item yet.'))
    const split = splitNow(design, facts.packs, id, now.target, facts.at)
    if (!split.ok) return split
    const { isOver, parts } = split.value
    if (!isOver) return notNow(t('It fits into one prompt.'))
    const count = parts.length
    return write(t('split {{id}}', { id }), splitWorkItem(design, { id, parts }, stamp), session({ workItem: id, ...NOW }), {
      kind: 'say',
      text: t('Split into {{count}} work items; this is the first of them.', { count }),
    })
  },
}
