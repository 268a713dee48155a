import { t } from '../../words/translate.ts'
import { type Command, plan } from '../command.ts'

/** Copies the command that brings a missing report. */
export const copyEvidenceCommand: Command<string> = {
  id: 'evidence.copyCommand',
  category: 'Review',
  title: 'Copy the command that brings evidence',
  plan: (_context, text) => plan({ kind: 'copy', text, said: t('Copied. Put your tool in the place of COMMAND.') }),
}
