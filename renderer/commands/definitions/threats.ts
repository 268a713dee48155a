import { acceptThreat } from '../../../core/mitigations/edits.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { ok } from '../../../core/support/result.ts'
import { reopen } from '../../../core/threats/edits.ts'
import type { MergedFinding } from '../../../core/threats/merged.ts'
import { decideTogether, type Said } from '../../../core/threats/together.ts'
import { mergedOf } from '../../state/facts.ts'
import { gravest, lastReasonFor, membersOf } from '../../state/merged.ts'
import type { Dialog } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, notNow, plan, session, write } from '../command.ts'
import { decideAll, type Step } from '../decide-all.ts'

/** The findings a triage key is about: the marked ones, else the one in the row. Each stands for all that say the same. */
function chosen({ session: now, facts }: Context): readonly MergedFinding[] {
  const ids = now.marked.length > 0 ? now.marked : now.selection.filter(id => id.startsWith('N-')).slice(0, 1)
  return [...new Set(ids.flatMap(id => mergedOf(facts, id) ?? []))]
}

/** Those of the chosen ones that can still be decided. */
function alive(context: Context): readonly MergedFinding[] {
  return chosen(context).filter(({ lead }) => lead.applicability !== 'gone')
}

/** Why a key on a finding does nothing yet. */
export function chooseFirst() {
  return notNow(t('Choose a finding first.'))
}

type Asking = 'real' | 'notApplicable' | 'duplicate' | 'acceptRisk'

function triageKey(kind: Asking, chord: string, title: string): Command {
  return {
    id: `triage.${kind}`,
    category: 'Finding',
    title,
    keys: [{ chord, place: 'findings' }],
    plan: context => {
      const findings = alive(context).map(({ lead }) => lead.id)
      if (findings.length === 0) return chooseFirst()
      const dialog: Dialog = { kind, findings }
      return plan(session({ dialog }))
    },
  }
}

/** The decisions as keys on the row in focus or on all marked ones. */
export const TRIAGE_KEYS: readonly Command[] = [
  triageKey('real', 'O', 'Judge real…'),
  triageKey('acceptRisk', 'A', 'Judge real and accept…'),
  triageKey('notApplicable', 'X', 'Judge not applicable…'),
  triageKey('duplicate', 'D', 'Judge a duplicate…'),
]

/** A decision on several findings is one step, written to each of them and to all that say the same. */
export function decide({ design, facts }: Context, ids: readonly string[], stepsOf: (merged: MergedFinding) => readonly Step[]) {
  const known = ids.map(id => mergedOf(facts, id))
  const missing = known.indexOf(undefined)
  if (missing >= 0) return notNow(t('There is no finding {{id}} any more.', { id: ids[missing] ?? '' }))
  const all = [...new Set(known)].flatMap(merged => merged ?? [])
  return decideAll(
    design,
    all.map(merged => ({ findings: membersOf(merged), steps: stepsOf(merged) })),
  )
}

/** What is said of findings shown as one, by the one rule that the command line asks too. */
function together({ stamp }: Context, merged: MergedFinding, said: Said): Step {
  return now => decideTogether(now, { findings: membersOf(merged), said }, stamp)
}

/** After a decision its dialog is closed and nothing is marked. */
export const DONE = session({ dialog: undefined, marked: [] })

/** A decision as undo names it and as it is read aloud. */
export function decided(ids: readonly string[], word: string) {
  const what = ids.length === 1 ? `${ids[0]}` : t('{{count}} findings', { count: ids.length })
  return {
    label: t('judge {{what}} {{word}}', { what, word }),
    said: { kind: 'say' as const, text: t('{{what}}: {{word}}.', { what, word }) },
  }
}

/**
 * Judges findings real, which writes one threat for each. Of several that say the same the one of which a threat speaks stands, else
 * the lead; the others become its duplicates, so that nothing stays open and no threat is there twice.
 */
export const judgeReal: Command<{ readonly findings: readonly string[]; readonly likelihood: number; readonly impact: number }> =
  {
    id: 'triage.realAs',
    category: 'Finding',
    title: 'Judge real',
    plan: (context, { findings, likelihood, impact }) => {
      const { label, said } = decided(findings, t('real'))
      const edit = decide(context, findings, merged => [together(context, merged, { decision: 'real', likelihood, impact })])
      return write(label, edit, DONE, said)
    },
  }

/** Judges findings not applicable, with one reason for all of them. */
export const judgeNotApplicable: Command<{ readonly findings: readonly string[]; readonly reason: string }> = {
  id: 'triage.notApplicableAs',
  category: 'Finding',
  title: 'Judge not applicable',
  plan: (context, { findings, reason }) => {
    const { label, said } = decided(findings, t('not applicable'))
    const edit = decide(context, findings, merged => [together(context, merged, { decision: 'notApplicable', reason })])
    return write(label, edit, DONE, said)
  },
}

