import { addComment } from '../../../core/comments/edits.ts'
import type { InspectorTab } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, plan, session, write } from '../command.ts'

/** Shows another side of what is selected; the window keeps to it from object to object. */
export const showTab: Command<InspectorTab> = {
  id: 'inspector.tab',
  category: 'View',
  title: 'Inspector tab',
  plan: (_context, inspectorTab) => plan(session({ inspectorTab })),
}

function tabCommand(tab: InspectorTab, title: string): Command {
  return {
    id: `inspector.${tab}`,
    category: 'View',
    title,
    plan: ({ session: { selection } }) =>
      selection.length > 0
        ? plan(session({ inspector: true, inspectorTab: tab }), { kind: 'focus', name: 'inspector' })
        : notNow(t('Select something first.')),
  }
}

/** One command for each tab, for the palette. */
export const TAB_COMMANDS: readonly Command[] = [
  tabCommand('info', 'Inspector: info'),
  tabCommand('threats', 'Inspector: threats'),
  tabCommand('notes', 'Inspector: notes'),
  tabCommand('history', 'Inspector: history'),
]

/** Keeps a note on an object, for whoever looks at it next. */
export const writeNote: Command<{ readonly id: string; readonly text: string }> = {
  id: 'inspector.note',
  category: 'Edit',
  title: 'Write a note',
  plan: ({ design, stamp }, input) =>
    write(t('add note'), addComment(design, input, stamp), {
      kind: 'say',
      text: t('Kept as a note on {{id}}.', { id: input.id }),
    }),
}
