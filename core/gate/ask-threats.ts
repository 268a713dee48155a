import { acceptanceState, voidBecause } from '../mitigations/acceptance.ts'
import type { ThreatState } from '../mitigations/derive.ts'
import { controlsById, isVerifiable } from '../mitigations/effect.ts'
import { labelOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Acceptance, AnyRow, Provenance, Table } from '../model/types.ts'
import { openAmong } from '../threats/checks.ts'
import type { Finding } from '../threats/finding.ts'
import type { Asked, Fix } from './gate-rules.ts'
import type { Scope } from './scope.ts'

/** What the gate asks of threats: everything looked at, everything answered, every answer provable and in date. */
export function askThreats(scope: Scope): readonly Asked[] {
  const answered = new Set(scope.acceptances.map(row => row.threat))
  return [
    ...askFindings(scope),
    ...askDecisions(scope),
    ...scope.threats.flatMap(state => askThreat(state, answered.has(state.threat.id))),
    ...askMitigations(scope),
    ...scope.acceptances.flatMap(row => askAcceptance(row, scope.at)),
    ...askConfirmation(scope),
  ]
}

function askFindings(scope: Scope): readonly Asked[] {
  return openAmong(scope.findings, scope.design.triage).map(finding => new Undecided(finding))
}

/** By far the most there are of anything asked, so it is put into words when it is read. */
class Undecided implements Asked {
  readonly code = 'gate.finding.undecided'
  readonly #finding: Finding

  constructor(finding: Finding) {
    this.#finding = finding
  }

  get at(): string {
    return this.#finding.id
  }

  get message(): string {
    return `Nobody has decided: ${this.#finding.title}`
  }

  get cure(): string {
    return `${this.#finding.question} Call it real, not applicable with a reason, or a duplicate.`
  }

  get fix(): Fix {
    return { kind: 'triage', id: this.#finding.id }
  }
}

/** Decisions that hang in the air: called real without a threat, or a duplicate of what no longer comes out. */
function askDecisions(scope: Scope): readonly Asked[] {
  const errors = scope.threatProblems.filter(problem => problem.severity === 'error')
  if (errors.length === 0) return []
  const inside = new Set(scope.findings.map(finding => finding.id))
  return errors
    .filter(problem => inside.has(problem.at ?? ''))
    .map(problem => ({
      code: 'gate.decision.hanging',
      at: problem.at ?? '',
      message: problem.message,
      cure: problem.cure ?? 'Decide it again.',
      fix: { kind: 'triage', id: problem.at ?? '' },
    }))
}

function askThreat(state: ThreatState, hasAcceptance: boolean): readonly Asked[] {
  const { threat, inherent } = state
  const open: Asked = {
    code: 'gate.threat.undecided',
    at: threat.id,
    message: `${inherent ? `${capital(inherent.level)} risk without an answer` : 'No answer yet'}: ${threat.statement}`,
    cure: 'Mitigate it, accept it with reason, approver and expiry, transfer it, or avoid it.',
    fix: { kind: 'decideThreat', id: threat.id },
  }
  const unestimated: Asked = {
    code: 'gate.threat.unestimated',
    at: threat.id,
    message: `Nobody estimated likelihood and impact: ${threat.statement}`,
    cure: 'Set both, from 1 to 5.',
    fix: { kind: 'estimate', id: threat.id },
  }
  return [...(state.response === 'open' && !hasAcceptance ? [open] : []), ...(inherent ? [] : [unestimated])]
}

function askMitigations(scope: Scope): readonly Asked[] {
  const controls = controlsById(scope.controls)
  const rows = new Map(scope.threats.flatMap(state => state.mitigations.map(row => [row.id, row] as const)))
  return [...rows.values()]
    .filter(row => !isVerifiable(row, controls))
    .map(row => ({
      code: 'gate.mitigation.unverifiable',
      at: row.id,
      message: `No check can show this mitigation, so it is a hope: ${row.statement}`,
      cure: 'Give it a check, or name the control of a pack that it applies.',
      fix: { kind: 'addCheck', id: row.id },
    }))
}

function askAcceptance(row: Acceptance, at: string): readonly Asked[] {
  const reason = voidBecause(row)
  if (reason === 'proposedByAi') return []
  if (reason === 'noExpiry') return [expiry(row, 'This acceptance has no end.')]
  if (reason === 'noDay') return [expiry(row, `This decision ends on ${row.expires}, which is no day of the calendar.`)]
  if (reason !== undefined) return [approval(row)]
  const state = acceptanceState(row, at)
  if (state === 'expired') return [expiry(row, `This decision ended on ${row.expires}.`)]
  if (state === 'expiring') return [{ ...expiry(row, `This decision ends on ${row.expires}.`), code: 'gate.acceptance.expiring' }]
  return []
}

function approval(row: Acceptance): Asked {
  return {
    code: 'gate.acceptance.notApproved',
    at: row.id,
    message: 'Nobody other than the owner of this risk agreed to it.',
    cure: 'Name an approver who is another person than the owner.',
    fix: { kind: 'approveAcceptance', id: row.id },
  }
}

function expiry(row: Acceptance, message: string): Asked {
  return {
    code: 'gate.acceptance.expired',
    at: row.id,
    message,
    cure: 'Decide again: renew it to a later day, or mitigate the threat.',
    fix: { kind: 'renewAcceptance', id: row.id },
  }
}

/** AI may open a threat; it never closes one. What it proposed waits for a person. */
function askConfirmation(scope: Scope): readonly Asked[] {
  return proposedRows(scope)
    .filter(row => row.provenance?.kind === 'ai' && row.provenance.confirmedBy === undefined)
    .map(row => ({
      code: 'gate.ai.unconfirmed',
      at: row.id,
      message: `Proposed by AI and confirmed by nobody: ${labelOf(scope.design, row.id)}`,
      cure: 'Confirm it, change it, or delete it.',
      fix: { kind: 'confirm', id: row.id },
    }))
}

type Proposed = { readonly id: string; readonly provenance?: Provenance }

function proposedRows(scope: Scope): readonly Proposed[] {
  const { design, work } = scope
  if (!work) return PROPOSABLE.flatMap(table => rowsOf(design[table] as Table<AnyRow>) as readonly Proposed[])
  const threats = scope.threats.flatMap(state => [state.threat, ...state.mitigations])
  const rows = [work.item, ...scope.elements, ...scope.flows, ...scope.boundaries, ...scope.data, ...scope.requirements]
  const all: readonly Proposed[] = [...rows, ...threats, ...scope.acceptances]
  return [...new Map(all.map(row => [row.id, row])).values()]
}

const PROPOSABLE = ['requirements', 'elements', 'flows', 'boundaries', 'data', 'threats', 'mitigations', 'acceptances'] as const

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
