import type { Change } from '../model/change.ts'
import { freshId, provenanceOf } from '../model/create.ts'
import { controlOf, labelOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Acceptance, ControlPack, Design, Mitigation, Stamp, Threat } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { isDay, isNobody, isSamePerson } from './acceptance.ts'
import { type ControlSlots, controlText } from './derive.ts'

/** A mitigation to add: a control of a pack put in words, own words, or both. */
export type MitigationInput = {
  readonly threat: string
  /** Id of the control; `packs` must have it. */
  readonly control?: string
  readonly packs?: readonly ControlPack[]
  readonly statement?: string
  /** What the control's text speaks of; by default what the threat threatens. */
  readonly slots?: ControlSlots
  readonly owner?: string
}

/** Something that will be done about a threat; it starts as planned. */
export function addMitigation(design: Design, input: MitigationInput, stamp: Stamp): Result<readonly Change[]> {
  const { threat, owner, packs = [] } = input
  const control = controlOf(packs, input.control)
  if (!design.threats[threat]) return refuseMissing('threat', threat)
  if (input.control !== undefined && !control) return refuseMissing('control', input.control)
  const statement = (input.statement ?? (control ? controlText(control, input.slots ?? slotsOf(design, threat)) : '')).trim()
  if (statement === '')
    return refuse({
      code: 'mitigation.empty',
      at: threat,
      message: 'A mitigation needs a control or words of its own.',
      cure: 'Choose a control, or say what is done.',
    })
  const same = control && rowsOf(design.mitigations).find(row => row.control === control.id && row.threats?.[threat])
  if (same)
    return refuse({
      code: 'mitigation.already',
      at: same.id,
      message: `${same.id} already applies ${control.id} to ${threat}.`,
      cure: 'Change that mitigation, or choose another control.',
    })
  const row: Mitigation = {
    id: freshId(design, 'mitigations', stamp),
    statement,
    threats: { [threat]: true },
    ...(control ? { control: control.id } : {}),
    status: 'planned',
    ...(owner ? { owner } : {}),
    provenance: provenanceOf(stamp),
  }
  return ok([{ kind: 'put', table: 'mitigations', row }])
}

/** Labels of what a threat is about, for the words of a control. */
export function slotsOf(design: Design, threat: string): ControlSlots {
  const row = design.threats[threat]
  const labels = (links: Readonly<Record<string, true>> | undefined) => idsOf(links).map(id => labelOf(design, id))
  const doer = doerOf(design, row)
  const element = doer === undefined ? undefined : labelOf(design, doer)
  const [flow] = labels(row?.flows)
  const data = labels(row?.data).join(', ')
  return { ...(element ? { element } : {}), ...(flow ? { flow } : {}), ...(data ? { data } : {}) }
}

/** Who is to do what a control asks: never one outside our control while the other end of the flow is ours. */
function doerOf(design: Design, threat: Threat | undefined): string | undefined {
  const named = idsOf(threat?.elements)
  const ends = idsOf(threat?.flows).flatMap(id => [design.flows[id]?.target, design.flows[id]?.source])
  const isOurs = (id: string | undefined) => id !== undefined && design.elements[id]?.kind !== 'externalEntity'
  return named.find(isOurs) ?? (named.length > 0 ? ends.find(isOurs) : undefined) ?? named[0]
}

/** How far a mitigation is. An AI may plan one; that it is there, a person says. */
export function setMitigationStatus(
  design: Design,
  input: { readonly mitigation: string; readonly status: Mitigation['status'] },
  stamp: Stamp,
): Result<readonly Change[]> {
  const { mitigation, status } = input
  if (!design.mitigations[mitigation]) return refuseMissing('mitigation', mitigation)
  if (stamp.kind === 'ai' && status !== 'planned') return refuseAi(mitigation)
  return ok([{ kind: 'patch', table: 'mitigations', id: mitigation, fields: { status } }])
}

/** Lets a mitigation answer one more threat, or one less. */
export function linkMitigation(
  design: Design,
  input: { readonly mitigation: string; readonly threat: string; readonly linked: boolean },
): Result<readonly Change[]> {
  const { mitigation, threat, linked } = input
  if (!design.mitigations[mitigation]) return refuseMissing('mitigation', mitigation)
  if (linked && !design.threats[threat]) return refuseMissing('threat', threat)
  const fields = { [`threats/${threat}`]: linked ? true : undefined }
  return ok([{ kind: 'patch', table: 'mitigations', id: mitigation, fields }])
}

/** What a person may rewrite of a mitigation; undefined takes a field away. */
export type MitigationFields = { readonly [F in 'statement' | 'owner' | 'description' | 'checks']?: Mitigation[F] | undefined }

export function editMitigation(
  design: Design,
  input: { readonly mitigation: string; readonly fields: MitigationFields },
): Result<readonly Change[]> {
  const row = design.mitigations[input.mitigation]
  if (!row) return refuseMissing('mitigation', input.mitigation)
  if (({ ...row, ...input.fields }.statement ?? '').trim() === '')
    return refuse({ code: 'mitigation.empty', at: row.id, message: 'A mitigation needs words.', cure: 'Say what is done.' })
  return ok([{ kind: 'patch', table: 'mitigations', id: row.id, fields: input.fields }])
}

