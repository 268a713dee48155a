import type { AbsenceAsked } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, plan, session } from '../command.ts'

/** Says all there is to say of why a finding is there, and goes to it. */
export const whyFinding: Command = {
  id: 'why.finding',
  category: 'Finding',
  title: 'Why is this here?',
  keys: [{ chord: 'W', place: 'findings' }],
  plan: ({ session: { selection } }) =>
    selection[0]?.startsWith('N-')
      ? plan(session({ why: true, inspector: true }), { kind: 'focus', name: 'why' })
      : notNow(t('Choose a finding first.')),
}

/** Says more or less of it. */
export const toggleWhy: Command = {
  id: 'why.toggle',
  category: 'Finding',
  title: 'Say more of why it is here',
  plan: ({ session: { why } }) => plan(session({ why: !why })),
}

/** Asks why nothing was found for a category at an element or a flow. */
export const whyNothing: Command<AbsenceAsked> = {
  id: 'why.nothing',
  category: 'Finding',
  title: 'Why is there nothing here?',
  plan: (_context, absence) =>
    plan(session({ absence, selection: [absence.subject], inspector: true }), { kind: 'focus', name: 'absence' }),
}

/** Goes back from an answer to where it was asked for. */
export const leaveWhy: Command = {
  id: 'why.leave',
  category: 'Finding',
  title: 'Back from the answer',
  keys: [{ chord: 'Escape', place: 'why' }],
  plan: ({ session: { absence, selection } }) => {
    if (absence) return plan(session({ absence: undefined }), { kind: 'focus', name: nothingAt(absence) })
    const [id] = selection
    return id === undefined ? notNow(t('Nothing is selected.')) : plan({ kind: 'focus', name: `object ${id}` })
  },
}

/** The name by which focus finds the place that asked. */
export function nothingAt({ subject, category }: AbsenceAsked): string {
  return `nothing ${subject} ${category}`
}
