import { t } from '../../words/translate.ts'
import { type Command, plan, session } from '../command.ts'
import { startReview } from './home.ts'

/** Copies the command that brings a missing report. */
export const copyEvidenceCommand: Command<string> = {
  id: 'evidence.copyCommand',
  category: 'Review',
  title: 'Copy the command that brings evidence',
  plan: (_context, text) => plan({ kind: 'copy', text, said: t('Copied. Put your tool in the place of COMMAND.') }),
}

/** Goes to a check that evidence is cited for. The change still stands before what the evidence says. */
export const goToEvidence: Command<{ readonly workItem: string; readonly check: string }> = {
  id: 'evidence.goTo',
  category: 'Review',
  title: 'Go to the evidence',
  plan: (context, { workItem, check }) => {
    const begun = startReview.plan(context, workItem)
    if (!begun.ok) return begun
    return plan(...begun.value, session({ check, answer: undefined }), { kind: 'focus', name: `check ${check}` })
  },
}
