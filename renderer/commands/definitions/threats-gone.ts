import { labelOf } from '../../../core/model/lookup.ts'
import { outOfScopeBehind, reassignDecision } from '../../../core/threats/reassign.ts'
import { mergedOf } from '../../state/facts.ts'
import { membersOf } from '../../state/merged.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, plan, session, write } from '../command.ts'
import { DONE } from './threats.ts'

/** Hands the decision on a finding that is gone to a living one of the same rule. */
export const handDecisionOn: Command<{ readonly from: string; readonly to: string }> = {
  id: 'triage.reassignAs',
  category: 'Finding',
  title: 'Hand the decision on',
  plan: (context, { from, to }) => {
    const [gone, heir] = [mergedOf(context.facts, from)?.lead, mergedOf(context.facts, to)]
    const living = heir && membersOf(heir).find(({ rule }) => rule === gone?.rule)
    if (!gone || !living) return notNow(t('There is no finding {{id}} any more.', { id: gone ? to : from }))
    const on = labelOf(context.design, living.subject)
    return write(t('hand {{id}} on', { id: from }), reassignDecision(context.design, { from: gone, to: living }), DONE, {
      kind: 'say',
      text: t('The decision on {{id}} now stands for {{on}}.', { id: from, on }),
    })
  },
}

/** Brings back what a gone finding was about, where the design still holds it: out of scope comes back into scope. */
export const restoreGone: Command<string> = {
  id: 'triage.restore',
  category: 'Finding',
  title: 'Restore',
  plan: ({ design, facts }, id) => {
    const gone = mergedOf(facts, id)?.lead
    if (!gone) return notNow(t('There is no finding {{id}} any more.', { id }))
    const ids = outOfScopeBehind(design, gone)
    if (ids.length === 0) return notNow(t('Nothing in the design brings it back; undo, or hand the decision on.'))
    const names = ids.map(one => labelOf(design, one)).join(', ')
    const changes = ids.map(
      one =>
        ({
          kind: 'patch',
          table: one.startsWith('F-') ? 'flows' : 'elements',
          id: one,
          fields: { outOfScope: undefined },
        }) as const,
    )
    return plan(
      { kind: 'write', label: t('back into scope: {{names}}', { names }), changes },
      { kind: 'say', text: t('{{names}}: in scope again.', { names }) },
    )
  },
}

/** Asks which finding takes over what was decided on one that is gone. */
export const askHeir: Command<string> = {
  id: 'triage.reassign',
  category: 'Finding',
  title: 'Reassign…',
  plan: (_context, finding) => plan(session({ dialog: { kind: 'reassign', finding } })),
}
