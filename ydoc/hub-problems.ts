import type { Problem } from '../core/support/result.ts'

/** The hub cannot be reached; everything goes on here. */
export const LOST: Problem = {
  code: 'hub.offline',
  severity: 'warning',
  message: 'The team hub cannot be reached.',
  cure: 'Work on: what you do is kept here, and joins the others when the hub is back.',
}

export const NOT_STORED: Problem = {
  code: 'hub.slow',
  severity: 'warning',
  message: 'The team hub did not say in time that it stored an edit.',
  cure: 'It is sent again. When this goes on, ask whoever runs the hub.',
}

export const MALFORMED: Problem = {
  code: 'hub.malformed',
  severity: 'error',
  message: 'What the team hub sent cannot be read; nothing of it was taken in.',
  cure: 'Check the address of the hub, and that it is no older than this program.',
}

export const READ_ONLY: Problem = {
  code: 'hub.readOnly',
  severity: 'warning',
  message: 'You may read this design but not change it, so your edits stay on this machine.',
  cure: 'Ask an owner of the design for the role of an editor, then connect again.',
}

/** An edit of ours that the hub will not have: nothing more is sent until a person has looked. */
export function refusedEdit(reason: string): Problem {
  return {
    code: 'hub.refused',
    severity: 'error',
    message: `The team hub refused an edit made here (${wordsOf(reason)}); it and what came after stay on this machine.`,
    cure:
      REASONS[reason] ?? 'Take the last edits back, or ask whoever runs the hub; its audit log says more. Then connect again.',
  }
}

const REASONS: Readonly<Record<string, string>> = {
  'update.table': 'Your role may not change this part of the design. Ask an owner for the role of an editor, then connect again.',
  'update.massDelete':
    'It takes away most of the design at once; only an owner may. Bring the rows back, or ask an owner. Then connect again.',
  'update.format':
    'It states another format than the design on the hub has: this program and the hub are of different versions. Use the same one, then connect again.',
  'update.rewritten':
    'The hub has something else under the number of this copy already, as after a machine was set back to an earlier moment. Leave and join again: skeptic leave, then skeptic join.',
  'document.large': 'The design has reached the size that the hub allows. Ask whoever runs it, then connect again.',
}

function wordsOf(reason: string): string {
  return reason.replace(/[^\x20-\x7e]/g, ' ').slice(0, 100)
}

/** Who was not let in; the hub's own words are shortened and shown as what they are. */
export function denied(reason: string): Problem {
  const words = wordsOf(reason)
  const why = words === '' || words === 'permission-denied' || words === 'auth.refused' ? '' : ` (${words})`
  return {
    code: 'hub.denied',
    severity: 'error',
    message: reason === 'auth.expired' ? 'The token for the team hub has run out.' : `The team hub did not let you in${why}.`,
    cure: 'Get a new token from whoever runs the hub, and join again.',
  }
}
