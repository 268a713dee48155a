import { GROUPS } from '../../../core/checklists/derive.ts'
import { howOf } from '../../../core/checklists/how.ts'
import { type ChecklistSince, countChecksSince } from '../../../core/checklists/since.ts'
import type { Check, Expression } from '../../../core/model/types.ts'
import type { SealState } from '../../ui/seal.tsx'
import { t } from '../../words/translate.ts'

/** The groups of checks in words. */
export function groupName(group: NonNullable<Check['group']>): string {
  switch (group) {
    case 'requirement':
      return t('Requirements')
    case 'threat':
      return t('Threats and controls')
    case 'contract':
      return t('The change itself')
    case 'dependency':
      return t('Dependencies')
    case 'scan':
      return t('Scans')
    case 'review':
      return t('Review')
    default:
      return t('Watching it run')
  }
}

/** Checks that a reviewer works off together. */
export type CheckGroup = { readonly title: string; readonly checks: readonly Check[] }

/** Checks in the groups and the order in which a reviewer works. */
export function checkGroups(checks: readonly Check[]): readonly CheckGroup[] {
  return GROUPS.flatMap(group => {
    const own = checks.filter(check => (check.group ?? 'contract') === group)
    return own.length > 0 ? [{ title: groupName(group), checks: own }] : []
  })
}

/** Checks that decide themselves, and those somebody has to look at. */
export type CheckHalf = { readonly title: string; readonly checks: readonly Check[]; readonly groups: readonly CheckGroup[] }

/** First what evidence decides, then what is decided by eye; a half without checks is left out. */
export function checkHalves(checks: readonly Check[]): readonly CheckHalf[] {
  const machine = checks.filter(isMachine)
  const eye = checks.filter(check => !isMachine(check))
  return [
    { title: t('Automatic'), checks: machine, groups: checkGroups(machine) },
    { title: t('By eye'), checks: eye, groups: checkGroups(eye) },
  ].filter(half => half.checks.length > 0)
}

/** Whether evidence decides the check. */
export function isMachine(check: Check): boolean {
  return check.how === 'machine'
}

/** How a check is decided, in the words of the evidence; where people look, `whoWords` says which. */
export function howWords(check: Check): string {
  if (!check.verify || check.verify.signoff) return t('look')
  return howOf(check).replaceAll('`', '')
}

/** Who decides it: a report, or people of a role. */
export function whoWords(check: Check): string {
  const signoff = signoffIn(check.verify)
  if (!signoff) return isMachine(check) ? t('evidence') : t('a reviewer')
  if (signoff.role !== 'reviewer') return t('somebody who answers for {{role}}', { role: signoff.role })
  return t('{{count}} reviewers', { count: signoff.count })
}

function signoffIn(expression: Expression | undefined): Expression['signoff'] {
  if (!expression) return undefined
  if (expression.signoff) return expression.signoff
  for (const inner of [...(expression.all ?? []), ...(expression.any ?? [])]) {
    const found = signoffIn(inner)
    if (found) return found
  }
  return undefined
}

/** How grave a check is, in words. */
export function severityName(severity: Check['severity']): string {
  return severity === 'blocker' ? t('Blocker') : severity === 'major' ? t('Major') : t('Minor')
}

/** Whether the checklist is still the one that was judged, or that went out with the last prompt. */
export function checklistSeal(since: ChecklistSince | undefined, promptIsStale: boolean | undefined): SealState {
  if (since) return since.isSame ? { kind: 'fresh' } : { kind: 'stale', changes: countChecksSince(since) }
  if (promptIsStale === undefined) return { kind: 'unused' }
  return promptIsStale ? { kind: 'stale', changes: undefined } : { kind: 'fresh' }
}
