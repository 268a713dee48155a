import type { MenuRow } from '../state/shell.ts'
import { spoken, t } from '../words/translate.ts'
import type { Command } from './command.ts'
import { type GivenKeys, keysOf } from './shortcuts.ts'

const NAMES = spoken({ File: 'File', Edit: 'Edit', View: 'View', Go: 'Go', Prompt: 'Prompt', Help: 'Help' })

/** Which categories of the command table stand under which menu. */
const MENUS: readonly { readonly name: keyof typeof NAMES; readonly categories: readonly string[] }[] = [
  { name: 'File', categories: ['Design', 'App'] },
  { name: 'Edit', categories: ['Edit', 'Requirement', 'Scope', 'Model', 'Finding', 'Threat', 'Mitigation', 'Gate'] },
  { name: 'View', categories: ['View', 'Canvas'] },
  { name: 'Go', categories: ['Go to'] },
  { name: 'Prompt', categories: ['Work item', 'Prompt', 'Checklist', 'Review', 'Report'] },
  { name: 'Help', categories: ['Help'] },
]

function clipboard(): readonly MenuRow[] {
  return [
    { separator: true },
    { label: t('Cut'), role: 'cut' },
    { label: t('Copy'), role: 'copy' },
    { label: t('Paste'), role: 'paste' },
    { label: t('Select all'), role: 'selectAll' },
  ]
}

/** The menu bar of the desktop, read from the table of commands. */
export function menuRows(commands: readonly Command[], given: GivenKeys = {}): readonly MenuRow[] {
  return MENUS.map(({ name, categories }) => {
    const groups = categories
      .map(category => commands.filter(command => command.category === category))
      .filter(group => group.length > 0)
    const items = groups.flatMap((group, index): MenuRow[] => [
      ...(index > 0 ? [{ separator: true } as const] : []),
      ...group.map(command => rowOf(command, given)),
    ])
    return { label: NAMES[name], items: name === 'Edit' ? [...items, ...clipboard()] : items }
  })
}

function rowOf(command: Command, given: GivenKeys): MenuRow {
  const accelerator = acceleratorOf(keysOf(command, given)[0]?.chord)
  return { label: t(command.title), command: command.id, ...(accelerator ? { accelerator } : {}) }
}

/** A chord as Electron writes it, to be shown only; sequences and single letters have no such form. */
function acceleratorOf(chord: string | undefined): string | undefined {
  if (!chord || !/^(Mod|Alt)\+/.test(chord)) return undefined
  return chord.replace('Mod', 'CmdOrCtrl').replace('Arrow', '')
}