/** A person stands behind a mitigation that an AI proposed. */
export function confirmMitigation(
  design: Design,
  input: { readonly mitigation: string },
  stamp: Stamp,
): Result<readonly Change[]> {
  const row = design.mitigations[input.mitigation]
  if (!row) return refuseMissing('mitigation', input.mitigation)
  if (stamp.kind === 'ai') return refuseAi(row.id)
  const provenance = { ...row.provenance, confirmedBy: stamp.by, confirmedAt: stamp.at }
  return ok([{ kind: 'patch', table: 'mitigations', id: row.id, fields: { provenance } }])
}

export function removeMitigation(design: Design, input: { readonly mitigation: string }): Result<readonly Change[]> {
  if (!design.mitigations[input.mitigation]) return refuseMissing('mitigation', input.mitigation)
  return ok([{ kind: 'remove', table: 'mitigations', id: input.mitigation }])
}

/** A threat somebody knowingly lives with, hands on or avoids. */
export type AcceptanceInput = Pick<Acceptance, 'threat' | 'response' | 'reason' | 'owner'> & {
  readonly approver?: string
  /** Last day plus one: on this day it has ended. Required for accept. */
  readonly expires?: string
}

/** Accepts, transfers or avoids a threat; takes the place of an earlier answer of the same sort. */
export function acceptThreat(design: Design, input: AcceptanceInput, stamp: Stamp): Result<readonly Change[]> {
  const { threat, response, expires } = input
  const reason = input.reason.trim()
  const owner = input.owner.trim()
  const approver = input.approver?.trim() ?? ''
  if (!design.threats[threat]) return refuseMissing('threat', threat)
  if (stamp.kind === 'ai') return refuseAi(threat)
  const fault = acceptanceFault({ ...input, reason, owner, approver }, stamp)
  if (fault) return refuse({ at: threat, ...fault })
  const earlier = rowsOf(design.acceptances).filter(row => row.threat === threat && row.response === response)
  const row: Acceptance = {
    id: freshId(design, 'acceptances', stamp),
    response,
    threat,
    reason,
    owner,
    approver,
    ...(expires ? { expires } : {}),
    provenance: provenanceOf(stamp),
  }
  const removed = earlier.map(({ id }) => ({ kind: 'remove', table: 'acceptances', id }) as const)
  return ok([...removed, { kind: 'put', table: 'acceptances', row }])
}

/** Takes an acceptance, transfer or avoidance back; its threat asks again. */
export function withdrawAcceptance(design: Design, input: { readonly acceptance: string }): Result<readonly Change[]> {
  if (!design.acceptances[input.acceptance]) return refuseMissing('acceptance', input.acceptance)
  return ok([{ kind: 'remove', table: 'acceptances', id: input.acceptance }])
}

type Fault = { readonly code: string; readonly message: string; readonly cure: string }

function acceptanceFault({ reason, owner, approver = '', response, expires }: AcceptanceInput, stamp: Stamp): Fault | undefined {
  if (reason === '')
    return {
      code: 'acceptance.noReason',
      message: 'An acceptance needs a reason.',
      cure: 'Say why the rest of the risk can stay.',
    }
  if (isNobody(owner)) return { code: 'acceptance.noOwner', message: 'Nobody carries the risk.', cure: 'Name who does.' }
  if (isNobody(approver))
    return { code: 'acceptance.noApprover', message: 'Nobody agreed.', cure: 'Name a person other than the owner who agrees.' }
  if (isSamePerson(owner, approver))
    return {
      code: 'acceptance.ownApprover',
      message: `${owner} cannot agree to a risk that ${owner} carries.`,
      cure: 'Let another person agree.',
    }
  if (expires === undefined)
    return response === 'accept'
      ? { code: 'acceptance.noExpiry', message: 'An acceptance needs an end.', cure: 'Say until which day it holds.' }
      : undefined
  if (!isDay(expires)) return { code: 'acceptance.noDay', message: `"${expires}" is not a day.`, cure: 'Write it as 2027-01-31.' }
  if (expires <= stamp.at.slice(0, 10))
    return { code: 'acceptance.past', message: `${expires} is not in the future.`, cure: 'Choose a later day.' }
  return undefined
}

function refuseMissing(kind: string, id: string): ReturnType<typeof refuse> {
  return refuse({
    code: `${kind}.missing`,
    at: id,
    message: `There is no ${kind} ${id}.`,
    cure: 'It may have been removed; look again.',
  })
}

function refuseAi(at: string): ReturnType<typeof refuse> {
  return refuse({
    code: 'mitigation.ai',
    at,
    message: 'An AI may propose; only a person accepts a risk or says that something is done.',
    cure: 'Let a person decide.',
  })
}
