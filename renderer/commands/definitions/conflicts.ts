import { t } from '../../words/translate.ts'
import { ask, type Command, notNow, plan, session } from '../command.ts'

/** Shows what was changed here and in the files, differently. */
export const showConflicts: Command = {
  id: 'conflicts.show',
  category: 'Design',
  title: 'Show what was changed here and in the files',
  plan: ({ session: { save } }) =>
    save.kind === 'saved' && (save.conflicts ?? 0) > 0
      ? plan(session({ dialog: { kind: 'conflicts', turn: 0 }, palette: false }))
      : notNow(t('Nothing was changed on both sides.')),
}

type Decision = { readonly id: string; readonly take: 'ours' | 'theirs' }

/** Says which of two values stands; the next one is shown, and after the last the question goes. */
export const decideConflict: Command<Decision> = {
  id: 'conflicts.decide',
  category: 'Design',
  title: 'Say which value stands',
  plan: ({ session: { dialog } }, decision) => {
    const turn = dialog?.kind === 'conflicts' ? dialog.turn : 0
    return plan(
      ask('conflicts.decide', decision, ({ left }) => [
        session({ dialog: left === 0 ? undefined : { kind: 'conflicts', turn: turn + 1 } }),
        { kind: 'say', text: left === 0 ? t('Everything is decided.') : t('Decided; {{count}} are left.', { count: left }) },
      ]),
    )
  },
}
