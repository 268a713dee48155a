import type { Change } from '../model/change.ts'
import { freshId, provenanceOf } from '../model/create.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Stamp, Threat, Triage } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import type { Finding } from './finding.ts'

/** A person judges a finding real: the decision, and a threat that speaks of it unless there is one. */
export function triageReal(
  design: Design,
  input: { readonly finding: Finding; readonly likelihood: number; readonly impact: number },
  stamp: Stamp,
): Result<readonly Change[]> {
  const { finding, likelihood, impact } = input
  if (finding.applicability === 'gone') return refuseGone(finding)
  if (stamp.kind === 'ai' && design.triage[finding.id]) return refuseAi(finding.id)
  if (!isScale(likelihood) || !isScale(impact))
    return refuse({
      code: 'triage.scale',
      at: finding.id,
      message: `Likelihood ${likelihood} and impact ${impact} must be whole numbers from 1 to 5.`,
      cure: 'Give both from 1 (very low) to 5 (very high).',
    })
  const decided = decision(finding, { decision: 'real', likelihood, impact }, stamp)
  if (threatsOn(design, finding.id).length > 0) return ok([decided])
  return ok([decided, { kind: 'put', table: 'threats', row: threatFrom(design, finding, stamp) }])
}

/** A person says that a finding does not apply here, and why. */
export function triageNotApplicable(
  design: Design,
  input: { readonly finding: Finding; readonly reason: string },
  stamp: Stamp,
): Result<readonly Change[]> {
  const reason = input.reason.trim()
  const refusal = closingRefusal(input.finding, stamp)
  if (refusal) return refusal
  if (reason === '')
    return refuse({
      code: 'triage.noReason',
      at: input.finding.id,
      message: 'A finding that does not apply needs a reason.',
      cure: 'Say in one sentence why it cannot happen here.',
    })
  return ok([decision(input.finding, { decision: 'notApplicable', reason }, stamp), ...withdrawThreats(design, input.finding)])
}

/** A person says that another finding already says this; `of` may itself be a duplicate, and is followed. */
export function triageDuplicate(
  design: Design,
  input: { readonly finding: Finding; readonly of: string },
  stamp: Stamp,
): Result<readonly Change[]> {
  const refusal = closingRefusal(input.finding, stamp)
  if (refusal) return refusal
  const original = originalOf(design, input.of)
  if (!/^N-[0-9A-HJKMNP-TV-Z]{8}$/.test(original))
    return refuse({
      code: 'triage.duplicateOf',
      at: input.finding.id,
      message: `"${input.of}" is not the id of a finding.`,
      cure: 'Give the id of the finding that says the same, as N-7K3Q2M9X.',
    })
  if (original === input.finding.id)
    return refuse({
      code: 'triage.selfDuplicate',
      at: input.finding.id,
      message: 'A finding cannot be a duplicate of itself, not even through another one.',
      cure: 'Decide one of the two findings, and call the other its duplicate.',
    })
  const decided = decision(input.finding, { decision: 'duplicate', duplicateOf: original }, stamp)
  return ok([decided, ...withdrawThreats(design, input.finding)])
}

/** Takes a decision back; the finding asks again, and a threat that was only this decision goes with it. */
export function reopen(design: Design, input: { readonly finding: Finding }): Result<readonly Change[]> {
  const { finding } = input
  if (!design.triage[finding.id])
    return refuse({ code: 'triage.open', at: finding.id, message: 'This finding has no decision to take back.' })
  return ok([{ kind: 'remove', table: 'triage', id: finding.id }, ...withdrawThreats(design, finding)])
}

/** What a person says of a threat. Its ratings by OWASP and CVSS are set where they are examined: mitigations/rating-edits.ts. */
export type ThreatInput = Partial<Omit<Threat, 'id' | 'provenance' | 'foreign' | 'owasp' | 'cvss'>>

/** A threat written by hand. */
export function addThreat(
  design: Design,
  input: ThreatInput & Pick<Threat, 'statement' | 'categories'>,
  stamp: Stamp,
): Result<readonly Change[]> {
  const statement = input.statement.trim()
  const refusal = threatRefusal({ ...input, statement }, 'threats')
  if (refusal) return refusal
  const row: Threat = { ...input, statement, id: freshId(design, 'threats', stamp), provenance: provenanceOf(stamp) }
  return ok([{ kind: 'put', table: 'threats', row }])
}

/** Sets fields of a threat; undefined takes a field away. */
export function editThreat(
  design: Design,
  input: { readonly threat: string; readonly fields: LooseFields },
): Result<readonly Change[]> {
  const threat = design.threats[input.threat]
  if (!threat) return refuse({ code: 'threat.missing', at: input.threat, message: `There is no threat ${input.threat}.` })
  const refusal = threatRefusal({ ...threat, ...input.fields }, threat.id)
  return refusal ?? ok([{ kind: 'patch', table: 'threats', id: threat.id, fields: input.fields }])
}

/** A person stands behind a threat that an AI proposed. */
export function confirmThreat(design: Design, input: { readonly threat: string }, stamp: Stamp): Result<readonly Change[]> {
  const threat = design.threats[input.threat]
  if (!threat) return refuse({ code: 'threat.missing', at: input.threat, message: `There is no threat ${input.threat}.` })
  if (stamp.kind === 'ai') return refuseAi(threat.id)
  const provenance = { ...threat.provenance, confirmedBy: stamp.by, confirmedAt: stamp.at }
  return ok([{ kind: 'patch', table: 'threats', id: threat.id, fields: { provenance } }])
}

