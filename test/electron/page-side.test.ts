import { expect, test } from 'vitest'
import { readWords } from '../../electron/dialogs.ts'
import { menuTemplate } from '../../electron/menu-rows.ts'
import { PORT_MESSAGE, type Shell } from '../../electron/shell.ts'
import { menuRows } from '../../renderer/commands/menu.ts'
import { COMMANDS } from '../../renderer/commands/registry.ts'
import * as page from '../../renderer/state/shell.ts'

// Shell and page may not import each other; what they agreed on is held together here, by the type checker and by these tests.
test('the page knows the shell as it is', () => {
  const known = (shell: Shell): page.Shell => shell
  expect(known).toBeTypeOf('function')
  expect(page.PORT_MESSAGE).toBe(PORT_MESSAGE)
})

test('the menu of the command table is one the shell shows, with no command in it twice', () => {
  const template = menuTemplate(menuRows(COMMANDS), () => {})
  const rows = (template ?? []).flatMap(({ submenu }) => submenu as { readonly id?: string }[])
  const shown = rows.flatMap(({ id }) => id ?? [])
  expect(shown.length).toBeGreaterThan(20)
  expect(shown.length).toBe(new Set(shown).size)
})

test('its words are ones the shell shows', () => {
  expect(readWords(page.shellWords())).toEqual(page.shellWords())
})
