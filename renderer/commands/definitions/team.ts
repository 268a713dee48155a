import type { Problem } from '../../../core/support/result.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, notNow, plan, session } from '../command.ts'

/** Asks where the team's design is. */
export const askTeam: Command = {
  id: 'team.ask',
  category: 'App',
  title: 'Join a team design…',
  plan: ({ session: { team } }) =>
    team.kind === 'alone'
      ? plan(session({ dialog: { kind: 'joinTeam' } }))
      : notNow(t('This design is joined to a team hub already.')),
}

/** Shows how the design stands with its team hub, and what was told of it. */
export const showTeam: Command = {
  id: 'team.show',
  category: 'App',
  title: 'Show how the team hub stands',
  plan: ({ session: { team } }) => (team.kind === 'alone' ? notNow(ALONE()) : plan(session({ dialog: { kind: 'team' } }))),
}

/** What the dialog was told. */
export type TeamAsked = { readonly address: string; readonly token: string; readonly prefer?: 'team' | 'mine' }

/** Joins; what keeps it from that is shown in the dialog, where it can be corrected. */
export const joinTeam: Command<TeamAsked> = {
  id: 'team.join',
  category: 'App',
  title: 'Join',
  plan: (_context, { address, token, prefer }) => {
    if (address.trim() === '' || token.trim() === '') return notNow(t('Address and token are needed.'))
    // How it stands comes as an event; the answer may be overtaken by a later one.
    const asked = ask('team.join', { address: address.trim(), token: token.trim(), ...(prefer ? { prefer } : {}) }, () => [
      session({ dialog: undefined }),
      { kind: 'say', text: t('Joined the team design.') },
    ])
    const refused = (problems: readonly Problem[]) => [
      session({ dialog: { kind: 'joinTeam', ...(problems[0] ? { problem: problems[0] } : {}) } }),
    ]
    return plan({ ...asked, refused })
  },
}

/** Connects now, without waiting for the next try. */
export const retryTeam: Command = {
  id: 'team.retry',
  category: 'App',
  title: 'Connect to the team hub again',
  plan: ({ session: { team } }) =>
    team.kind === 'offline' || team.kind === 'stopped'
      ? plan(ask('team.retry', {}, () => []))
      : notNow(team.kind === 'alone' ? ALONE() : t('The line to the team hub stands, or is being made.')),
}

/** Works alone again; the design stays. */
export const leaveTeam: Command = {
  id: 'team.leave',
  category: 'App',
  title: 'Leave the team design',
  plan: ({ session: { team } }) =>
    team.kind === 'alone'
      ? notNow(ALONE())
      : plan(
          ask('team.leave', {}, () => [
            session({ dialog: undefined }),
            { kind: 'say', text: t('Left the team design; this folder stays as it is.') },
          ]),
        ),
}

const ALONE = () => t('This design is joined to no team hub.')
