import type { ThreatState } from '../../../core/mitigations/derive.ts'
import type { Estimated, EstimateSource } from '../../../core/mitigations/estimate.ts'
import type { Control, ControlPack, Design } from '../../../core/model/types.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import { counted } from '../../state/words.ts'

/** The answers to a threat in words. */
export const RESPONSE_NAMES: Readonly<Record<ThreatState['response'], string>> = {
  open: 'Open',
  mitigated: 'Mitigated',
  accepted: 'Accepted',
  transferred: 'Transferred',
  avoided: 'Avoided',
}

/** Threats as a person works them off: unanswered first, then by what risk remains. */
export function inOrderOfNeed(states: readonly ThreatState[]): readonly ThreatState[] {
  const rest = (state: ThreatState) => state.residual?.score ?? state.inherent?.score ?? 0
  return states.toSorted(
    (a, b) =>
      Number(a.response !== 'open') - Number(b.response !== 'open') || rest(b) - rest(a) || (a.threat.id < b.threat.id ? -1 : 1),
  )
}

/** A control and why it is offered. */
export type ControlChoice = { readonly control: Control; readonly fits: 'rule' | 'weakness' | 'category' | 'other' }

/** Controls for a threat: those its rules name, then by weakness, then by category, then all others. */
export function controlChoices(
  packs: readonly ControlPack[],
  state: ThreatState,
  findings: readonly Finding[],
): readonly ControlChoice[] {
  const { threat } = state
  const own = findings.filter(finding => threat.findings?.[finding.id])
  const named = new Set(own.flatMap(finding => finding.controls))
  const cwe = new Set([...Object.keys(threat.cwe ?? {}), ...own.flatMap(finding => finding.cwe)])
  const applied = new Set(state.mitigations.map(mitigation => mitigation.control))
  const fitOf = (control: Control): ControlChoice['fits'] => {
    if (named.has(control.id)) return 'rule'
    if (control.cwe.some(one => cwe.has(one))) return 'weakness'
    const isAlike =
      control.categories.some(category => threat.categories[category]) ||
      control.privacy?.some(category => threat.privacy?.[category])
    return isAlike ? 'category' : 'other'
  }
  return packs
    .flatMap(pack => pack.controls)
    .filter(control => !applied.has(control.id))
    .map(control => ({ control, fits: fitOf(control) }))
    .toSorted((a, b) => FITS.indexOf(a.fits) - FITS.indexOf(b.fits) || (a.control.title < b.control.title ? -1 : 1))
}

const FITS = ['rule', 'weakness', 'category', 'other'] as const

/** Why a control is offered, in words. */
export const FIT_NAMES: Readonly<Record<ControlChoice['fits'], string>> = {
  rule: 'named by the rule',
  weakness: 'same weakness',
  category: 'same category',
  other: '',
}

/** Who says a number, in words; the finding that is meant is named beside them. */
export function sourceWords({ source, missing }: Estimated): string {
  if (source === 'owasp' && missing) return `from OWASP factors, ${counted(missing.length, 'factor')} not stated`
  return SOURCE_NAMES[source]
}

const SOURCE_NAMES: Readonly<Record<EstimateSource, string>> = {
  own: 'own estimate',
  owasp: 'from OWASP factors',
  cvss: 'from the CVSS vector',
  triage: 'from the decision on',
  finding: 'as the rule proposes on',
}

/** Where each threat stands in the matrix, before and after; keys are "likelihood impact". */
export function matrixPlaces(states: readonly ThreatState[]): ReadonlyMap<string, { before: number; after: number }> {
  const places = new Map<string, { before: number; after: number }>()
  const at = (risk: { readonly likelihood: number; readonly impact: number }) => {
    const key = `${risk.likelihood} ${risk.impact}`
    const place = places.get(key) ?? { before: 0, after: 0 }
    places.set(key, place)
    return place
  }
  for (const state of states) {
    if (state.inherent) at(state.inherent).before++
    if (state.residual) at(state.residual).after++
  }
  return places
}

/** The day half a year after a day, for the expiry a form proposes. */
export function halfYearAfter(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + 6)
  return date.toISOString().slice(0, 10)
}

/** What a threat is about, as ids for chips. */
export function aboutOf(design: Design, state: ThreatState): readonly string[] {
  const { elements, flows, data } = state.threat
  return [...Object.keys(elements ?? {}), ...Object.keys(flows ?? {}), ...Object.keys(data ?? {})].filter(
    id => design.elements[id] ?? design.flows[id] ?? design.data[id],
  )
}
