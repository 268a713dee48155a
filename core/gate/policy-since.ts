import type { WorkItem, Zone } from '../model/types.ts'
import { isStricter, ZONES } from './floors.ts'
import { allows, type Decision, type Obligations } from './policy.ts'
import type { Use } from './policy-match.ts'

/** How a later policy asks for more than the one an artefact was made under. Nothing that was made is changed by it. */
export type PolicySince = {
  readonly before: Zone
  readonly now: Zone
  /** The rule, floor or tool entry that decides now. */
  readonly from: string
  /** What is asked for besides, as "2 reviewers", "role security", "scan sast". */
  readonly added: readonly string[]
  /** What was made could not be made any more. */
  readonly refuses: boolean
}

/** Undefined where the policy of now asks for no more, or where nobody noted what was decided then. */
export function policySince(before: unknown, now: Decision, operation: WorkItem['operation']): PolicySince | undefined {
  const noted = notedIn(before)
  if (!noted) return undefined
  const added = addedTo(noted.obligations, now.obligations)
  if (!isStricter(now.level, noted.level) && added.length === 0) return undefined
  return { before: noted.level, now: now.level, from: now.floorFrom, added, refuses: !allows(now.level, operation) }
}

/** What a ledger entry says of the use, as far as it says it in the right form: anybody can write a ledger file. */
export function notedUse(payload: Readonly<Record<string, unknown>>): Use {
  const noted = isThing(payload.use) ? payload.use : {}
  const named = (['target', 'tool', 'model', 'by'] as const).flatMap(key => {
    const value = noted[key]
    return typeof value === 'string' ? [[key, value] as const] : []
  })
  const target = typeof payload.target === 'string' ? { target: payload.target } : {}
  return { ...target, ...Object.fromEntries(named) }
}

function notedIn(before: unknown): Pick<Decision, 'level' | 'obligations'> | undefined {
  if (!isThing(before)) return undefined
  const level = ZONES.find(zone => zone === before.level)
  const obligations = isThing(before.obligations) ? before.obligations : {}
  const texts = (value: unknown) => (Array.isArray(value) ? value.filter(one => typeof one === 'string') : [])
  if (level === undefined) return undefined
  return {
    level,
    obligations: {
      reviewers: typeof obligations.reviewers === 'number' ? obligations.reviewers : 0,
      roles: texts(obligations.roles),
      tests: texts(obligations.tests),
      scans: texts(obligations.scans),
    },
  }
}

function addedTo(before: Obligations, now: Obligations): readonly string[] {
  const more = (field: 'roles' | 'tests' | 'scans', word: string) =>
    now[field].filter(one => !before[field].includes(one)).map(one => `${word} ${one}`)
  const reviewers = now.reviewers > before.reviewers ? [now.reviewers === 1 ? '1 reviewer' : `${now.reviewers} reviewers`] : []
  return [...reviewers, ...more('roles', 'role'), ...more('tests', 'test'), ...more('scans', 'scan')]
}

function isThing(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
