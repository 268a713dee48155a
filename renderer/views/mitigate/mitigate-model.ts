import { acceptanceState, daysLeft, warningDay } from '../../../core/mitigations/acceptance.ts'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import { USUAL_REDUCTION } from '../../../core/mitigations/effect.ts'
import type { Estimated, EstimateSource } from '../../../core/mitigations/estimate.ts'
import { ownerships } from '../../../core/mitigations/owners.ts'
import { type Risk, riskOf } from '../../../core/mitigations/risk.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Acceptance, Control, ControlPack, Design } from '../../../core/model/types.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import { t } from '../../words/translate.ts'

/** The answers to a threat in words. */
export function responseName(response: ThreatState['response']): string {
  return {
    open: t('Open'),
    mitigated: t('Mitigated'),
    accepted: t('Accepted'),
    transferred: t('Transferred'),
    avoided: t('Avoided'),
  }[response]
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
export function fitName(fits: ControlChoice['fits']): string {
  return { rule: t('named by the rule'), weakness: t('same weakness'), category: t('same category'), other: '' }[fits]
}

/** Controls that fit closely, or those a typed text names: what the grey suggestion walks through. */
export function suggestionsFor(choices: readonly ControlChoice[], typed: string): readonly ControlChoice[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return choices.filter(choice => choice.fits === 'rule' || choice.fits === 'weakness')
  if (typed.trim().length < 3) return []
  return choices.filter(({ control }) => words.every(word => searchText(control).includes(word)))
}

/** Everything a control is found by: its words, weaknesses, and its numbers in other frameworks. */
export function searchText({ id, title, do: how, cwe, references = [] }: Control): string {
  return [id, title, how, ...cwe, ...references].join(' ').toLowerCase()
}

/** What would be left of the risk once a control is there and shown to be. */
export function riskIfShown(state: ThreatState, control: Control): Risk | undefined {
  if (!state.inherent) return undefined
  const { likelihood = 0, impact = 0 } = control.reduces ?? USUAL_REDUCTION
  const { likelihood: before, impact: grave } = state.inherent
  const now = state.residual ?? state.inherent
  return riskOf(Math.min(now.likelihood, before - likelihood), Math.min(now.impact, grave - impact))
}

/** Who says a number, in words; the finding that is meant is named beside them. */
export function sourceWords({ source, missing }: Estimated): string {
  if (source === 'owasp' && missing) return t('from OWASP factors, {{count}} factors not stated', { count: missing.length })
  return sourceName(source)
}

function sourceName(source: EstimateSource): string {
  return {
    own: t('own estimate'),
    owasp: t('from OWASP factors'),
    cvss: t('from the CVSS vector'),
    triage: t('from the decision on'),
    finding: t('as the rule proposes on'),
  }[source]
}

/** How long an answer still holds, in words and with how much alarm; undefined when it has no end. */
export function endOf(
  acceptance: Acceptance,
  at: string,
): { readonly text: string; readonly tone: 'plain' | 'warn' | 'bad' } | undefined {
  const left = daysLeft(acceptance, at)
  const state = acceptanceState(acceptance, at)
  if (state === 'void') return { text: t('Does not count'), tone: 'bad' }
  if (left === undefined) return undefined
  if (state === 'expired') return { text: t('Ended {{day}}', { day: acceptance.expires ?? '' }), tone: 'bad' }
  return { text: t('{{count}} days left', { count: left }), tone: state === 'expiring' ? 'warn' : 'plain' }
}

/** What an end means for the gate, before it is recorded. */
export function endNote(expires: string): string {
  const warns = warningDay(expires)
  return warns === undefined
    ? t('Warns 14 days before, blocks on the day.')
    : t('Warns from {{warns}}, blocks on {{blocks}}.', { warns, blocks: expires })
}

/** Everybody named in answers and mitigations, for lists that save typing. */
export function knownPeople(design: Design): readonly string[] {
  const names = [
    ...ownerships(design).owners.map(one => one.owner),
    ...rowsOf(design.acceptances).flatMap(row => row.approver ?? []),
  ]
  return [...new Set(names.map(name => name.trim()))].sort()
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

/** A place of the matrix. */
export type Place = { readonly likelihood: number; readonly impact: number }

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

/** Where an arrow leads; undefined for other keys and over the edge. */
export function stepTo({ likelihood, impact }: Place, key: string): Place | undefined {
  const [up, right] = ARROWS[key] ?? []
  if (up === undefined || right === undefined) return undefined
  const to = { likelihood: likelihood + up, impact: impact + right }
  return onScale(to.likelihood) === to.likelihood && onScale(to.impact) === to.impact ? to : undefined
}

/** The place under a point of the matrix, both from 0 to 1 from its upper left; beyond the edge counts as the edge. */
export function placeUnder({ x, y }: { readonly x: number; readonly y: number }): Place {
  return { likelihood: onScale(5 - Math.floor(y * 5)), impact: onScale(Math.floor(x * 5) + 1) }
}

function onScale(value: number): number {
  return Math.min(5, Math.max(1, value))
}
