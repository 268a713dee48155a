import { rowsOf } from '../model/table.ts'
import type { Design, RulePack } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import type { Problem } from '../support/result.ts'
import { decisionsIn } from './decided.ts'
import { deriveFindings, type Findings } from './engine.ts'
import type { Finding } from './finding.ts'

/** Findings that ask for an answer now and have none. */
export function openFindings(design: Design, packs: readonly RulePack[]): readonly Finding[] {
  return openAmong(applyingFindings(design, packs), design.triage)
}

/** Findings that apply: nothing keeps them back, and what they are on is still there. */
export function applyingFindings(design: Design, packs: readonly RulePack[]): readonly Finding[] {
  return applying(deriveFindings(design, packs).findings)
}

const applying = memoLast((findings: readonly Finding[]) => findings.filter(finding => finding.applicability === 'applies'))

/** Those of some findings that ask for an answer now and have none. */
export const openAmong = memoLast((findings: readonly Finding[], triage: Design['triage']): readonly Finding[] => {
  const decisionOn = decisionsIn(triage)
  return findings.filter(finding => finding.attention === 'now' && !decisionOn(finding))
})

/** Broken rules, and decisions that hang in the air. */
export function threatProblems(design: Design, packs: readonly RulePack[]): readonly Problem[] {
  const derived = deriveFindings(design, packs)
  return [...derived.problems, ...duplicatesOfNothing(design, derived), ...realWithoutThreat(design), ...unconfirmed(design)]
}

function duplicatesOfNothing(design: Design, derived: Findings): readonly Problem[] {
  const duplicates = rowsOf(design.triage).filter(({ duplicateOf }) => duplicateOf !== undefined)
  if (duplicates.length === 0) return []
  const alive = new Set(derived.findings.filter(({ applicability }) => applicability !== 'gone').map(({ id }) => id))
  return duplicates
    .filter(({ id, duplicateOf }) => alive.has(id) && !alive.has(duplicateOf ?? ''))
    .map(({ id, duplicateOf }) => ({
      code: 'triage.duplicateOfNothing',
      severity: 'error',
      at: id,
      message: `It was called a duplicate of ${duplicateOf}, which no longer comes out.`,
      cure: 'Decide it again.',
    }))
}

function realWithoutThreat(design: Design): readonly Problem[] {
  const spoken = new Set(rowsOf(design.threats).flatMap(threat => Object.keys(threat.findings ?? {})))
  return rowsOf(design.triage)
    .filter(({ id, decision }) => decision === 'real' && !spoken.has(id))
    .map(({ id }) => ({
      code: 'triage.realWithoutThreat',
      severity: 'error',
      at: id,
      message: 'It was judged real, but no threat speaks of it.',
      cure: 'Judge it again; that writes the threat.',
    }))
}

function unconfirmed(design: Design): readonly Problem[] {
  return rowsOf(design.threats)
    .filter(({ provenance }) => provenance.kind === 'ai' && provenance.confirmedBy === undefined)
    .map(({ id, statement }) => ({
      code: 'threat.unconfirmed',
      severity: 'warning',
      at: id,
      message: `An AI proposed "${statement}", and nobody has confirmed it.`,
      cure: 'Confirm it, or remove it.',
    }))
}
