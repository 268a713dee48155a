import type { RiskLevel } from '../../mitigations/risk.ts'

/** The level of a result by the risk that stands; what nobody estimated is a warning, for unknown is not low. */
export function levelOf(risk: RiskLevel | undefined): 'error' | 'warning' | 'note' {
  if (risk === 'critical' || risk === 'high') return 'error'
  return risk === 'low' ? 'note' : 'warning'
}
