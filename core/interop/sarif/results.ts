import { wordsOf } from '../../mitigations/categories.ts'
import type { ThreatState } from '../../mitigations/derive.ts'
import { riskOf } from '../../mitigations/risk.ts'
import { hasRow, rowAt } from '../../model/table.ts'
import type { Design, Threat } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import type { Finding } from '../../threats/engine.ts'
import type { Decided } from '../writing/decided.ts'
import { levelOf } from './levels.ts'
import { locationOf, said } from './places.ts'
import { BY_HAND, cweTag } from './rules.ts'

/** A result before its rule has a place in the list. */
export type SarifResult = { readonly ruleId: string } & Readonly<Record<string, unknown>>

/**
 * Threats by id, then findings in the order of the drawing. A finding judged real is told by its threats; one that is kept back by what
 * the design asserts is no result. What people decided against is there and suppressed, with their reason.
 */
export function resultsOf(design: Design, decided: Decided): readonly SarifResult[] {
  const findings = new Map(decided.findings.map(finding => [finding.id, finding]))
  return [
    ...decided.states.map(state => threatResult(design, state, findings)),
    ...decided.findings.flatMap(finding => findingResult(design, finding, decided)),
  ]
}

function findingResult(design: Design, finding: Finding, { answerOf }: Decided): readonly SarifResult[] {
  const answer = answerOf(finding)
  if (answer.kind === 'suppressed' || (answer.kind === 'real' && answer.threats.length > 0)) return []
  const { on, subject } = finding
  const around = on.kind === 'element' ? [on.element] : [on.flow, on.source, on.target]
  return [
    {
      ruleId: finding.rule,
      level: finding.attention === 'now' ? levelOf(riskOf(finding.likelihood, finding.impact).level) : 'note',
      message: { text: said(`${finding.title.replace(/\.$/, '')}. ${finding.description}`) },
      locations: [locationOf(design, [...new Set([subject, ...around, ...finding.crossed])])],
      partialFingerprints: { 'skepticFinding/v1': finding.id },
      ...(answer.kind === 'notApplicable' ? { suppressions: [notApplicable(design, finding.id)] } : {}),
      properties: {
        finding: finding.id,
        attention: finding.attention,
        categories: finding.categories.map(wordsOf),
        tags: finding.cwe.map(cweTag),
        question: said(finding.question),
        controls: finding.controls,
      },
    },
  ]
}

function notApplicable(design: Design, id: string): unknown {
  const triage = rowAt(design.triage, id)
  const other = triage?.duplicateOf
  const reason = other === undefined ? triage?.reason : (triage?.reason ?? `Says the same as ${other}, which does not apply.`)
  return suppression(reason ?? 'Judged not applicable; no reason is given.')
}

function suppression(reason: string): unknown {
  return { kind: 'external', status: 'accepted', justification: said(reason) }
}

/** The level is the inherent risk until every mitigation is done; then the threat counts as answered. */
function threatResult(design: Design, state: ThreatState, findings: ReadonlyMap<string, Finding>): SarifResult {
  const { threat, response, mitigations, acceptance } = state
  const isDone = response === 'mitigated' && mitigations.every(({ status }) => status !== 'planned')
  const isLeft = response === 'accepted' || response === 'transferred' || response === 'avoided'
  return {
    ruleId: ruleOf(threat, findings),
    ...(isDone ? { kind: 'pass', level: 'none' } : { level: levelOf(state.inherent?.level) }),
    message: { text: said([threat.statement, ...answerWords(state)].join(' ')) },
    locations: [locationOf(design, placesOf(design, threat))],
    partialFingerprints: { 'skepticThreat/v1': threat.id },
    ...(isLeft && acceptance ? { suppressions: [suppression(`${wordsOf(response)}: ${acceptance.reason}`)] } : {}),
    properties: {
      threat: threat.id,
      findings: idsOf(threat.findings),
      response,
      categories: [...idsOf(threat.categories), ...idsOf(threat.privacy)].map(wordsOf),
      tags: idsOf(threat.cwe).map(cweTag),
      risk: state.inherent?.level ?? 'unknown',
      residualRisk: state.residual?.level ?? 'unknown',
      mitigations: mitigations.map(({ id, status }) => `${id} ${status}`),
    },
  }
}

function answerWords({ response, mitigations }: ThreatState): readonly string[] {
  if (response === 'open') return ['Nobody has answered this threat.']
  return mitigations.map(({ id, statement, status }) => `${wordsOf(status)} against it: ${id} ${statement}`)
}

/** The rule of its first finding that is found today. */
function ruleOf(threat: Threat, findings: ReadonlyMap<string, Finding>): string {
  const [first] = idsOf(threat.findings).flatMap(id => findings.get(id) ?? [])
  return first?.rule ?? BY_HAND
}

/** Elements before flows; a threat that names neither is shown at its own file. */
function placesOf(design: Design, threat: Threat): readonly string[] {
  const elements = idsOf(threat.elements).filter(id => hasRow(design.elements, id))
  const flows = idsOf(threat.flows).filter(id => hasRow(design.flows, id))
  return elements.length + flows.length > 0 ? [...elements, ...flows] : [threat.id]
}
