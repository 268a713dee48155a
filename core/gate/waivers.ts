import { isSamePerson } from '../mitigations/acceptance.ts'
import type { Policy } from '../model/types.ts'
import { byText } from '../support/order.ts'

/** A rule that does not count somewhere until a day, asked for by one person and approved by another. */
export type PolicyWaiver = NonNullable<Policy['waivers']>[string]

/** A waiver with its key in the policy. */
export type NamedWaiver = { readonly id: string; readonly waiver: PolicyWaiver }

/** All waivers of a policy, ordered by id. */
export function waiversOf(policy: Policy): readonly NamedWaiver[] {
  return Object.entries(policy.waivers ?? {})
    .map(([id, waiver]) => ({ id, waiver }))
    .sort((a, b) => byText(a.id, b.id))
}

/** Why a waiver does not count at that time, or undefined when it does. */
export function waiverFault(waiver: PolicyWaiver, at: string): 'expired' | 'samePerson' | undefined {
  if (isSamePerson(waiver.by, waiver.approver)) return 'samePerson'
  return isExpired(at, waiver.expires) ? 'expired' : undefined
}

/** The first waiver in force for a rule at one of these places. */
export function waiverFor(
  waivers: readonly NamedWaiver[],
  wanted: { readonly rule: string; readonly scopes: readonly (string | undefined)[]; readonly at: string },
): NamedWaiver | undefined {
  return waivers.find(
    ({ waiver }) =>
      waiver.rule === wanted.rule && wanted.scopes.includes(waiver.scope) && waiverFault(waiver, wanted.at) === undefined,
  )
}

/** On the day of its end a thing has ended, as acceptances do. */
export function isExpired(at: string, day: string | undefined): boolean {
  return day !== undefined && !(at.slice(0, 10) < day)
}
