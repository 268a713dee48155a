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

type Approvers = Pick<Policy, 'waiverApprovers'>

/** Whether somebody may approve waivers: those whom the policy names, or anyone where it names nobody. */
export function mayApprove({ waiverApprovers = {} }: Approvers, person: string): boolean {
  const names = Object.keys(waiverApprovers)
  return names.length === 0 || names.some(name => isSamePerson(name, person))
}

/** Those who may approve waivers with their roles, as one reads them. */
export function approversText({ waiverApprovers = {} }: Approvers): string {
  return Object.entries(waiverApprovers)
    .map(([name, role]) => `${name} (${role})`)
    .sort(byText)
    .join(', ')
}

/** Why a waiver does not count at that time, or undefined when it does. */
export function waiverFault(
  waiver: PolicyWaiver,
  policy: Approvers,
  at: string,
): 'expired' | 'samePerson' | 'notNamed' | undefined {
  if (isSamePerson(waiver.by, waiver.approver)) return 'samePerson'
  if (!mayApprove(policy, waiver.approver)) return 'notNamed'
  return isExpired(at, waiver.expires) ? 'expired' : undefined
}

/** The first waiver in force for a rule at one of these places. */
export function waiverFor(
  waivers: readonly NamedWaiver[],
  policy: Approvers,
  wanted: { readonly rule: string; readonly scopes: readonly (string | undefined)[]; readonly at: string },
): NamedWaiver | undefined {
  return waivers.find(
    ({ waiver }) =>
      waiver.rule === wanted.rule && wanted.scopes.includes(waiver.scope) && waiverFault(waiver, policy, wanted.at) === undefined,
  )
}

/** On the day of its end a thing has ended, as acceptances do. */
export function isExpired(at: string, day: string | undefined): boolean {
  return day !== undefined && !(at.slice(0, 10) < day)
}

/** A waiver as reports list it: also one that does not count, and why not. */
export type WaiverLine = { readonly id: string } & PolicyWaiver & {
    readonly counts: 'yes' | NonNullable<ReturnType<typeof waiverFault>>
  }

/** All waivers of a policy at a time, ordered by id. */
export function waiverLines(policy: Policy, at: string): readonly WaiverLine[] {
  return waiversOf(policy).map(({ id, waiver }) => ({ id, ...waiver, counts: waiverFault(waiver, policy, at) ?? 'yes' }))
}

/** Whether a waiver counts, in words. */
export const WAIVER_COUNTS: Readonly<Record<WaiverLine['counts'], string>> = {
  yes: 'yes',
  expired: 'no, it has ended',
  samePerson: 'no, one person asked and approved',
  notNamed: 'no, the policy does not name who approved',
}
