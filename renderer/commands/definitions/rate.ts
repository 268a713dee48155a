import type { OwaspFactor } from '../../../core/mitigations/owasp.ts'
import { clearOwasp, rateByCvss, rateByOwasp } from '../../../core/mitigations/rating-edits.ts'
import { riskOf } from '../../../core/mitigations/risk.ts'
import { editThreat } from '../../../core/threats/edits.ts'
import { riskLevelName } from '../../state/risk-words.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, write } from '../command.ts'

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
    write(t('OWASP rating of {{id}}', { id: threat }), rateByOwasp(design, { threat, factors: { [factor]: value } })),
}

/** Takes all OWASP factors of a threat away. */
export const clearFactors: Command<string> = {
  id: 'threat.clearOwasp',
  category: 'Threat',
  title: 'Clear the OWASP rating',
  plan: ({ design }, threat) => write(t('clear OWASP rating of {{id}}', { id: threat }), clearOwasp(design, { threat })),
}

/** Gives a threat a CVSS 4.0 vector, or takes it away. */
export const rateVector: Command<{ readonly threat: string; readonly vector: string | undefined }> = {
  id: 'threat.cvss',
  category: 'Threat',
  title: 'Rate by CVSS',
  plan: ({ design }, input) => write(t('CVSS vector of {{id}}', { id: input.threat }), rateByCvss(design, input)),
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
    write(t('estimate {{id}}', { id: threat }), editThreat(design, { threat, fields: { [side]: value } })),
}

/** Puts a threat at a place of the matrix: its own estimate of both sides, as one step. */
export const placeThreat: Command<{ readonly threat: string; readonly likelihood: number; readonly impact: number }> = {
  id: 'threat.place',
  category: 'Threat',
  title: 'Place in the matrix',
  plan: ({ design }, { threat, likelihood, impact }) => {
    if (![likelihood, impact].every(value => value >= 1 && value <= 5)) return notNow(t('That is the edge of the matrix.'))
    const fields = { likelihood, impactScale: impact }
    return write(t('estimate {{id}}', { id: threat }), editThreat(design, { threat, fields }), {
      kind: 'say',
      text: t('Likelihood {{likelihood}}, impact {{impact}}: {{level}} risk.', {
        likelihood,
        impact,
        level: riskLevelName(riskOf(likelihood, impact).level),
      }),
    })
  },
}
