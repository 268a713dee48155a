import { type Examination, examineDesign } from '../gate/examine.ts'
import { type ThreatState, threatStates } from '../mitigations/derive.ts'
import type { Design, Packs } from '../model/types.ts'
import { applyingFindings } from '../threats/checks.ts'
import { deriveFindings, type Finding } from '../threats/engine.ts'

/** What follows from the design, derived once for all parts of a report. */
export type Facts = {
  readonly design: Design
  readonly at: string
  /** All that the rules derive, also what is kept back. */
  readonly derived: readonly Finding[]
  /** Only those that apply. */
  readonly findings: readonly Finding[]
  readonly states: readonly ThreatState[]
  readonly gate: Examination
}

export function factsOf(design: Design, packs: Pick<Packs, 'rules' | 'controls'>, at: string): Facts {
  const derived = deriveFindings(design, packs.rules).findings
  return {
    design,
    at,
    derived,
    findings: applyingFindings(design, packs.rules),
    states: threatStates(design, packs, at),
    gate: examineDesign(design, packs.rules, packs.controls, at),
  }
}
