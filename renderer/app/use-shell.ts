import { useEffect } from 'react'
import { menuRows } from '../commands/menu.ts'
import { perform } from '../commands/perform.ts'
import { COMMANDS } from '../commands/registry.ts'
import { SHELL_WORDS, shellHere } from '../state/shell.ts'
import type { Workbench } from '../state/workbench.ts'

/** Gives the desktop its menu bar and runs what is chosen there. */
export function useShell(workbench: Workbench): void {
  useEffect(() => {
    const shell = shellHere()
    if (!shell) return
    void shell.call('shell.dress', { menu: menuRows(COMMANDS), words: SHELL_WORDS })
    shell.onCommand(id => {
      const command = COMMANDS.find(one => one.id === id)
      if (command) void perform(workbench, command, undefined)
    })
  }, [workbench])
}
