import type { OwaspFactor, OwaspLevel, OwaspRating } from './owasp.ts'

/** OWASP's own word for a risk; `note` is less than low. */
export type OwaspSeverity = 'note' | 'low' | 'medium' | 'high' | 'critical'

/** OWASP's matrix: by impact, then by likelihood. */
export const OWASP_SEVERITY: { readonly [impact in OwaspLevel]: { readonly [likelihood in OwaspLevel]: OwaspSeverity } } = {
  low: { low: 'note', medium: 'low', high: 'medium' },
  medium: { low: 'low', medium: 'medium', high: 'high' },
  high: { low: 'medium', medium: 'high', high: 'critical' },
}

/** The overall severity; undefined while one side is unknown. */
export function owaspSeverity({ likelihood, impact }: OwaspRating): OwaspSeverity | undefined {
  return likelihood && impact && OWASP_SEVERITY[impact.level][likelihood.level]
}

/** The values to which the methodology gives a meaning; any from 0 to 9 may be stated. */
export const OWASP_OPTIONS: { readonly [factor in OwaspFactor]: readonly number[] } = {
  skillLevel: [1, 3, 5, 6, 9],
  motive: [1, 4, 9],
  opportunity: [0, 4, 7, 9],
  size: [2, 4, 5, 6, 9],
  easeOfDiscovery: [1, 3, 7, 9],
  easeOfExploit: [1, 3, 5, 9],
  awareness: [1, 4, 6, 9],
  intrusionDetection: [1, 3, 8, 9],
  lossOfConfidentiality: [2, 6, 7, 9],
  lossOfIntegrity: [1, 3, 5, 7, 9],
  lossOfAvailability: [1, 5, 7, 9],
  lossOfAccountability: [1, 7, 9],
  financialDamage: [1, 3, 7, 9],
  reputationDamage: [1, 4, 5, 9],
  nonCompliance: [2, 5, 7],
  privacyViolation: [3, 5, 7, 9],
}
