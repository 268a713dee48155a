import type { Slice } from '../gate/slice.ts'
import type { Design } from '../model/types.ts'
import { byText } from '../support/order.ts'

/** Somebody agreed to what a prompt leaves open, until a day: a threat that is lived with, or a policy rule that does not count. */
export type Approval = {
  readonly id: string
  readonly kind: 'acceptance' | 'waiver'
  readonly by: string
  readonly until?: string
}

/** The approvals that a slice rests on; acceptances first, each by id. */
export function approvalsOf(
  design: Design,
  { acceptances, decision }: Pick<Slice, 'acceptances' | 'decision'>,
): readonly Approval[] {
  const accepted = acceptances.flatMap((id): Approval[] => {
    const { approver, expires } = design.acceptances[id] ?? {}
    return approver === undefined
      ? []
      : [{ id, kind: 'acceptance', by: approver, ...(expires === undefined ? {} : { until: expires }) }]
  })
  const waivers = design.policy.policy?.waivers ?? {}
  const waived = (decision.waiver?.split(', ') ?? []).flatMap((id): Approval[] => {
    const waiver = Object.hasOwn(waivers, id) ? waivers[id] : undefined
    return waiver ? [{ id, kind: 'waiver', by: waiver.approver, until: waiver.expires }] : []
  })
  return [...accepted, ...waived]
}

/** The first day on which something that a slice rests on ends; also what nobody approved can end. */
export function lastDayOf(design: Design, slice: Pick<Slice, 'acceptances' | 'decision'>): string | undefined {
  const days = [
    ...slice.acceptances.map(id => design.acceptances[id]?.expires),
    ...approvalsOf(design, slice).map(approval => approval.until),
  ]
  return days.filter(day => day !== undefined).sort(byText)[0]
}
