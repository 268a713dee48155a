import type { Control, ControlPack, Mitigation } from '../model/types.ts'
import { type Risk, riskOf } from './risk.ts'

/** Steps that a proven safeguard takes off when its control does not say. */
export const USUAL_REDUCTION = { likelihood: 2, impact: 0 } as const

/** Steps that count less while a mitigation is not yet proven: each missing stage costs one. */
export const DISCOUNT: { readonly [S in Mitigation['status']]: number } = { planned: 2, implemented: 1, verified: 0 }

/** Controls by id. */
export type Controls = ReadonlyMap<string, Control>

/** The first pack that has an id wins, as in controlOf. */
export function controlsById(packs: readonly ControlPack[]): Controls {
  const byId = new Map<string, Control>()
  for (const pack of packs) for (const control of pack.controls) if (!byId.has(control.id)) byId.set(control.id, control)
  return byId
}

/** Whether anything could show that the mitigation is there; without a check it is hope. */
export function isVerifiable(mitigation: Mitigation, controls: Controls): boolean {
  const control = mitigation.control === undefined ? undefined : controls.get(mitigation.control)
  return Object.keys(mitigation.checks ?? {}).length > 0 || (control?.checks.length ?? 0) > 0
}

/** What an AI proposed counts for nothing until a person confirms it. */
export function isConfirmed({ provenance }: Pick<Mitigation, 'provenance'>): boolean {
  return provenance.kind !== 'ai' || provenance.confirmedBy !== undefined
}

/**
 * What is left of a risk. On each axis the strongest mitigation counts, and only that one: two weak safeguards
 * do not make a strong one, and one more never makes it worse. Hope counts as planned, whatever its status says.
 */
export function residualOf(inherent: Risk, mitigations: readonly Mitigation[], controls: Controls): Risk {
  const steps = mitigations.filter(isConfirmed).map(mitigation => stepsOf(mitigation, controls))
  const most = (axis: 'likelihood' | 'impact') => Math.max(0, ...steps.map(step => step[axis]))
  return riskOf(inherent.likelihood - most('likelihood'), inherent.impact - most('impact'))
}

/** Steps one mitigation takes off now. */
export function stepsOf(mitigation: Mitigation, controls: Controls): { readonly likelihood: number; readonly impact: number } {
  const control = mitigation.control === undefined ? undefined : controls.get(mitigation.control)
  const { likelihood = 0, impact = 0 } = control?.reduces ?? USUAL_REDUCTION
  const discount = DISCOUNT[isVerifiable(mitigation, controls) ? mitigation.status : 'planned']
  return { likelihood: Math.max(0, likelihood - discount), impact: Math.max(0, impact - discount) }
}
