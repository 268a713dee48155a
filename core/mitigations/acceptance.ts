import type { Acceptance } from '../model/types.ts'

/** Days before its end when an acceptance starts to warn. */
export const WARNING_DAYS = 14

/** Where an acceptance stands: `void` ones never counted, `expired` ones no longer do. */
export type AcceptanceState = 'inForce' | 'expiring' | 'expired' | 'void'

/** Where an acceptance stands at an instant; on the day of its end it has ended. */
export function acceptanceState(acceptance: Acceptance, at: string): AcceptanceState {
  if (voidBecause(acceptance) !== undefined) return 'void'
  if (acceptance.expires === undefined) return 'inForce'
  const today = at.slice(0, 10)
  if (today >= acceptance.expires) return 'expired'
  return today >= daysBefore(acceptance.expires, WARNING_DAYS) ? 'expiring' : 'inForce'
}

/** Why an acceptance does not count at all; a merge or a file can bring one in that no edit would have made. */
export function voidBecause(acceptance: Acceptance): VoidReason | undefined {
  const { response, owner, approver, expires, provenance } = acceptance
  if (provenance.kind === 'ai' && provenance.confirmedBy === undefined) return 'proposedByAi'
  if (approver === undefined || isNobody(approver)) return 'noApprover'
  if (isSamePerson(owner, approver)) return 'ownApprover'
  if (response === 'accept' && expires === undefined) return 'noExpiry'
  return expires !== undefined && !isDay(expires) ? 'noDay' : undefined
}

export type VoidReason = 'proposedByAi' | 'noApprover' | 'ownApprover' | 'noExpiry' | 'noDay'

/** Whether it still answers its threat. */
export function isInForce(acceptance: Acceptance, at: string): boolean {
  const state = acceptanceState(acceptance, at)
  return state === 'inForce' || state === 'expiring'
}

/** Days until it ends; undefined when it has no end, and none or fewer once it has ended. */
export function daysLeft({ expires }: Acceptance, at: string): number | undefined {
  return expires === undefined ? undefined : daysUntil(expires, at)
}

/** Days from an instant to a day; undefined for what is no day. */
export function daysUntil(day: string, at: string): number | undefined {
  if (!isDay(day)) return undefined
  return (Date.parse(`${day}T00:00:00Z`) - Date.parse(`${at.slice(0, 10)}T00:00:00Z`)) / 86_400_000
}

/** The day from which an end that lies ahead warns; undefined for what is no day. */
export function warningDay(expires: string): string | undefined {
  return isDay(expires) ? daysBefore(expires, WARNING_DAYS) : undefined
}

/** Two spellings of one name are one person, whatever is in it that nobody sees. */
export function isSamePerson(a: string, b: string): boolean {
  return plain(a) === plain(b)
}

/** A name in which there is nothing to see. */
export function isNobody(name: string): boolean {
  return plain(name) === ''
}

function plain(name: string): string {
  const visible = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  return visible.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** Whether a text is a day of the calendar; 2027-02-30 is not. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayText(Date.parse(`${text}T00:00:00Z`)) === text
}

function daysBefore(day: string, days: number): string {
  return dayText(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000)
}

function dayText(time: number): string {
  return Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10)
}
