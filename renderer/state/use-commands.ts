import { useCallback, useSyncExternalStore } from 'react'
import type { Problem } from '../../core/support/result.ts'
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

/** What commands may look at, for views that ask "may I?". */
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

/** Everything that asks for a look: what the design says about itself, and rows that others left unreadable. */
export function useProblems(): readonly Problem[] {
  const { shared } = useWorkbench()
  const facts = useFacts()
  const ofPacks = useSession(session => session.packProblems)
  return [...shared.problems(), ...ofPacks, ...facts.problems()]
}
