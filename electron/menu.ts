import { Menu, type MenuItemConstructorOptions } from 'electron'
import { menuTemplate } from './menu-rows.ts'

/** Shows the menu bar the page described; answers whether it did. A refused menu leaves the one that was there. */
export function showMenu(rows: unknown, choose: (command: string) => void): boolean {
  const template = menuTemplate(rows, choose)
  if (template === undefined) return false
  Menu.setApplicationMenu(Menu.buildFromTemplate([...ofTheSystem(), ...template]))
  return true
}

/** No menu but the page's own: the stock one reloads, opens tools and speaks words that are not ours. */
export function hideMenu(): void {
  const rows = ofTheSystem()
  Menu.setApplicationMenu(rows.length > 0 ? Menu.buildFromTemplate(rows) : null)
}

/** On a Mac the first menu bears the program's name and holds Quit; the system makes it, in its own words. */
function ofTheSystem(): MenuItemConstructorOptions[] {
  return process.platform === 'darwin' ? [{ role: 'appMenu' }] : []
}
