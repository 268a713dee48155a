import type { SaveState } from '../../../host/contract.ts'
import type { Theme } from '../../state/preferences.ts'
import { STEPS } from '../../state/steps.ts'
import { LANGUAGES, type Language, t } from '../../words/translate.ts'
import { ask, type Command, notNow, plan, session } from '../command.ts'
import { nextAction } from '../next-action.ts'

/** G and a digit for each step, so that no key of the browser is taken. */
export const STEP_COMMANDS: readonly Command[] = STEPS.map(step => ({
  id: `go.${step.id}`,
  category: 'Go to',
  title: `${step.number} ${step.name}`,
  keys: [{ chord: `G ${step.number}`, place: 'everywhere' as const }],
  plan: ({ session: now }) =>
    plan(session({ step: step.id, palette: false, ...(now.step === step.id ? {} : { selection: [] }) }), {
      kind: 'focus',
      name: 'main',
    }),
}))

/** Opens the one box for commands and objects, or closes it. */
export const openPalette: Command = {
  id: 'app.palette',
  category: 'App',
  title: 'Search or run a command',
  keys: [{ chord: 'Mod+K', place: 'everywhere' }],
  plan: ({ session: now }) => plan(session({ palette: !now.palette })),
}

/** Takes back the last own step; what others did since stays. */
export const undo: Command = {
  id: 'app.undo',
  category: 'Edit',
  title: 'Undo',
  keys: [{ chord: 'Mod+Z', place: 'everywhere' }],
  plan: ({ history }) => (history.undo === undefined ? notNow(t('There is nothing to undo.')) : plan({ kind: 'undo' })),
}

/** Does the step again that was taken back last. */
export const redo: Command = {
  id: 'app.redo',
  category: 'Edit',
  title: 'Redo',
  keys: [
    { chord: 'Mod+Shift+Z', place: 'everywhere' },
    { chord: 'Mod+Y', place: 'everywhere' },
  ],
  plan: ({ history }) => (history.redo === undefined ? notNow(t('There is nothing to redo.')) : plan({ kind: 'redo' })),
}

/** Tries again to keep what is not kept: sends what waits, or has the host write once more. */
export const retrySave: Command = {
  id: 'app.retrySave',
  category: 'Edit',
  title: 'Save again',
  plan: ({ session: { save, sync } }) => {
    if (sync.kind === 'offline' || (sync.kind === 'stopped' && sync.waiting > 0)) return plan({ kind: 'retry' })
    if (save.kind === 'failed')
      return plan(ask('room.save', {}, answer => [session({ save: answer }), { kind: 'say', text: savedWords(answer) }]))
    return notNow(t('Nothing waits to be saved again.'))
  },
}

function savedWords(save: SaveState): string {
  return save.kind === 'failed' ? t('Still not saved: {{reason}}', { reason: save.problem.message }) : t('Saved.')
}

/** Does what the button at the top right says. */
export const doNext: Command = {
  id: 'app.next',
  category: 'App',
  title: 'Next best action',
  keys: [{ chord: 'Mod+.', place: 'everywhere' }],
  plan: context => {
    const next = nextAction(context)
    return next.plan(context)
  },
}

/** Shows or hides everything that asks for a look. */
export const toggleDrawer: Command = {
  id: 'app.drawer',
  category: 'View',
  title: 'Problems drawer',
  keys: [{ chord: 'Mod+J', place: 'everywhere' }],
  plan: ({ session: now }) => plan(session({ drawer: !now.drawer }), { kind: 'focus', name: now.drawer ? 'main' : 'problems' }),
}

/** Shows or hides the panel of the selected object. */
export const toggleInspector: Command = {
  id: 'app.inspector',
  category: 'View',
  title: 'Inspector',
  keys: [{ chord: 'Mod+\\', place: 'everywhere' }],
  plan: ({ session: now }) => plan(session({ inspector: !now.inspector })),
}

/** Closes the inspector from inside it: the focus goes back to the object it was about. */
export const closeInspector: Command = {
  id: 'app.closeInspector',
  category: 'View',
  title: 'Close the inspector',
  keys: [{ chord: 'Escape', place: 'sheet' }],
  plan: ({ session: { selection } }) =>
    plan(session({ inspector: false }), { kind: 'focus', name: selection[0] ? `object ${selection[0]}` : 'main' }),
}

/** Shows every key, read from the table of commands. */
export const showKeys: Command = {
  id: 'app.keys',
  category: 'Help',
  title: 'Keyboard shortcuts',
  keys: [{ chord: '?', place: 'everywhere' }],
  plan: () => plan(session({ dialog: { kind: 'shortcuts' } })),
}

/** Back to where one came from, as in a browser. */
export const goBack: Command = {
  id: 'go.back',
  category: 'Go to',
  title: 'Back',
  keys: [{ chord: 'Alt+ArrowLeft', place: 'everywhere' }],
  plan: () => plan({ kind: 'window', what: 'back' }),
}

