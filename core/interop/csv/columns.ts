import { highestClass } from '../../dfd/data-class.ts'
import { LINDDUN, STRIDE, wordsOf } from '../../mitigations/categories.ts'
import type { ThreatState } from '../../mitigations/derive.ts'
import { riskOf } from '../../mitigations/risk.ts'
import { labelOf } from '../../model/lookup.ts'
import { rowAt } from '../../model/table.ts'
import type { Check, Design } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import type { Finding } from '../../threats/engine.ts'
import { checksByThreat, type Decided } from '../writing/decided.ts'

/** One threat or one finding, as the columns read it. */
export type Line =
  | { readonly kind: 'threat'; readonly state: ThreatState }
  | { readonly kind: 'finding'; readonly finding: Finding }

/** What the columns need besides the line. */
export type Ground = {
  readonly design: Design
  readonly decided: Decided
  readonly checks: ReadonlyMap<string, readonly Check[]>
}

export function groundOf(design: Design, decided: Decided): Ground {
  return { design, decided, checks: checksByThreat(decided) }
}

type Column = (line: Line, ground: Ground) => readonly string[]

/** The columns in their order: heading to the values of one cell. Nothing known is an empty cell, never a guess. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  Kind: ({ kind }) => [kind],
  Id: line => [line.kind === 'threat' ? line.state.threat.id : line.finding.id],
  Statement: line => [line.kind === 'threat' ? line.state.threat.statement : line.finding.title],
  Description: line => some(line.kind === 'threat' ? line.state.threat.description : line.finding.description),
  STRIDE: line => STRIDE.filter(name => categoriesOf(line).includes(name)).map(wordsOf),
  Privacy: line => LINDDUN.filter(name => privacyOf(line).includes(name)).map(wordsOf),
  CWE: line => (line.kind === 'threat' ? idsOf(line.state.threat.cwe) : line.finding.cwe),
  'Object ids': line => objectsOf(line),
  Objects: (line, { design }) => objectsOf(line).map(id => labelOf(design, id)),
  'Data ids': (line, ground) => dataOf(line, ground),
  Data: (line, ground) => dataOf(line, ground).map(id => labelOf(ground.design, id)),
  'Highest data class': (line, ground) =>
    some(highestClass(ground.design, Object.fromEntries(dataOf(line, ground).map(id => [id, true])))),
  'Boundary ids': line => (line.kind === 'finding' ? line.finding.crossed : []),
  Boundaries: (line, { design }) => (line.kind === 'finding' ? line.finding.crossed.map(id => labelOf(design, id)) : []),
  Rule: line => (line.kind === 'finding' ? [line.finding.rule] : []),
  Attention: line => (line.kind === 'finding' ? [line.finding.attention] : []),
  Decision: (line, ground) => [decisionOn(line, ground)],
  Reason: (line, ground) => reasonOf(line, ground),
  Likelihood: (line, ground) => some(estimateOf(line, ground).likelihood),
  Impact: (line, ground) => some(estimateOf(line, ground).impact),
  'Risk before': (line, ground) => some(riskBefore(line, ground)),
  'Risk after': line => some(line.kind === 'threat' ? line.state.residual?.level : undefined),
  'Mitigation ids': line => mitigationsOf(line).map(({ id }) => id),
  Mitigations: line => mitigationsOf(line).map(({ statement, status }) => `${statement} (${status})`),
  'Check ids': (line, ground) => checksOf(line, ground).map(({ id }) => id),
  Checks: (line, ground) => checksOf(line, ground).map(({ statement }) => statement),
  Owner: line => ownersOf(line),
  'Approved by': line => some(line.kind === 'threat' ? line.state.acceptance?.approver : undefined),
  Until: line => some(line.kind === 'threat' ? line.state.acceptance?.expires : undefined),
  'Decided by': (line, { design }) => some(triageOf(line, design)?.by),
  'Decided at': (line, { design }) => some(triageOf(line, design)?.at),
  'Related ids': (line, ground) => relatedTo(line, ground),
}

function some(value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [String(value)]
}

function categoriesOf(line: Line): readonly string[] {
  return line.kind === 'threat' ? idsOf(line.state.threat.categories) : line.finding.categories
}

function privacyOf(line: Line): readonly string[] {
  return line.kind === 'threat' ? idsOf(line.state.threat.privacy) : (line.finding.privacy ?? [])
}

/** What is threatened; of a finding its subject first, then the flow and its ends. */
function objectsOf(line: Line): readonly string[] {
  if (line.kind === 'threat') return [...idsOf(line.state.threat.elements), ...idsOf(line.state.threat.flows)]
  const { on, subject } = line.finding
  return [...new Set([subject, ...(on.kind === 'element' ? [on.element] : [on.flow, on.source, on.target])])]
}

