import { rowsOf } from '../model/table.ts'
import type { Acceptance, Design, Mitigation, Packs, Requirement } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { by, byText, idsOf } from '../support/order.ts'
import { deriveFindings, findingsById } from '../threats/engine.ts'
import type { Finding } from '../threats/finding.ts'
import { acceptanceState } from './acceptance.ts'
import { type Answer, answersIn } from './answers.ts'
import { type ThreatState, threatStates } from './derive.ts'
import { type Controls, controlsById, isConfirmed } from './effect.ts'

/** What is missing in a row; the first part says of what. */
export type TraceGap =
  | 'requirement.notApproved'
  | 'requirement.noCheck'
  | 'requirement.linkedToNothing'
  /** Only of security and privacy requirements: a duty against a danger that nobody wrote down. */
  | 'requirement.noThreat'
  | 'threat.noMitigation'
  | 'threat.noEstimate'
  | 'threat.unconfirmed'
  | 'mitigation.noCheck'
  | 'mitigation.noThreat'
  | 'mitigation.unconfirmed'
  | 'mitigation.unknownControl'
  | 'acceptance.expiring'
  | 'acceptance.expired'
  | 'acceptance.void'
  | 'finding.undecided'
  | 'finding.undecidedLater'
  | 'finding.duplicateOfNothing'
  | 'finding.noThreat'

/** One thread from a duty to its proof; what is missing in it is in `gaps`, and never left out. */
export type TraceRow = {
  readonly kind: 'requirement' | 'threat' | 'mitigation' | 'finding'
  /** A requirement's row names it; a threat's those that name an element, flow or data asset that it names too. */
  readonly requirements: readonly string[]
  readonly threat?: string
  readonly mitigation?: string
  readonly acceptance?: string
  readonly finding?: string
  /** Keys of the checks, as checklists have them: `requirement`, `CONTROL/key`, `own/key`. */
  readonly checks: readonly string[]
  readonly gaps: readonly TraceGap[]
}

/**
 * Requirements x threats x mitigations x checks: requirements by id, then threats by id with a row for each mitigation,
 * then mitigations without a threat, then findings that nobody answered, by id. Retired requirements are left out.
 */
export function traceOf(design: Design, packs: Pick<Packs, 'rules' | 'controls'>, at: string): readonly TraceRow[] {
  const derived = deriveFindings(design, packs.rules)
  const states = threatStates(design, packs, at)
  const { requirements, mitigations, acceptances, triage } = design
  const controls = controlsOf(packs.controls)
  return [
    ...requirementRows(requirements, states),
    ...threatRows(states, { requirements, acceptances, controls, at }),
    ...looseMitigationRows(design, mitigations, controls),
    ...findingRows(derived.findings, triage, states),
  ]
}

const controlsOf = memoLast(controlsById)

function active(requirements: Design['requirements']): readonly Requirement[] {
  return rowsOf(requirements).filter(row => row.status !== 'retired')
}

const SUBJECTS = ['elements', 'flows', 'data'] as const

function subjectsOf(row: { readonly [S in (typeof SUBJECTS)[number]]?: Readonly<Record<string, true>> }): readonly string[] {
  return SUBJECTS.flatMap(field => idsOf(row[field]))
}

function requirementRows(requirements: Design['requirements'], states: readonly ThreatState[]): readonly TraceRow[] {
  const threatened = new Set(states.flatMap(state => subjectsOf(state.threat)))
  return active(requirements).map(row => ({
    kind: 'requirement',
    requirements: [row.id],
    checks: row.verification === undefined ? [] : ['requirement'],
    gaps: requirementGaps(row, threatened),
  }))
}

function requirementGaps(row: Requirement, threatened: ReadonlySet<string>): readonly TraceGap[] {
  const subjects = subjectsOf(row)
  const isAgainstThreats = row.kind === 'security' || row.kind === 'privacy'
  return when({
    'requirement.notApproved': row.status !== 'approved',
    'requirement.noCheck': row.verification === undefined,
    'requirement.linkedToNothing': subjects.length === 0,
    'requirement.noThreat': isAgainstThreats && subjects.length > 0 && !subjects.some(id => threatened.has(id)),
  })
}

type Ground = {
  readonly requirements: Design['requirements']
  readonly acceptances: Design['acceptances']
  readonly controls: Controls
  readonly at: string
}

