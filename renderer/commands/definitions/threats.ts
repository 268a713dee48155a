import { addedId } from '../../../core/dfd/edits.ts'
import { acceptThreat } from '../../../core/mitigations/edits.ts'
import type { Standing } from '../../../core/mitigations/standing.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Category } from '../../../core/model/types.ts'
import { ok } from '../../../core/support/result.ts'
import { addThreat, editThreat, reopen } from '../../../core/threats/edits.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import type { MergedFinding } from '../../../core/threats/merged.ts'
import { outOfScopeBehind, reassignDecision } from '../../../core/threats/reassign.ts'
import { type SentenceParts, sentenceFields } from '../../../core/threats/sentence.ts'
import { decideTogether, type Said } from '../../../core/threats/together.ts'
import { mergedOf } from '../../state/facts.ts'
import { gravest, lastReasonFor, membersOf } from '../../state/merged.ts'
import type { Dialog, FindingFilter, SentenceAsked } from '../../state/session.ts'
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

function chooseFirst() {
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
function decide({ design, facts }: Context, ids: readonly string[], stepsOf: (merged: MergedFinding) => readonly Step[]) {
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

const DONE = session({ dialog: undefined, marked: [] })

function decided(ids: readonly string[], word: string) {
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
function realAsProposed(context: Context, merged: MergedFinding): Step {
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

/** Puts a suggestion in own words before it is taken. */
export const writeFinding: Command = {
  id: 'triage.write',
  category: 'Finding',
  title: 'Write it in own words…',
  keys: [{ chord: 'Enter', place: 'row' }],
  plan: context => {
    const [id] = context.session.selection
    if (id !== undefined && context.design.threats[id]) return plan(session({ dialog: { kind: 'sentence', threat: id } }))
    const merged = id === undefined ? undefined : mergedOf(context.facts, id)
    if (!merged) return chooseFirst()
    if (merged.lead.applicability === 'gone') return plan(session({ dialog: { kind: 'reassign', finding: merged.lead.id } }))
    const ids = membersOf(merged).map(member => member.id)
    const threat = rowsOf(context.design.threats).find(row => ids.some(one => row.findings?.[one]))
    const asked: SentenceAsked = threat ? { threat: threat.id } : { finding: merged.lead.id }
    return plan(session({ dialog: { kind: 'sentence', ...asked } }))
  },
}

/** Keys of a row that has the focus; elsewhere they keep their usual meaning. */
export const ROW_KEYS: readonly Command[] = [takeFinding, leaveFinding, writeFinding]

/** Opens the sentence of a new threat, about a place where one is known. */
export const writeNewThreat: Command = {
  id: 'triage.newThreat',
  category: 'Finding',
  title: 'Write a threat…',
  keys: [{ chord: 'N', place: 'findings' }],
  plan: () => plan(session({ step: 'threats', dialog: { kind: 'sentence' } })),
}

/** Opens the sentence for a threat, a finding, or a place and a category. */
export const askSentence: Command<SentenceAsked> = {
  id: 'triage.askSentence',
  category: 'Finding',
  title: 'Write a threat about this',
  plan: (_context, asked) => plan(session({ dialog: { kind: 'sentence', ...asked } })),
}

/** A threat as it was put: its sentence, its parts, and its category where no finding gives one. */
export type Written = {
  readonly asked: SentenceAsked
  readonly statement: string
  readonly parts: SentenceParts
  readonly category: Category
}

/** Writes a threat: judges its finding real first where there is one, all in one step. */
export const writeThreat: Command<Written> = {
  id: 'triage.writeAs',
  category: 'Finding',
  title: 'Write a threat',
  plan: (context, { asked, statement, parts, category }) => {
    const { design, stamp } = context
    const fields = { statement: statement.trim(), ...sentenceFields(parts) }
    if (asked.threat !== undefined)
      return write(t('edit {{id}}', { id: asked.threat }), editThreat(design, { threat: asked.threat, fields }), DONE, {
        kind: 'say',
        text: t('Changed {{id}}.', { id: asked.threat }),
      })
    if (asked.finding === undefined) {
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
      const edit = addThreat(design, { ...given, statement: fields.statement, categories: { [category]: true } }, stamp)
      const id = (edit.ok ? addedId(edit.value) : undefined) ?? ''
      return write(
        t('add threat'),
        edit,
        session({ dialog: undefined, marked: [], filter: { text: '', standing: 'open' }, selection: [id] }),
        {
          kind: 'focus',
          name: `object ${id}`,
        },
      )
    }
    const { label, said } = decided([asked.finding], t('real'))
    const edit = decide(context, [asked.finding], merged => [
      realAsProposed(context, merged),
      now => {
        const ids = membersOf(merged).map(({ id }) => id)
        const threat = rowsOf(now.threats).find(row => ids.some(id => row.findings?.[id]))
        return threat ? editThreat(now, { threat: threat.id, fields }) : ok([])
      },
    ])
    return write(label, edit, DONE, said)
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

/** Marks a finding for a decision in bulk, or unmarks it. */
export const toggleMark: Command<string> = {
  id: 'triage.mark',
  category: 'Finding',
  title: 'Mark for a decision in bulk',
  plan: ({ session: now }, id) => {
    const marked = now.marked.includes(id) ? now.marked.filter(one => one !== id) : [...now.marked, id]
    return plan(session({ marked, selection: [id] }))
  },
}

/** Marks exactly these, and says how many; the last one is where the focus is. */
export const markRange: Command<{ readonly ids: readonly string[]; readonly at: string }> = {
  id: 'triage.markRange',
  category: 'Finding',
  title: 'Mark from here to there',
  plan: (_context, { ids, at }) =>
    plan(session({ marked: ids, selection: [at] }), { kind: 'say', text: t('{{count}} marked', { count: ids.length }) }),
}

/** Marks everything that is shown, and nothing else. */
export const markAll: Command<readonly string[]> = {
  id: 'triage.markAll',
  category: 'Finding',
  title: 'Mark all shown',
  plan: (_context, marked) => plan(session({ marked })),
}

/** Unmarks what was marked. */
export const clearMarks: Command = {
  id: 'triage.clearMarks',
  category: 'Finding',
  title: 'Unmark all findings',
  keys: [{ chord: 'Escape', place: 'findings' }],
  plan: ({ session: { marked } }) =>
    marked.length > 0
      ? plan(session({ marked: [] }), { kind: 'say', text: t('Nothing is marked.') })
      : notNow(t('Nothing is marked.')),
}

/** What a filter is to become; undefined takes a part away. */
export type FilterChange = { readonly [F in keyof FindingFilter]?: FindingFilter[F] | undefined }

/** Narrows what is shown; what was marked before is not, for it may be out of sight. */
export const filterFindings: Command<FilterChange> = {
  id: 'triage.filter',
  category: 'Finding',
  title: 'Filter findings',
  plan: ({ session: now }, filter) => plan(session({ filter: { ...now.filter, ...filter } as FindingFilter, marked: [] })),
}

/** Shows only what the map's cell counts. */
export const showCell: Command<
  { readonly element: string; readonly standing?: Standing } & Pick<FindingFilter, 'category' | 'privacy'>
> = {
  id: 'triage.showCell',
  category: 'Finding',
  title: 'Show findings of a cell',
  plan: (_context, { standing = 'all' as const, ...cell }) =>
    plan(session({ filter: { text: '', standing, ...cell }, marked: [] }), { kind: 'focus', name: 'findings' }),
}

/** Asks for the reason why nothing of a cell that is undecided applies there. */
export const dismissCell: Command<readonly Finding[]> = {
  id: 'triage.dismissCell',
  category: 'Finding',
  title: 'Judge a cell not applicable…',
  plan: (_context, findings) =>
    findings.length > 0
      ? plan(session({ dialog: { kind: 'notApplicable', findings: findings.map(({ id }) => id) } }))
      : notNow(t('Nothing here is undecided.')),
}

/** Shows all findings again. */
export const clearFilter: Command = {
  id: 'triage.clearFilter',
  category: 'Finding',
  title: 'Show all findings',
  plan: () => plan(session({ filter: { text: '', standing: 'all' } })),
}
