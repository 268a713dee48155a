import { labelOf } from '../../../core/model/lookup.ts'
import { homeOf } from '../../state/steps.ts'
import { type Command, notNow, plan, session } from '../command.ts'

/** Makes objects the selected ones; the inspector shows the first. */
export const selectObjects: Command<readonly string[]> = {
  id: 'select.objects',
  category: 'Select',
  title: 'Select',
  plan: (_context, ids) => plan(session({ selection: ids })),
}

/** Goes to where an object is at home and selects it there. */
export const goToObject: Command<string> = {
  id: 'go.object',
  category: 'Go',
  title: 'Go to object',
  plan: ({ design, session: now }, id) => {
    const step = homeOf(id)
    if (!step) return notNow(`${id} has no place of its own.`)
    const extra =
      step === 'prompts'
        ? { workItem: id }
        : id.startsWith('N-')
          ? { filter: { ...now.filter, later: true, decided: true, text: '' } }
          : {}
    return plan(session({ step, selection: [id], inspector: true, palette: false, drawer: now.drawer, ...extra }), {
      kind: 'say',
      text: `${id} ${labelOf(design, id)}`,
    })
  },
}

export const resetTool: Command = {
  id: 'canvas.select',
  category: 'Canvas',
  title: 'Select tool',
  keys: [{ chord: 'V', place: 'canvas' }],
  plan: ({ session: now }) => plan(session({ tool: 'select', ...(now.tool === 'select' ? { selection: [] } : {}) })),
}
