import type { Standing } from '../../../core/mitigations/standing.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import type { FindingFilter } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, plan, session } from '../command.ts'

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
