import { useEffect } from 'react'
import { menuRows } from '../commands/menu.ts'
import { perform } from '../commands/perform.ts'
import { COMMANDS } from '../commands/registry.ts'
import { useSession } from '../state/session.ts'
import { shellHere, shellWords } from '../state/shell.ts'
import type { Workbench } from '../state/workbench.ts'

/** Gives the desktop its menu bar and runs what is chosen there. */
export function useShell(workbench: Workbench): void {
  const given = useSession(session => session.preferences.keys)
  useEffect(() => {
    void shellHere()?.call('shell.dress', { menu: menuRows(COMMANDS, given), words: shellWords() })
  }, [given])
  useEffect(() => {
    const shell = shellHere()
    if (!shell) return
    shell.onCommand(id => {
      const command = COMMANDS.find(one => one.id === id)
      if (command) void perform(workbench, command, undefined)
    })
  }, [workbench])
}
