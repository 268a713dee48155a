import { GROUPS } from '../../../core/checklists/derive.ts'
import type { Check } from '../../../core/model/types.ts'

/** The groups of checks in words. */
export const GROUP_NAMES: Readonly<Record<NonNullable<Check['group']>, string>> = {
  requirement: 'Requirements',
  threat: 'Threats and controls',
  contract: 'The change itself',
  dependency: 'Dependencies',
  scan: 'Scans',
  review: 'Review',
  monitoring: 'Watching it run',
}

/** Checks that a reviewer works off together. */
export type CheckGroup = { readonly title: string; readonly checks: readonly Check[] }

/** Checks in the groups and the order in which a reviewer works. */
export function checkGroups(checks: readonly Check[]): readonly CheckGroup[] {
  return GROUPS.flatMap(group => {
    const own = checks.filter(check => (check.group ?? 'contract') === group)
    return own.length > 0 ? [{ title: GROUP_NAMES[group], checks: own }] : []
  })
}

/** Whether evidence decides the check. */
export function isMachine(check: Check): boolean {
  return check.how === 'machine'
}
