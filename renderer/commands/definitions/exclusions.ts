import { confirmExclusion, type EntryName, excludeEntry, withdrawExclusion } from '../../../core/frameworks/edits.ts'
import { builtinFrameworks } from '../../../packs/frameworks.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Effect, write } from '../command.ts'

/** An entry, why it does not apply, and the day from which that counts no more; empty where none was chosen. */
export type ExclusionInput = EntryName & { readonly reason: string; readonly expires: string }

/** Says that an entry of a framework does not apply, and why. */
export const callNotApplicable: Command<ExclusionInput> = {
  id: 'framework.exclude',
  category: 'Report',
  title: 'Not applicable…',
  plan: ({ design, stamp }, { framework, entry, reason, expires }) => {
    const input = { framework, entry, reason, frameworks: builtinFrameworks, ...(expires === '' ? {} : { expires }) }
    return write(
      t('{{entry}} not applicable', { entry }),
      excludeEntry(design, input, stamp),
      toRow(entry),
      said(t('Recorded why {{entry}} is not applicable.', { entry })),
    )
  },
}

/** Takes that back; the entry asks again. */
export const withdrawNotApplicable: Command<EntryName> = {
  id: 'framework.withdraw',
  category: 'Report',
  title: 'Withdraw',
  plan: ({ design }, input) => {
    const { entry } = input
    return write(
      t('withdraw that {{entry}} is not applicable', { entry }),
      withdrawExclusion(design, input),
      toRow(entry),
      said(t('{{entry}} is no longer called not applicable.', { entry })),
    )
  },
}

/** Stands behind what an AI proposed. */
export const confirmNotApplicable: Command<EntryName> = {
  id: 'framework.confirm',
  category: 'Report',
  title: 'Confirm',
  plan: ({ design, stamp }, input) => {
    const { entry } = input
    return write(
      t('confirm that {{entry}} is not applicable', { entry }),
      confirmExclusion(design, input, stamp),
      toRow(entry),
      said(t('Confirmed: {{entry}} is not applicable.', { entry })),
    )
  },
}

/** The row that was decided about: what had the focus is gone. */
function toRow(entry: string): Effect {
  return { kind: 'focus', name: `row ${entry}` }
}

function said(text: string): Effect {
  return { kind: 'say', text }
}
