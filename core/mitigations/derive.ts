import { rowsOf } from '../model/lookup.ts'
import type { Acceptance, Control, Design, Mitigation, Packs, Threat } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { deriveFindings, type Finding, findingsById } from '../threats/engine.ts'
import { isInForce } from './acceptance.ts'
import { type Controls, controlsById, isConfirmed, isVerifiable, residualOf } from './effect.ts'
import { type Risk, riskOf } from './risk.ts'

/** A threat, what is done about it, and the risk before and after. */
export type ThreatState = {
  readonly threat: Threat
  /** Undefined when nobody estimated it and no finding stands behind it. */
  readonly inherent: Risk | undefined
  readonly residual: Risk | undefined
  readonly response: 'open' | 'mitigated' | 'accepted' | 'transferred' | 'avoided'
  readonly mitigations: readonly Mitigation[]
  /** The acceptance in force; else the latest that no longer is. */
  readonly acceptance?: Acceptance
  /** Whether checks could show every mitigation that counts; false when there is none. */
  readonly verifiable: boolean
}

/** Every threat with its state, by id. Accepting, transferring and avoiding say who answers; they take nothing off the risk. */
export function threatStates(design: Design, packs: Pick<Packs, 'rules' | 'controls'>, at: string): readonly ThreatState[] {
  const { findings } = deriveFindings(design, packs.rules)
  const { threats, mitigations, acceptances, triage } = design
  return derive(threats, mitigations, acceptances, triage, findings, controlsOf(packs.controls), at.slice(0, 10))
}

const controlsOf = memoLast(controlsById)

const derive = memoLast(
  (
    threats: Design['threats'],
    mitigations: Design['mitigations'],
    acceptances: Design['acceptances'],
    triage: Design['triage'],
    findings: readonly Finding[],
    controls: Controls,
    today: string,
  ): readonly ThreatState[] => {
    const answers = mitigationsByThreat(mitigations)
    const accepted = groupBy(rowsOf(acceptances), acceptance => acceptance.threat)
    const byId = findingsById(findings)
    return rowsOf(threats).map(threat =>
      stateOf(threat, {
        inherent: inherentOf(threat, triage, byId),
        mitigations: answers.get(threat.id) ?? [],
        acceptance: telling(accepted.get(threat.id) ?? [], today),
        controls,
        today,
      }),
    )
  },
)

type Answers = {
  readonly inherent: Risk | undefined
  readonly mitigations: readonly Mitigation[]
  readonly acceptance: Acceptance | undefined
  readonly controls: Controls
  readonly today: string
}

const RESPONSES = { accept: 'accepted', transfer: 'transferred', avoid: 'avoided' } as const

function stateOf(threat: Threat, { inherent, mitigations, acceptance, controls, today }: Answers): ThreatState {
  const counting = mitigations.filter(isConfirmed)
  const inForce = acceptance && isInForce(acceptance, today) ? acceptance : undefined
  return {
    threat,
    inherent,
    residual: inherent && residualOf(inherent, mitigations, controls),
    response: isConfirmed(threat) ? responseOf(inForce, counting) : 'open',
    mitigations,
    ...(acceptance ? { acceptance } : {}),
    verifiable: counting.length > 0 && counting.every(mitigation => isVerifiable(mitigation, controls)),
  }
}

function responseOf(inForce: Acceptance | undefined, counting: readonly Mitigation[]): ThreatState['response'] {
  if (inForce) return RESPONSES[inForce.response]
  return counting.length > 0 ? 'mitigated' : 'open'
}

/**
 * A person's own estimate stands as it was given, else the gravest triage of its findings, else the gravest of the
 * findings themselves (which never fall below what their data demands). An estimate below the data's class is not
 * changed behind anybody's back; checks.ts says so.
 */
function inherentOf(threat: Threat, triage: Design['triage'], findings: ReadonlyMap<string, Finding>): Risk | undefined {
  const ids = Object.keys(threat.findings ?? {}).sort()
  const triaged = gravest(ids.map(id => triage[id]))
  const found = triaged ?? gravest(ids.map(id => findings.get(id)))
  const likelihood = threat.likelihood ?? found?.likelihood
  const impact = threat.impactScale ?? found?.impact
  return likelihood === undefined || impact === undefined ? undefined : riskOf(likelihood, impact)
}

function gravest(
  estimates: readonly ({ readonly likelihood?: number; readonly impact?: number } | undefined)[],
): Risk | undefined {
  const risks = estimates.flatMap(estimate =>
    estimate?.likelihood === undefined || estimate.impact === undefined ? [] : [riskOf(estimate.likelihood, estimate.impact)],
  )
  return risks.reduce<Risk | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
}

/** The acceptance in force; of several, or of none in force, the one that lasts longest. */
function telling(acceptances: readonly Acceptance[], today: string): Acceptance | undefined {
  const inForce = acceptances.filter(acceptance => isInForce(acceptance, today))
  const candidates = inForce.length > 0 ? inForce : acceptances
  const lasts = ({ expires = '9999-12-31' }: Acceptance) => expires
  return candidates.reduce<Acceptance | undefined>((a, b) => (a && lasts(a) >= lasts(b) ? a : b), undefined)
}

function mitigationsByThreat(mitigations: Design['mitigations']): ReadonlyMap<string, readonly Mitigation[]> {
  const byThreat = new Map<string, Mitigation[]>()
  for (const mitigation of rowsOf(mitigations))
    for (const threat of Object.keys(mitigation.threats ?? {})) push(byThreat, threat, mitigation)
  return byThreat
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) push(groups, keyOf(row), row)
  return groups
}

function push<Row>(groups: Map<string, Row[]>, key: string, row: Row): void {
  const group = groups.get(key)
  if (group) group.push(row)
  else groups.set(key, [row])
}

/** Labels of what a control is applied to. */
export type ControlSlots = { readonly element?: string; readonly flow?: string; readonly data?: string }

const NEUTRAL = { element: 'the component', flow: 'the data flow', data: 'the data' } as const

/** The control as a requirement on these objects; what is not named is called by a neutral word. */
export function controlText(control: Control, slots: ControlSlots): string {
  const text = control.requirement.replace(
    /\{(element|flow|data)\}/g,
    (_, name: keyof ControlSlots) => slots[name] ?? NEUTRAL[name],
  )
  return /^\{/.test(control.requirement) && text.startsWith('the ') ? `T${text.slice(1)}` : text
}
