import { rowsOf } from '../model/table.ts'
import type { Acceptance, Control, Design, Mitigation, Packs, Threat } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { idsOf } from '../support/order.ts'
import { deriveFindings, type Finding, type Findings, findingsById } from '../threats/engine.ts'
import { isInForce } from './acceptance.ts'
import { type Controls, controlsById, isConfirmed, isVerifiable, residualOf } from './effect.ts'
import { type Estimate, estimateOf, type Judged } from './estimate.ts'
import { type Risk, riskOf } from './risk.ts'

/** A threat, what is done about it, and the risk before and after. */
export type ThreatState = {
  readonly threat: Threat
  /** Where the numbers of the inherent risk came from; one side may be known alone. */
  readonly estimate: Estimate
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
  const derived = deriveFindings(design, packs.rules)
  const { threats, mitigations, acceptances, triage } = design
  return derive(threats, mitigations, acceptances, triage, derived, controlsOf(packs.controls), at.slice(0, 10))
}

const controlsOf = memoLast(controlsById)

const derive = memoLast(
  (
    threats: Design['threats'],
    mitigations: Design['mitigations'],
    acceptances: Design['acceptances'],
    triage: Design['triage'],
    derived: Findings,
    controls: Controls,
    today: string,
  ): readonly ThreatState[] => {
    const answers = mitigationsByThreat(mitigations)
    const accepted = acceptancesByThreat(acceptances)
    const rows = rowsOf(threats)
    const states = rows.map(threat => {
      const given = [answers.get(threat.id), accepted.get(threat.id), controls, today, ...decisionsOn(threat, triage)]
      const before = known.get(threat)
      if (before && isSame(before.given, given)) return before.state
      let readsFindings = false
      const state = stateOf(threat, {
        estimate: estimateOf(threat, {
          triaged: () => gravest(threat, id => triage[id]),
          found: () => {
            readsFindings = true
            return gravest(threat, id => findingFor(threat, id, { derived, triage }))
          },
        }),
        mitigations: answers.get(threat.id) ?? [],
        acceptance: telling(accepted.get(threat.id) ?? [], today),
        controls,
        today,
      })
      // What findings say may change with any edit, so only what rests on decisions is kept.
      if (!readsFindings) known.set(threat, { given, state })
      return state
    })
    if (last && isSame(last, states)) return last
    last = states
    return states
  },
)

/** States by the row of their threat, with what they were made of: after an edit most threats are as they were. */
const known = new WeakMap<Threat, { readonly given: readonly unknown[]; readonly state: ThreatState }>()
/** The last answer, given again while no state in it changed. */
let last: readonly ThreatState[] | undefined

function decisionsOn(threat: Threat, triage: Design['triage']): readonly unknown[] {
  return Object.keys(threat.findings ?? {}).map(id => triage[id])
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}

type Answers = {
  readonly estimate: Estimate
  readonly mitigations: readonly Mitigation[]
  readonly acceptance: Acceptance | undefined
  readonly controls: Controls
  readonly today: string
}

const RESPONSES = { accept: 'accepted', transfer: 'transferred', avoid: 'avoided' } as const

function stateOf(threat: Threat, { estimate, mitigations, acceptance, controls, today }: Answers): ThreatState {
  const { likelihood, impact } = estimate
  const inherent = likelihood && impact && riskOf(likelihood.value, impact.value)
  const counting = mitigations.filter(isConfirmed)
  const inForce = acceptance && isInForce(acceptance, today) ? acceptance : undefined
  return {
    threat,
    estimate,
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

/** What is said of the findings of a threat, the gravest of it. */
function gravest(
  threat: Threat,
  said: (finding: string) => { readonly likelihood?: number; readonly impact?: number } | undefined,
): Judged | undefined {
  const judged = idsOf(threat.findings).flatMap(finding => {
    const { likelihood, impact } = said(finding) ?? {}
    return likelihood === undefined || impact === undefined ? [] : [{ finding, likelihood, impact }]
  })
  const score = (one: Judged) => riskOf(one.likelihood, one.impact).score
  return judged.reduce<Judged | undefined>((a, b) => (a && score(a) >= score(b) ? a : b), undefined)
}

/** A finding of a threat, looked for where the threat and the decision say it is before all findings are made. */
function findingFor(
  { flows, elements }: Threat,
  id: string,
  { derived, triage }: { readonly derived: Findings; readonly triage: Design['triage'] },
): Finding | undefined {
  const { flow, element } = triage[id]?.subject ?? {}
  for (const place of [flow, element, ...idsOf(flows), ...idsOf(elements)]) {
    const finding = place === undefined ? undefined : derived.on(place).find(one => one.id === id)
    if (finding) return finding
  }
  return findingsById(derived.findings).get(id)
}

/** The acceptance in force; of several, or of none in force, the one that lasts longest. */
function telling(acceptances: readonly Acceptance[], today: string): Acceptance | undefined {
  const inForce = acceptances.filter(acceptance => isInForce(acceptance, today))
  const candidates = inForce.length > 0 ? inForce : acceptances
  const lasts = ({ expires = '9999-12-31' }: Acceptance) => expires
  return candidates.reduce<Acceptance | undefined>((a, b) => (a && lasts(a) >= lasts(b) ? a : b), undefined)
}

const mitigationsByThreat = memoLast((mitigations: Design['mitigations']): ReadonlyMap<string, readonly Mitigation[]> => {
  const byThreat = new Map<string, Mitigation[]>()
  for (const mitigation of rowsOf(mitigations))
    for (const threat of Object.keys(mitigation.threats ?? {})) push(byThreat, threat, mitigation)
  return byThreat
})

const acceptancesByThreat = memoLast((acceptances: Design['acceptances']) =>
  groupBy(rowsOf(acceptances), acceptance => acceptance.threat),
)

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
