import type { InspectorTab } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, plan, session } from '../command.ts'

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
  tabCommand('notes', 'Inspector: comments'),
  tabCommand('history', 'Inspector: history'),
]
