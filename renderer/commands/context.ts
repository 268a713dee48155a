import { coreOf } from '../state/core-of.ts'
import { factsOf } from '../state/facts.ts'
import { minuteOf, useSession } from '../state/session.ts'
import type { Workbench } from '../state/workbench.ts'
import type { Context } from './command.ts'

/** What a plan may look at, as of this moment: here the window's clock and chance enter. */
export function contextOf({ shared }: Pick<Workbench, 'shared'>): Context {
  const session = useSession.getState()
  const design = shared.read()
  return {
    design,
    session,
    facts: factsOf(coreOf(design), session.now, session.packs),
    stamp: { at: secondOf(new Date()), by: session.preferences.person, random: Math.random },
    history: shared.steps(),
  }
}

function secondOf(instant: Date): string {
  return `${minuteOf(instant).slice(0, 17)}${String(instant.getUTCSeconds()).padStart(2, '0')}Z`
}
