import { ok, refuse } from '../../../core/support/result.ts'
import type { Handlers } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { keptStates } from '../kept-states.ts'

/** What was kept of the past of this design, here and in git. */
export function stateCalls({ room }: Desk): Pick<Handlers, 'states.list' | 'states.keep' | 'design.revisions'> {
  return {
    'states.list': async () => ok({ states: keptStates(room.folder) }),
    'states.keep': async ({ why }) => {
      const digest = await room.keep(why)
      return digest === undefined ? refuse(NOT_KEPT) : ok({ digest })
    },
    'design.revisions': async () => {
      const { revisionsOf } = await import('../git-revisions.ts')
      return ok(await revisionsOf(room.folder))
    },
  }
}

const NOT_KEPT = {
  code: 'states.notKept',
  message: 'The design as it is now could not be kept.',
  cure: 'Look in the status bar for what is wrong with saving. Undo still works.',
}