/** Forward again after going back. */
export const goForward: Command = {
  id: 'go.forward',
  category: 'Go to',
  title: 'Forward',
  keys: [{ chord: 'Alt+ArrowRight', place: 'everywhere' }],
  plan: () => plan({ kind: 'window', what: 'forward' }),
}

/** Focus to the next part of the frame: bars, steps, view, problems, inspector. */
export const nextPane: Command = {
  id: 'go.nextPane',
  category: 'Go to',
  title: 'Next pane',
  keys: [
    { chord: 'F6', place: 'everywhere' },
    { chord: 'Alt+Shift+ArrowRight', place: 'everywhere' },
  ],
  plan: () => plan({ kind: 'window', what: 'nextPane' }),
}

/** Focus to the part of the frame before. */
export const previousPane: Command = {
  id: 'go.previousPane',
  category: 'Go to',
  title: 'Previous pane',
  keys: [
    { chord: 'Shift+F6', place: 'everywhere' },
    { chord: 'Alt+Shift+ArrowLeft', place: 'everywhere' },
  ],
  plan: () => plan({ kind: 'window', what: 'previousPane' }),
}

/** Chooses light, dark, or what the system says. */
export const setTheme: Command<Theme> = {
  id: 'app.setTheme',
  category: 'View',
  title: 'Theme',
  plan: ({ session: now }, theme) => plan(session({ preferences: { ...now.preferences, theme } })),
}

function theme(theme: Theme, title: string): Command {
  return { id: `app.theme.${theme}`, category: 'View', title, plan: context => setTheme.plan(context, theme) }
}

/** The three themes as commands of their own, so that the palette finds them. */
export const THEMES: readonly Command[] = [
  theme('light', 'Light theme'),
  theme('dark', 'Dark theme'),
  theme('system', 'Theme of the system'),
]

/** The window speaks another language from now on; what is stored keeps its own. */
export const setLanguage: Command<Language> = {
  id: 'app.setLanguage',
  category: 'View',
  title: 'Language',
  plan: ({ session: now }, language) =>
    plan(session({ preferences: { ...now.preferences, language }, palette: false }), { kind: 'focus', name: 'language' }),
}

/** Every language as a command of its own, under the name its speakers give it. */
export const LANGUAGE_COMMANDS: readonly Command[] = LANGUAGES.map(({ id, name }) => ({
  id: `app.language.${id}`,
  category: 'View',
  title: `Language: ${name}`,
  plan: context => setLanguage.plan(context, id),
}))

/** Single letters can be switched off, for people whose hands or tools press them by accident (WCAG 2.1.4). */
export const toggleSingleKeys: Command = {
  id: 'app.singleKeys',
  category: 'Help',
  title: 'Switch single-letter shortcuts on or off',
  plan: ({ session: now }) => {
    const singleKeys = !now.preferences.singleKeys
    return plan(session({ preferences: { ...now.preferences, singleKeys } }), {
      kind: 'say',
      text: singleKeys ? t('Single-letter shortcuts are on.') : t('Single-letter shortcuts are off.'),
    })
  },
}

/** Asks for the name that decisions carry. */
export const askPerson: Command = {
  id: 'app.askPerson',
  category: 'App',
  title: 'Your name on decisions…',
  plan: () => plan(session({ dialog: { kind: 'person' } })),
}

/** Keeps the name that decisions carry, in this window only. */
export const setPerson: Command<string> = {
  id: 'app.setPerson',
  category: 'App',
  title: 'Set your name',
  plan: ({ session: now }, person) =>
    person.trim()
      ? plan(session({ preferences: { ...now.preferences, person: person.trim() }, dialog: undefined }))
      : notNow(t('A name is needed: decisions carry it.')),
}

/** Closes the question in front of the view and forgets a file that was only read. */
export const closeDialog: Command = {
  id: 'app.closeDialog',
  category: 'App',
  title: 'Close',
  plan: () => plan(session({ dialog: undefined, importing: undefined })),
}

/** Closes the palette without running anything. */
export const closePalette: Command = {
  id: 'app.closePalette',
  category: 'App',
  title: 'Close the palette',
  plan: () => plan(session({ palette: false })),
}

const REMEMBERED = 8

/** Keeps what was chosen in the palette, so that it stands first the next time. */
export const rememberChoice: Command<string> = {
  id: 'app.remember',
  category: 'App',
  title: 'Remember the choice',
  plan: ({ session: { preferences } }, chosen) => {
    const recent = [chosen, ...preferences.recent.filter(one => one !== chosen)].slice(0, REMEMBERED)
    return plan(session({ preferences: { ...preferences, recent } }))
  },
}

/** Takes a message away that was read. */
export const dismissTrouble: Command = {
  id: 'app.dismiss',
  category: 'App',
  title: 'Dismiss the message',
  plan: () => plan(session({ trouble: undefined })),
}
