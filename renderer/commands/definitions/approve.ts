import { rowsOf } from '../../../core/model/table.ts'
import { approveSome, isOnlyProposed, type LeftOut } from '../../../core/requirements/approve-some.ts'
import type { Problem, Result } from '../../../core/support/result.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Context, type Effect, notNow, plan, session } from '../command.ts'

/** Marks a requirement for an approval in bulk, or unmarks it. */
export const toggleRequirement: Command<string> = {
  id: 'requirement.mark',
  category: 'Requirement',
  title: 'Mark for an approval in bulk',
  plan: ({ session: { markedRequirements: marked } }, id) =>
    plan(session({ markedRequirements: marked.includes(id) ? marked.filter(one => one !== id) : [...marked, id] })),
}

/** Unmarks what was marked. */
export const clearRequirementMarks: Command = {
  id: 'requirement.clearMarks',
  category: 'Requirement',
  title: 'Unmark all requirements',
  plan: ({ session: { markedRequirements } }) =>
    markedRequirements.length > 0 ? plan(session({ markedRequirements: [] }), FOCUS) : notNow(t('Nothing is marked.')),
}

/** Puts the marked requirements in force, as one step; what lacks something is named and left as it is. */
export const approveMarked: Command = {
  id: 'requirement.approveMarked',
  category: 'Requirement',
  title: 'Approve marked requirements',
  plan: context => {
    const ids = context.session.markedRequirements.filter(id => context.design.requirements[id]?.status === 'draft')
    return ids.length > 0 ? approve(context, ids, []) : notNow(t('Mark a draft first.'))
  },
}

/**
 * Puts every draft in force that lacks nothing, as one step. What an AI proposed and nobody confirmed is not confirmed by the way: it
 * is named, to be read and approved on its own.
 */
export const approveReady: Command = {
  id: 'requirement.approveReady',
  category: 'Requirement',
  title: 'Approve all that are ready',
  plan: context => {
    const drafts = rowsOf(context.design.requirements).filter(row => row.status === 'draft')
    if (drafts.length === 0) return notNow(t('There is no draft to approve.'))
    const proposed = drafts.filter(isOnlyProposed)
    return approve(
      context,
      drafts.filter(row => !proposed.includes(row)).map(row => row.id),
      proposed.map(({ id }) => ({ id, problems: [{ code: PROPOSED, severity: 'error', message: '' }] })),
    )
  },
}

const PROPOSED = 'requirement.proposedOnly'
const FOCUS: Effect = { kind: 'focus', name: 'requirements' }

function approve({ design, stamp }: Context, ids: readonly string[], kept: readonly LeftOut[]): Result<readonly Effect[]> {
  const { changes, approved, leftOut } = approveSome(design, { ids }, stamp)
  const left = leftOutWords([...leftOut, ...kept])
  if (approved.length === 0) return notNow(`${t('None is ready.')} ${left}`)
  const what = t('{{count}} requirements', { count: approved.length })
  const said = `${t('Approved {{what}}.', { what })} ${left}`.trim()
  return plan(
    { kind: 'write', label: t('approve {{what}}', { what }), changes },
    session({ step: 'scope', markedRequirements: [] }),
    FOCUS,
    { kind: 'say', text: said },
  )
}

/** Ids named before the rest is only counted. */
const MOST = 6

function leftOutWords(left: readonly LeftOut[]): string {
  if (left.length === 0) return ''
  const names = left.slice(0, MOST).map(({ id, problems }) => `${id} (${problems.map(lackWord).join(', ')})`)
  const more = left.length > MOST ? `, ${t('and {{count}} more', { count: left.length - MOST })}` : ''
  return t('Left out: {{names}}.', { names: `${names.join(', ')}${more}` })
}

function lackWord({ code, message }: Problem): string {
  const words: Readonly<Record<string, string>> = {
    'requirement.id': t('no proper id'),
    'requirement.noActor': t('no actor'),
    'requirement.noVerification': t('no way to show it'),
    'requirement.retired': t('retired'),
    [PROPOSED]: t('proposed by an AI, not confirmed'),
  }
  return words[code] ?? message
}
