import type { Result } from '../../../core/support/result.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, type Effect, notNow, plan, session } from '../command.ts'
import { type GivenKeys, isReserved, keyNames, keysOf, rivalsOf } from '../shortcuts.ts'

/** A command, the chord it is to have, and the commands it must not be mistaken for. */
export type KeyAsked = { readonly command: Command; readonly chord: string; readonly among: readonly Command[] }

/** Gives a command another key; one that runs something else, or that a browser keeps for itself, is refused by name. */
export const setKey: Command<KeyAsked> = {
  id: 'keys.set',
  category: 'Help',
  title: 'Change a shortcut',
  plan: (context, { command, chord, among }) => {
    const keys = keyNames(chord).join(' ')
    if (isReserved(chord)) return notNow(t('{{keys}} belongs to the browser, or to moving about by keyboard.', { keys }))
    const [rival] = rivalsOf(command, chord, { among, given: given(context) })
    if (rival) return notNow(t('{{keys}} runs “{{title}}” already.', { keys, title: t(rival.title) }))
    return give(context, { [command.id]: [chord] }, t('{{keys}} runs “{{title}}” now.', { keys, title: t(command.title) }))
  },
}

/** Gives a command a key that others had; those keep their other keys. */
export const takeKey: Command<KeyAsked> = {
  id: 'keys.take',
  category: 'Help',
  title: 'Take a shortcut over',
  plan: (context, { command, chord, among }) => {
    const keys = keyNames(chord).join(' ')
    if (isReserved(chord)) return notNow(t('{{keys}} belongs to the browser, or to moving about by keyboard.', { keys }))
    const rivals = rivalsOf(command, chord, { among, given: given(context) })
    const left = rivals.map(rival => {
      const others = keysOf(rival, given(context)).filter(key => key.chord !== chord)
      return [rival.id, others.map(key => key.chord)] as const
    })
    const said = t('{{keys}} runs “{{title}}” now.', { keys, title: t(command.title) })
    return give(context, { ...Object.fromEntries(left), [command.id]: [chord] }, said)
  },
}

/** Takes every key from a command. */
export const clearKey: Command<Command> = {
  id: 'keys.clear',
  category: 'Help',
  title: 'Remove a shortcut',
  plan: (context, { id, title }) => give(context, { [id]: [] }, t('“{{title}}” has no key now.', { title: t(title) })),
}

/** Gives a command its own keys back. */
export const resetKey: Command<Command> = {
  id: 'keys.reset',
  category: 'Help',
  title: 'Reset a shortcut',
  plan: ({ session: now }, { id, title }) => {
    const { [id]: _gone, ...keys } = now.preferences.keys
    return plan(session({ preferences: { ...now.preferences, keys } }), {
      kind: 'say',
      text: t('“{{title}}” has its own keys again.', { title: t(title) }),
    })
  },
}

/** Gives all commands their own keys back. */
export const resetAllKeys: Command = {
  id: 'keys.resetAll',
  category: 'Help',
  title: 'Reset all shortcuts',
  plan: ({ session: now }) =>
    Object.keys(now.preferences.keys).length === 0
      ? notNow(t('No shortcut was changed.'))
      : plan(session({ preferences: { ...now.preferences, keys: {} } }), {
          kind: 'say',
          text: t('Every command has its own keys again.'),
        }),
}

function given(context: Context): GivenKeys {
  return context.session.preferences.keys
}

function give({ session: now }: Context, keys: GivenKeys, text: string): Result<readonly Effect[]> {
  const { preferences } = now
  return plan(session({ preferences: { ...preferences, keys: { ...preferences.keys, ...keys } } }), { kind: 'say', text })
}
