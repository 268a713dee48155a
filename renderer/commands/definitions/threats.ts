import { applyChanges, type Change } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import { reopen, triageDuplicate, triageNotApplicable, triageReal } from '../../../core/threats/edits.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import { findingOf } from '../../state/facts.ts'
import type { Dialog, FindingFilter } from '../../state/session.ts'
import { counted } from '../../state/words.ts'
import { type Command, type Context, notNow, plan, session, write } from '../command.ts'

/** The findings a triage key is about: the marked ones, else the one in the row. */
function chosen({ session: now, facts }: Context): readonly Finding[] {
  const ids = now.marked.length > 0 ? now.marked : now.selection.filter(id => id.startsWith('N-')).slice(0, 1)
  return ids.flatMap(id => findingOf(facts, id) ?? [])
}

function triageKey(kind: 'real' | 'notApplicable' | 'duplicate', chord: string, title: string): Command {
  return {
    id: `triage.${kind}`,
    category: 'Finding',
    title,
    keys: [{ chord, place: 'findings' }],
    plan: context => {
      const findings = chosen(context).map(finding => finding.id)
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

/** A decision on several findings is one step, written to each of them. */
function decideAll(
  { design, facts }: Context,
  ids: readonly string[],
  edit: (design: Design, finding: Finding) => Result<readonly Change[]>,
): Result<readonly Change[]> {
  const changes: Change[] = []
  let now = design
  for (const id of ids) {
    const finding = findingOf(facts, id)
    const one = finding ? edit(now, finding) : notNow(`There is no finding ${id} any more.`)
    if (!one.ok) return one
    changes.push(...one.value)
    now = applyChanges(now, one.value)
  }
  return ok(changes)
}

const DONE = session({ dialog: undefined, marked: [] })

function decided(ids: readonly string[], word: string) {
  const what = ids.length === 1 ? `${ids[0]}` : counted(ids.length, 'finding')
  return { label: `judge ${what} ${word}`, said: { kind: 'say' as const, text: `${what}: ${word}.` } }
}

/** Judges findings real, which writes their threats. */
export const judgeReal: Command<{ readonly findings: readonly string[]; readonly likelihood: number; readonly impact: number }> =
  {
    id: 'triage.realAs',
    category: 'Finding',
    title: 'Judge real',
    plan: (context, { findings, likelihood, impact }) => {
      const { label, said } = decided(findings, 'real')
      return write(
        label,
        decideAll(context, findings, (design, finding) => triageReal(design, { finding, likelihood, impact }, context.stamp)),
        DONE,
        said,
      )
    },
  }

/** Judges findings not applicable, with one reason for all of them. */
export const judgeNotApplicable: Command<{ readonly findings: readonly string[]; readonly reason: string }> = {
  id: 'triage.notApplicableAs',
  category: 'Finding',
  title: 'Judge not applicable',
  plan: (context, { findings, reason }) => {
    const { label, said } = decided(findings, 'not applicable')
    return write(
      label,
      decideAll(context, findings, (design, finding) => triageNotApplicable(design, { finding, reason }, context.stamp)),
      DONE,
      said,
    )
  },
}

/** Says that another finding already says this. */
export const judgeDuplicate: Command<{ readonly findings: readonly string[]; readonly of: string }> = {
  id: 'triage.duplicateAs',
  category: 'Finding',
  title: 'Judge a duplicate',
  plan: (context, { findings, of }) => {
    const { label, said } = decided(findings, `a duplicate of ${of}`)
    return write(
      label,
      decideAll(context, findings, (design, finding) => triageDuplicate(design, { finding, of }, context.stamp)),
      DONE,
      said,
    )
  },
}

/** Takes decisions back; the findings ask again. */
export const reopenChosen: Command = {
  id: 'triage.reopen',
  category: 'Finding',
  title: 'Take the decision back',
  keys: [{ chord: 'S', place: 'findings' }],
  plan: context => {
    const ids = chosen(context).map(finding => finding.id)
    if (ids.length === 0) return notNow('Choose a finding first.')
    const { label, said } = decided(ids, 'undecided')
    return write(
      label,
      decideAll(context, ids, (design, finding) => reopen(design, { finding })),
      session({ marked: [] }),
      said,
    )
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

/** Narrows what is shown; what was marked before is not, for it may be out of sight. */
export const filterFindings: Command<Partial<FindingFilter>> = {
  id: 'triage.filter',
  category: 'Finding',
  title: 'Filter findings',
  plan: ({ session: now }, filter) => plan(session({ filter: { ...now.filter, ...filter } as FindingFilter, marked: [] })),
}

/** Shows only what the map's cell counts. */
export const showCell: Command<{ readonly element: string; readonly category: NonNullable<FindingFilter['category']> }> = {
  id: 'triage.showCell',
  category: 'Finding',
  title: 'Show findings of a cell',
  plan: ({ session: now }, cell) =>
    plan(session({ filter: { ...now.filter, ...cell, text: '', later: true }, marked: [] }), { kind: 'focus', name: 'findings' }),
}

/** Shows all findings again. */
export const clearFilter: Command = {
  id: 'triage.clearFilter',
  category: 'Finding',
  title: 'Show all findings',
  plan: ({ session: now }) => plan(session({ filter: { text: '', later: now.filter.later, decided: now.filter.decided } })),
}
