import type { MenuItemConstructorOptions } from 'electron'
import { fieldsOf, isWords } from './read.ts'

type Role = Exclude<MenuItemConstructorOptions['role'], undefined>
type Choose = (command: string) => void

const MOST_ROWS = 100
const DEEPEST = 4

/** What the system does itself. Undo is not among them: the workbench has its own, that never undoes another person's work. */
const ROLES: readonly Role[] = [
  'cut',
  'copy',
  'paste',
  'selectAll',
  'zoomIn',
  'zoomOut',
  'resetZoom',
  'togglefullscreen',
  'minimize',
  'close',
  'hide',
  'hideOthers',
  'unhide',
  'front',
  'services',
  'quit',
]

const ACCELERATOR =
  /^((CmdOrCtrl|CommandOrControl|Cmd|Command|Ctrl|Control|Alt|Option|Shift|Super|Meta)\+){0,4}([A-Z0-9]|F([1-9]|1\d|2[0-4])|[.,;'/\\[\]=`-]|Plus|Space|Tab|Backspace|Delete|Insert|Enter|Return|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc)$/i

/** The system's menu for the rows the page sent, or none if any row is not what it should be: half a menu helps nobody. */
export function menuTemplate(value: unknown, choose: Choose, depth = 1): MenuItemConstructorOptions[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_ROWS || depth > DEEPEST) return undefined
  const rows = value.map(row => rowOf(fieldsOf(row), choose, depth))
  return rows.every(row => row !== undefined) ? rows : undefined
}

function rowOf(row: Readonly<Record<string, unknown>>, choose: Choose, depth: number): MenuItemConstructorOptions | undefined {
  const { label, items, role, separator } = row
  if (separator === true) return { type: 'separator' }
  if (!isWords(label)) return undefined
  if (items !== undefined) {
    const submenu = menuTemplate(items, choose, depth + 1)
    return submenu && { label, submenu }
  }
  if (role !== undefined) {
    const known = ROLES.find(name => name === role)
    return known && { label, role: known }
  }
  return commandRow(label, row, choose)
}

/** Shortcuts are shown, not registered: the page listens for them itself, so that one table decides. */
function commandRow(
  label: string,
  row: Readonly<Record<string, unknown>>,
  choose: Choose,
): MenuItemConstructorOptions | undefined {
  const { command, accelerator, enabled, checked } = row
  if (typeof command !== 'string' || !/^[A-Za-z][\w.-]{0,80}$/.test(command)) return undefined
  if (accelerator !== undefined && !(typeof accelerator === 'string' && ACCELERATOR.test(accelerator))) return undefined
  return {
    label,
    id: command,
    enabled: enabled !== false,
    ...(typeof checked === 'boolean' ? { type: 'checkbox', checked } : {}),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => choose(command),
  }
}