/** Data that a threat names; of a finding, what its flow carries or its element stores. */
function dataOf(line: Line, { design }: Ground): readonly string[] {
  if (line.kind === 'threat') return idsOf(line.state.threat.data)
  const { on } = line.finding
  return idsOf(on.kind === 'element' ? rowAt(design.elements, on.element)?.data : rowAt(design.flows, on.flow)?.data)
}

function triageOf(line: Line, design: Design) {
  return line.kind === 'finding' ? rowAt(design.triage, line.finding.id) : undefined
}

const ANSWERS = {
  undecided: 'undecided',
  hanging: 'undecided',
  suppressed: 'kept back',
  notApplicable: 'not applicable',
  real: 'real',
}

function decisionOn(line: Line, { design, decided }: Ground): string {
  if (line.kind === 'threat') return line.state.response
  const answer = ANSWERS[decided.answerOf(line.finding).kind]
  return triageOf(line, design)?.decision === 'duplicate' && answer !== 'undecided' ? 'duplicate' : answer
}

function reasonOf(line: Line, ground: Ground): readonly string[] {
  if (line.kind === 'threat') return some(line.state.acceptance?.reason)
  const triage = triageOf(line, ground.design)
  return some(triage ? triage.reason : line.finding.applicability === 'suppressed' ? line.finding.reason : undefined)
}

/** What was estimated; of a finding that nobody judged, what its rule says. */
function estimateOf(
  line: Line,
  { design }: Ground,
): { readonly likelihood?: number | undefined; readonly impact?: number | undefined } {
  if (line.kind === 'threat') {
    const { likelihood, impact } = line.state.estimate
    return { likelihood: likelihood?.value, impact: impact?.value }
  }
  const triage = triageOf(line, design)
  return { likelihood: triage?.likelihood ?? line.finding.likelihood, impact: triage?.impact ?? line.finding.impact }
}

function riskBefore(line: Line, ground: Ground): string | undefined {
  if (line.kind === 'threat') return line.state.inherent?.level
  const { likelihood, impact } = estimateOf(line, ground)
  return likelihood === undefined || impact === undefined ? undefined : riskOf(likelihood, impact).level
}

function mitigationsOf(line: Line): ThreatState['mitigations'] {
  return line.kind === 'threat' ? line.state.mitigations : []
}

function checksOf(line: Line, { checks }: Ground): readonly Check[] {
  return line.kind === 'threat' ? (checks.get(line.state.threat.id) ?? []) : []
}

/** Who carries the risk, then who sees to the mitigations. */
function ownersOf(line: Line): readonly string[] {
  if (line.kind === 'finding') return []
  return [...new Set([line.state.acceptance?.owner, ...line.state.mitigations.map(({ owner }) => owner)])].flatMap(some)
}

/** Findings and the acceptance of a threat; of a finding the threats that speak of it, and what it repeats. */
function relatedTo(line: Line, ground: Ground): readonly string[] {
  if (line.kind === 'threat') return [...idsOf(line.state.threat.findings), ...some(line.state.acceptance?.id)]
  const answer = ground.decided.answerOf(line.finding)
  const threats = answer.kind === 'real' ? answer.threats.map(({ threat }) => threat.id) : []
  return [...some(triageOf(line, ground.design)?.duplicateOf), ...threats]
}
