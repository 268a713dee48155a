import { labelOf } from '../../../core/model/lookup.ts'
import { mergedOf, standingIn } from '../../state/facts.ts'
import type { Session } from '../../state/session.ts'
import { homeOf } from '../../state/steps.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, type Effect, notNow, plan, session } from '../command.ts'

/** Makes objects the selected ones; the inspector shows the first. */
export const selectObjects: Command<readonly string[]> = {
  id: 'select.objects',
  category: 'Select',
  title: 'Select',
  plan: (_context, ids) => plan(session({ selection: ids, absence: undefined })),
}

/** Goes to where an object is at home and selects it there; a finding that is shown under another leads to that one. */
export const goToObject: Command<string> = {
  id: 'go.object',
  category: 'Go to',
  title: 'Go to object',
  plan: (context, asked) => {
    const { design, facts } = context
    const step = homeOf(asked)
    if (!step) return notNow(t('{{id}} has no place of its own.', { id: asked }))
    const lead = asked.startsWith('N-') ? mergedOf(facts, asked)?.lead : undefined
    const id = lead?.id ?? asked
    const name = lead?.title ?? labelOf(design, id)
    const set = { step, selection: [id], absence: undefined, inspector: true, palette: false, ...viewFor(id, context) }
    const reveal: readonly Effect[] = step === 'model' ? [{ kind: 'reveal', ids: [id] }] : []
    return plan(
      session(set),
      ...reveal,
      { kind: 'focus', name: `object ${id}` },
      { kind: 'say', text: name === id ? id : `${id} ${name}` },
    )
  },
}

/** What the view must show for the object to be seen. */
function viewFor(id: string, { design, facts, session: { filter, modelView } }: Context): Partial<Session> {
  if (id.startsWith('W-')) return { workItem: id, promptVersion: undefined, promptCompare: false, promptMerge: false }
  if (id.startsWith('N-')) return { filter: { text: '', standing: standingIn(design, facts, id) ?? 'all' } }
  if (!/^[EFB]-/.test(id)) return { filter }
  return { modelView: modelView === 'mermaid' ? 'canvas' : modelView, tool: 'select' }
}

/** Puts the tool away; once more, and nothing is selected. */
export const resetTool: Command = {
  id: 'canvas.select',
  category: 'Canvas',
  title: 'Select tool',
  keys: [
    { chord: 'V', place: 'canvas' },
    { chord: 'Escape', place: 'canvas' },
  ],
  plan: ({ session: now }) => plan(session({ tool: 'select', ...(now.tool === 'select' ? { selection: [] } : {}) })),
}
