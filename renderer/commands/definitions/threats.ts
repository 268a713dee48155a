import { reopen, triageDuplicate, triageNotApplicable, triageReal } from '../../../core/threats/edits.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import type { MergedFinding } from '../../../core/threats/merged.ts'
import { mergedOf } from '../../state/facts.ts'
import { membersOf } from '../../state/merged.ts'
import type { Dialog, FindingFilter } from '../../state/session.ts'
import { counted } from '../../state/words.ts'
import { type Command, type Context, notNow, plan, session, write } from '../command.ts'
import { decideAll, type Step } from '../decide-all.ts'

/** The findings a triage key is about: the marked ones, else the one in the row. Each stands for all that say the same. */
function chosen({ session: now, facts }: Context): readonly MergedFinding[] {
  const ids = now.marked.length > 0 ? now.marked : now.selection.filter(id => id.startsWith('N-')).slice(0, 1)
  return [...new Set(ids.flatMap(id => mergedOf(facts, id) ?? []))]
}

function triageKey(kind: 'real' | 'notApplicable' | 'duplicate', chord: string, title: string): Command {
  return {
    id: `triage.${kind}`,
    category: 'Finding',
    title,
    keys: [{ chord, place: 'findings' }],
    plan: context => {
      const findings = chosen(context).map(({ lead }) => lead.id)
      if (findings.length === 0) return notNow('Choose a finding first.')
      const dialog: Dialog = { kind, findings }
      return plan(session({ dialog }))
    },
  }
}

/** The three decisions as keys on the row in focus or on all marked ones. */
export const TRIAGE_KEYS: readonly Command[] = [
  triageKey('real', 'O', 'Judge real…'),
  triageKey('notApplicable', 'X', 'Judge not applicable…'),
  triageKey('duplicate', 'D', 'Judge a duplicate…'),
]

/** A decision on several findings is one step, written to each of them and to all that say the same. */
function decide({ design, facts }: Context, ids: readonly string[], stepsOf: (merged: MergedFinding) => readonly Step[]) {
  const known = ids.map(id => mergedOf(facts, id))
  const missing = known.indexOf(undefined)
  if (missing >= 0) return notNow(`There is no finding ${ids[missing]} any more.`)
  const all = [...new Set(known)].flatMap(merged => merged ?? [])
  return decideAll(
    design,
    all.map(merged => ({ findings: membersOf(merged), steps: stepsOf(merged) })),
  )
}

const DONE = session({ dialog: undefined, marked: [] })

function decided(ids: readonly string[], word: string) {
  const what = ids.length === 1 ? `${ids[0]}` : counted(ids.length, 'finding')
  return { label: `judge ${what} ${word}`, said: { kind: 'say' as const, text: `${what}: ${word}.` } }
}

/**
 * Judges findings real, which writes one threat for each. Of several that say the same the one already called real stands, else the
 * lead; the others become its duplicates, so that nothing stays open and no threat is there twice.
 */
export const judgeReal: Command<{ readonly findings: readonly string[]; readonly likelihood: number; readonly impact: number }> =
  {
    id: 'triage.realAs',
    category: 'Finding',
    title: 'Judge real',
    plan: (context, { findings, likelihood, impact }) => {
      const { label, said } = decided(findings, 'real')
      const { design, stamp } = context
      const isReal = (finding: Finding) => design.triage[finding.id]?.decision === 'real'
      const edit = decide(context, findings, merged => {
        const members = membersOf(merged)
        const standing = members.find(isReal) ?? merged.lead
        return [standing, ...members.filter(member => member !== standing)].map(
          (finding): Step =>
            now =>
              finding === standing || isReal(finding)
                ? triageReal(now, { finding, likelihood, impact }, stamp)
                : triageDuplicate(now, { finding, of: standing.id }, stamp),
        )
      })
      return write(label, edit, DONE, said)
    },
  }

/** Judges findings not applicable, with one reason for all of them. */
export const judgeNotApplicable: Command<{ readonly findings: readonly string[]; readonly reason: string }> = {
  id: 'triage.notApplicableAs',
  category: 'Finding',
  title: 'Judge not applicable',
  plan: (context, { findings, reason }) => {
    const { label, said } = decided(findings, 'not applicable')
    const edit = decide(context, findings, merged =>
      membersOf(merged).map(finding => now => triageNotApplicable(now, { finding, reason }, context.stamp)),
    )
    return write(label, edit, DONE, said)
  },
}

/** Says that another finding already says this. */
export const judgeDuplicate: Command<{ readonly findings: readonly string[]; readonly of: string }> = {
  id: 'triage.duplicateAs',
  category: 'Finding',
  title: 'Judge a duplicate',
  plan: (context, { findings, of }) => {
    const { label, said } = decided(findings, `a duplicate of ${of}`)
    const edit = decide(context, findings, merged =>
      membersOf(merged).map(finding => now => triageDuplicate(now, { finding, of }, context.stamp)),
    )
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
    if (all.length === 0) return notNow('Choose a finding first.')
    const ids = all.filter(merged => membersOf(merged).some(({ id }) => triage[id])).map(({ lead }) => lead.id)
    if (ids.length === 0) return notNow('There is no decision to take back.')
    const { label, said } = decided(ids, 'undecided')
    const edit = decide(context, ids, merged =>
      membersOf(merged)
        .filter(({ id }) => triage[id])
        .map(finding => now => reopen(now, { finding })),
    )
    return write(label, edit, session({ marked: [] }), said)
  },
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

/** Marks everything that is shown, and nothing else. */
export const markAll: Command<readonly string[]> = {
  id: 'triage.markAll',
  category: 'Finding',
  title: 'Mark all shown',
  plan: (_context, marked) => plan(session({ marked })),
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
export const showCell: Command<{ readonly element: string } & Pick<FindingFilter, 'category' | 'privacy'>> = {
  id: 'triage.showCell',
  category: 'Finding',
  title: 'Show findings of a cell',
  plan: ({ session: now }, cell) => {
    const filter: FindingFilter = { text: '', decided: now.filter.decided, later: true, kept: true, ...cell }
    return plan(session({ filter, marked: [] }), { kind: 'focus', name: 'findings' })
  },
}

/** Shows all findings again. */
export const clearFilter: Command = {
  id: 'triage.clearFilter',
  category: 'Finding',
  title: 'Show all findings',
  plan: ({ session: now }) => {
    const { later, kept, decided } = now.filter
    return plan(session({ filter: { text: '', later, kept, decided } }))
  },
}