/** The finding a duplicate finally stands for. */
function originalOf(design: Design, id: string): string {
  const seen = new Set<string>()
  let original = id
  for (
    let next = design.triage[original];
    next?.duplicateOf !== undefined && !seen.has(next.id);
    next = design.triage[original]
  ) {
    seen.add(next.id)
    original = next.duplicateOf
  }
  return original
}

function decision(
  finding: Finding,
  said: Pick<Triage, 'decision' | 'likelihood' | 'impact' | 'reason' | 'duplicateOf'>,
  stamp: Stamp,
): Change {
  const { kind: _kind, ...objects } = finding.on
  const subject = { rule: finding.rule, ...objects }
  return { kind: 'put', table: 'triage', row: { id: finding.id, ...said, subject, at: stamp.at, by: stamp.by } }
}

function threatsOn(design: Design, finding: string): readonly Threat[] {
  return rowsOf(design.threats).filter(threat => threat.findings?.[finding])
}

function threatFrom(design: Design, finding: Finding, stamp: Stamp): Threat {
  const flow = finding.on.kind === 'interaction' ? design.flows[finding.on.flow] : undefined
  const data = flow ? flow.data : design.elements[finding.subject]?.data
  const elements = finding.on.kind === 'element' ? [finding.on.element] : [finding.on.source, finding.on.target]
  return {
    id: freshId(design, 'threats', stamp),
    statement: finding.title.slice(0, 4000),
    categories: links(finding.categories),
    ...(finding.privacy ? { privacy: links(finding.privacy) } : {}),
    cwe: links(finding.cwe),
    findings: { [finding.id]: true },
    elements: links(finding.subject.startsWith('E-') ? [finding.subject] : elements),
    ...(flow ? { flows: { [flow.id]: true } } : {}),
    ...(data ? { data } : {}),
    provenance: provenanceOf(stamp),
  }
}

function links(keys: readonly string[]): { readonly [key: string]: true } {
  return Object.fromEntries(keys.map(key => [key, true as const]))
}

/** Unlinks the finding from its threats; a threat that says nothing of its own and that nothing answers is removed. */
function withdrawThreats(design: Design, finding: Finding): readonly Change[] {
  return threatsOn(design, finding.id).map(threat =>
    isOnlyDecision(design, threat, finding)
      ? { kind: 'remove', table: 'threats', id: threat.id }
      : { kind: 'patch', table: 'threats', id: threat.id, fields: { [`findings/${finding.id}`]: undefined } },
  )
}

const OWN_WORDS = [
  'source',
  'prerequisite',
  'action',
  'impact',
  'likelihood',
  'impactScale',
  'owasp',
  'cvss',
  'description',
  'foreign',
] as const

function isOnlyDecision(design: Design, threat: Threat, finding: Finding): boolean {
  return (
    Object.keys(threat.findings ?? {}).length === 1 &&
    threat.statement === finding.title &&
    OWN_WORDS.every(field => threat[field] === undefined) &&
    !rowsOf(design.mitigations).some(mitigation => mitigation.threats?.[threat.id]) &&
    !rowsOf(design.acceptances).some(acceptance => acceptance.threat === threat.id)
  )
}

function closingRefusal(finding: Finding, stamp: Stamp): ReturnType<typeof refuse> | undefined {
  if (finding.applicability === 'gone') return refuseGone(finding)
  return stamp.kind === 'ai' ? refuseAi(finding.id) : undefined
}

function refuseGone(finding: Finding): ReturnType<typeof refuse> {
  return refuse({
    code: 'triage.gone',
    at: finding.id,
    message: `This finding is gone: ${finding.reason}`,
    cure: 'Its decision is kept; nothing needs deciding.',
  })
}

function refuseAi(at: string): ReturnType<typeof refuse> {
  return refuse({
    code: 'triage.ai',
    at,
    message: 'An AI may open a threat; only a person closes or confirms one.',
    cure: 'Let a person decide.',
  })
}

type LooseFields = { readonly [F in keyof ThreatInput]?: ThreatInput[F] | undefined }

function threatRefusal(threat: LooseFields, at: string): ReturnType<typeof refuse> | undefined {
  if ((threat.statement ?? '').trim() === '')
    return refuse({
      code: 'threat.empty',
      at,
      message: 'A threat needs a statement.',
      cure: 'Say in one sentence what could happen.',
    })
  if (Object.keys({ ...threat.categories, ...threat.privacy }).length === 0)
    return refuse({
      code: 'threat.noCategory',
      at,
      message: 'A threat needs at least one STRIDE or privacy category.',
      cure: 'Choose one or more.',
    })
  const scales = [threat.likelihood, threat.impactScale]
  if (scales.some(scale => scale !== undefined && !isScale(scale)))
    return refuse({
      code: 'threat.scale',
      at,
      message: 'Likelihood and impact are whole numbers from 1 to 5.',
      cure: 'Give 1 to 5.',
    })
  return undefined
}

function isScale(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 5
}