function threatRows(states: readonly ThreatState[], { requirements, acceptances, controls, at }: Ground): readonly TraceRow[] {
  const bySubject = requirementsBySubject(requirements)
  const accepted = acceptancesByThreat(acceptances)
  const merged: Merged = new Map()
  return states.flatMap((state): readonly TraceRow[] => {
    const head = { kind: 'threat', requirements: requirementsFor(state, bySubject, merged), threat: state.threat.id } as const
    const gaps = threatGaps(state)
    const answers = [
      ...state.mitigations.map(row => ({ mitigation: row.id, ...mitigationEnd(row, controls) })),
      ...(accepted.get(state.threat.id) ?? []).map(row => ({ acceptance: row.id, checks: [], gaps: acceptanceGaps(row, at) })),
    ]
    if (answers.length === 0) return [{ ...head, checks: [], gaps }]
    return answers.map(answer => ({ ...head, ...answer, gaps: [...gaps, ...answer.gaps] }))
  })
}

function threatGaps(state: ThreatState): readonly TraceGap[] {
  return when({
    'threat.noMitigation': state.response === 'open' && !state.mitigations.some(isConfirmed),
    'threat.noEstimate': state.inherent === undefined,
    'threat.unconfirmed': !isConfirmed(state.threat),
  })
}

function mitigationEnd(row: Mitigation, controls: Controls): Pick<TraceRow, 'checks' | 'gaps'> {
  const control = row.control === undefined ? undefined : controls.get(row.control)
  const checks = [
    ...(control?.checks ?? []).map(check => `${control?.id}/${check.key}`),
    ...idsOf(row.checks).map(key => `own/${key}`),
  ].sort(byText)
  const gaps = when({
    'mitigation.noCheck': checks.length === 0,
    'mitigation.unconfirmed': !isConfirmed(row),
    'mitigation.unknownControl': row.control !== undefined && !control,
  })
  return { checks, gaps }
}

function acceptanceGaps(row: Acceptance, at: string): readonly TraceGap[] {
  const state = acceptanceState(row, at)
  return state === 'inForce' ? [] : [`acceptance.${state}`]
}

function looseMitigationRows(
  { threats }: Pick<Design, 'threats'>,
  mitigations: Design['mitigations'],
  controls: Controls,
): readonly TraceRow[] {
  return rowsOf(mitigations)
    .filter(row => !idsOf(row.threats).some(id => threats[id]))
    .map(row => {
      const { checks, gaps } = mitigationEnd(row, controls)
      return { kind: 'mitigation', requirements: [], mitigation: row.id, checks, gaps: ['mitigation.noThreat', ...gaps] }
    })
}

function findingRows(
  findings: readonly Finding[],
  triage: Design['triage'],
  states: readonly ThreatState[],
): readonly TraceRow[] {
  const answerOf = answersIn(triage, findingsById(findings), states)
  const rows = findings.flatMap(finding => {
    const gap = finding.applicability === 'gone' ? undefined : findingGap(finding, answerOf(finding))
    return gap ? [{ finding: finding.id, gap }] : []
  })
  return rows
    .sort(by(row => row.finding))
    .map(({ finding, gap }) => ({ kind: 'finding', requirements: [], finding, checks: [], gaps: [gap] }))
}

function findingGap({ attention }: Finding, answer: Answer): TraceGap | undefined {
  if (answer.kind === 'undecided') return attention === 'now' ? 'finding.undecided' : 'finding.undecidedLater'
  if (answer.kind === 'hanging') return 'finding.duplicateOfNothing'
  return answer.kind === 'real' && answer.threats.length === 0 ? 'finding.noThreat' : undefined
}

type BySubject = ReadonlyMap<string, readonly string[]>

const requirementsBySubject = memoLast((requirements: Design['requirements']): BySubject => {
  const bySubject = new Map<string, string[]>()
  for (const row of active(requirements)) for (const id of subjectsOf(row)) push(bySubject, id, row.id)
  return bySubject
})

type Merged = Map<string, readonly string[]>

/** Threats about the same things share one list, so that many threats and many requirements at one place stay small. */
function requirementsFor({ threat }: ThreatState, bySubject: BySubject, merged: Merged): readonly string[] {
  const subjects = subjectsOf(threat).filter(id => bySubject.has(id))
  const key = subjects.join(' ')
  const list = merged.get(key) ?? [...new Set(subjects.flatMap(id => bySubject.get(id) ?? []))].sort(byText)
  merged.set(key, list)
  return list
}

function acceptancesByThreat(acceptances: Design['acceptances']): ReadonlyMap<string, readonly Acceptance[]> {
  const byThreat = new Map<string, Acceptance[]>()
  for (const row of rowsOf(acceptances)) push(byThreat, row.threat, row)
  return byThreat
}

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key)
  if (group) group.push(value)
  else groups.set(key, [value])
}

/** The gaps that are there, in the order they are asked. */
function when(asked: { readonly [G in TraceGap]?: boolean }): readonly TraceGap[] {
  return (Object.keys(asked) as TraceGap[]).filter(gap => asked[gap])
}
