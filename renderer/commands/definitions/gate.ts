import type { GateProblem } from '../../../core/gate/evaluate.ts'
import { type Command, plan, session } from '../command.ts'
import { goToObject } from './select.ts'

/** Goes to the place where a problem is cured. */
export const goToProblem: Command<Pick<GateProblem, 'at'> & { readonly fix?: { readonly kind: string; readonly id: string } }> = {
  id: 'gate.goTo',
  category: 'Gate',
  title: 'Go to the problem',
  plan: (context, problem) => {
    const kind = problem.fix?.kind
    if (kind === 'drawModel') return plan(session({ step: 'model', modelView: 'canvas' }), { kind: 'focus', name: 'canvas' })
    if (kind === 'addRequirement') return plan(session({ step: 'scope' }), { kind: 'focus', name: 'new-requirement' })
    const id = problem.fix?.id ?? problem.at
    return id === undefined ? plan(session({ step: 'gate' })) : goToObject.plan(context, id)
  },
}
