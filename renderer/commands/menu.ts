import type { MenuRow } from '../state/shell.ts'
import type { Command } from './command.ts'

/** Which categories of the command table stand under which menu. */
const MENUS: readonly { readonly label: string; readonly categories: readonly string[] }[] = [
  { label: 'File', categories: ['Design', 'App'] },
  { label: 'Edit', categories: ['Edit', 'Requirement', 'Scope', 'Model', 'Finding', 'Threat', 'Mitigation', 'Gate'] },
  { label: 'View', categories: ['View', 'Canvas'] },
  { label: 'Go', categories: ['Go to'] },
  { label: 'Prompt', categories: ['Work item', 'Prompt', 'Checklist', 'Review', 'Report'] },
  { label: 'Help', categories: ['Help'] },
]

const CLIPBOARD: readonly MenuRow[] = [
  { separator: true },
  { label: 'Cut', role: 'cut' },
  { label: 'Copy', role: 'copy' },
  { label: 'Paste', role: 'paste' },
  { label: 'Select all', role: 'selectAll' },
]

/** The menu bar of the desktop, read from the table of commands. */
export function menuRows(commands: readonly Command[]): readonly MenuRow[] {
  return MENUS.map(({ label, categories }) => {
    const groups = categories
      .map(category => commands.filter(command => command.category === category))
      .filter(group => group.length > 0)
    const items = groups.flatMap((group, index): MenuRow[] => [
      ...(index > 0 ? [{ separator: true } as const] : []),
      ...group.map(rowOf),
    ])
    return { label, items: label === 'Edit' ? [...items, ...CLIPBOARD] : items }
  })
}

function rowOf(command: Command): MenuRow {
  const accelerator = acceleratorOf(command.keys?.[0]?.chord)
  return { label: command.title, command: command.id, ...(accelerator ? { accelerator } : {}) }
}

/** A chord as Electron writes it, to be shown only; sequences and single letters have no such form. */
function acceleratorOf(chord: string | undefined): string | undefined {
  if (!chord || !/^(Mod|Alt)\+/.test(chord)) return undefined
  return chord.replace('Mod', 'CmdOrCtrl').replace('Arrow', '')
}
