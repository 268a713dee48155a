import type { OwaspFactor } from '../../../core/mitigations/owasp.ts'
import { clearOwasp, rateByCvss, rateByOwasp } from '../../../core/mitigations/rating-edits.ts'
import { editThreat } from '../../../core/threats/edits.ts'
import { type Command, write } from '../command.ts'

/** States one OWASP factor of a threat, or that nobody knows it. */
export const rateFactor: Command<{
  readonly threat: string
  readonly factor: OwaspFactor
  readonly value: number | undefined
}> = {
  id: 'threat.owasp',
  category: 'Threat',
  title: 'Rate by OWASP',
  plan: ({ design }, { threat, factor, value }) =>
    write(`OWASP rating of ${threat}`, rateByOwasp(design, { threat, factors: { [factor]: value } })),
}

/** Takes all OWASP factors of a threat away. */
export const clearFactors: Command<string> = {
  id: 'threat.clearOwasp',
  category: 'Threat',
  title: 'Clear the OWASP rating',
  plan: ({ design }, threat) => write(`clear OWASP rating of ${threat}`, clearOwasp(design, { threat })),
}

/** Gives a threat a CVSS 4.0 vector, or takes it away. */
export const rateVector: Command<{ readonly threat: string; readonly vector: string | undefined }> = {
  id: 'threat.cvss',
  category: 'Threat',
  title: 'Rate by CVSS',
  plan: ({ design }, input) => write(`CVSS vector of ${input.threat}`, rateByCvss(design, input)),
}

/** Says oneself how likely or how bad a threat is; undefined leaves it to what stands behind it. */
export const estimateThreat: Command<{
  readonly threat: string
  readonly side: 'likelihood' | 'impactScale'
  readonly value: number | undefined
}> = {
  id: 'threat.estimate',
  category: 'Threat',
  title: 'Estimate a threat',
  plan: ({ design }, { threat, side, value }) =>
    write(`estimate ${threat}`, editThreat(design, { threat, fields: { [side]: value } })),
}
