import { useCallback, useSyncExternalStore } from 'react'
import type { Command, Context, History } from '../commands/command.ts'
import { contextOf } from '../commands/context.ts'
import { perform } from '../commands/perform.ts'
import { coreOf } from './core-of.ts'
import { type Facts, factsOf } from './facts.ts'
import { useSession } from './session.ts'
import { useDesign, useWorkbench } from './workbench.ts'

type Run = <In>(command: Command<In>, ...input: In extends void ? [] : [In]) => void

/** Runs commands of this window. */
export function useRun(): Run {
  const workbench = useWorkbench()
  return useCallback<Run>((command, ...input) => void perform(workbench, command, input[0] as never), [workbench])
}

/** Whether commands would do something now; draws again only when an answer changes. */
export function useAllowed(commands: readonly Command[]): readonly boolean[] {
  const workbench = useWorkbench()
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = [workbench.shared.subscribe(listener), useSession.subscribe(listener)]
      return () => leave.forEach(one => void one())
    },
    [workbench],
  )
  const answers = useSyncExternalStore(subscribe, () => {
    const context = contextOf(workbench)
    return commands.map(command => (command.plan(context).ok ? '1' : '0')).join('')
  })
  return [...answers].map(answer => answer === '1')
}

/** Everything commands may look at. It draws again with every change of anything: for what is open only for a moment. */
export function useContextNow(): Context {
  const workbench = useWorkbench()
  useDesign()
  useSession()
  return contextOf(workbench)
}

/** What follows from the design. */
export function useFacts(): Facts {
  const design = useDesign()
  const now = useSession(session => session.now)
  const packs = useSession(session => session.packs)
  return factsOf(coreOf(design), now, packs)
}

/** Labels of the next undo and redo. */
export function useHistory(): History {
  const { shared } = useWorkbench()
  return useSyncExternalStore(shared.subscribe, shared.steps)
}