/** Says that another finding already says this. */
export const judgeDuplicate: Command<{ readonly findings: readonly string[]; readonly of: string }> = {
  id: 'triage.duplicateAs',
  category: 'Finding',
  title: 'Judge a duplicate',
  plan: (context, { findings, of }) => {
    const { label, said } = decided(findings, t('a duplicate of {{of}}', { of }))
    const edit = decide(context, findings, merged => [together(context, merged, { decision: 'duplicate', of })])
    return write(label, edit, DONE, said)
  },
}

/** Living with what is real: the judgement and the acceptance in one step, one reason for all. */
export type AcceptRisk = {
  readonly findings: readonly string[]
  readonly reason: string
  readonly owner: string
  readonly approver: string
  readonly expires: string
}

/** Judges findings real as their rules propose, and accepts the threats they make, with one reason, owner and end for all. */
export const acceptRisk: Command<AcceptRisk> = {
  id: 'triage.acceptRiskAs',
  category: 'Finding',
  title: 'Judge real and accept',
  plan: (context, { findings, ...answer }) => {
    const { label, said } = decided(findings, t('real and accepted'))
    const edit = decide(context, findings, merged => [
      realAsProposed(context, merged),
      now => {
        const ids = membersOf(merged).map(({ id }) => id)
        const threats = rowsOf(now.threats).filter(threat => ids.some(id => threat.findings?.[id]))
        const all = threats.map(({ id: threat }) => acceptThreat(now, { ...answer, threat, response: 'accept' }, context.stamp))
        const refused = all.find(one => !one.ok)
        return refused ?? ok(all.flatMap(one => (one.ok ? one.value : [])))
      },
    ])
    return write(label, edit, DONE, said)
  },
}

/** Real with the numbers of the rule; a decision that is there keeps its own. */
export function realAsProposed(context: Context, merged: MergedFinding): Step {
  const before = membersOf(merged).flatMap(({ id }) => context.design.triage[id] ?? [])
  const real = before.find(row => row.decision === 'real')
  const likelihood = real?.likelihood ?? gravest([merged], 'likelihood')
  const impact = real?.impact ?? gravest([merged], 'impact')
  return together(context, merged, { decision: 'real', likelihood, impact })
}

/** Of the chosen findings those that still ask; a suggestion is taken or left, a decision is not made again by the way. */
function suggested(context: Context): readonly MergedFinding[] {
  const { triage } = context.design
  return alive(context).filter(merged => membersOf(merged).some(({ id }) => !triage[id]))
}

/** Takes a suggestion: real, as likely and as bad as its rule says. */
export const takeFinding: Command = {
  id: 'triage.accept',
  category: 'Finding',
  title: 'Take it: it is real',
  keys: [{ chord: 'Tab', place: 'row' }],
  plan: context => {
    const all = suggested(context)
    if (all.length === 0) return notNow(t('Choose an undecided finding first.'))
    const ids = all.map(({ lead }) => lead.id)
    const { label, said } = decided(ids, t('real'))
    return write(
      label,
      decide(context, ids, merged => [realAsProposed(context, merged)]),
      session({ marked: [] }),
      said,
    )
  },
}

/** Leaves a suggestion: not applicable. It asks for a reason where none was given for the same rule yet. */
export const leaveFinding: Command = {
  id: 'triage.dismiss',
  category: 'Finding',
  title: 'Leave it: not applicable',
  keys: [{ chord: 'Backspace', place: 'row' }],
  plan: context => {
    const all = suggested(context)
    if (all.length === 0) return notNow(t('Choose an undecided finding first.'))
    const ids = all.map(({ lead }) => lead.id)
    const reasons = new Map(all.map(merged => [merged, lastReasonFor(context.design, [merged])]))
    if ([...reasons.values()].includes('')) return plan(session({ dialog: { kind: 'notApplicable', findings: ids } }))
    const { label } = decided(ids, t('not applicable'))
    const edit = decide(context, ids, merged => [
      together(context, merged, { decision: 'notApplicable', reason: reasons.get(merged) ?? '' }),
    ])
    const [first] = all
    const said =
      first && all.length === 1
        ? t('{{id}}: not applicable, for the reason given before: {{reason}}', {
            id: first.lead.id,
            reason: reasons.get(first) ?? '',
          })
        : t('{{count}} findings: not applicable, each for the reason given before.', { count: all.length })
    return write(label, edit, session({ marked: [] }), { kind: 'say', text: said })
  },
}

/** Takes decisions back; the findings ask again. */
export const reopenChosen: Command = {
  id: 'triage.reopen',
  category: 'Finding',
  title: 'Take the decision back',
  keys: [{ chord: 'S', place: 'findings' }],
  plan: context => {
    const { triage } = context.design
    const all = chosen(context)
    if (all.length === 0) return chooseFirst()
    const ids = all.filter(merged => membersOf(merged).some(({ id }) => triage[id])).map(({ lead }) => lead.id)
    if (ids.length === 0) return notNow(t('There is no decision to take back.'))
    const { label, said } = decided(ids, t('undecided'))
    const edit = decide(context, ids, merged =>
      membersOf(merged)
        .filter(({ id }) => triage[id])
        .map(finding => now => reopen(now, { finding })),
    )
    return write(label, edit, session({ marked: [] }), said)
  },
}
