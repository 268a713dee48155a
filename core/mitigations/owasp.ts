import type { Threat } from '../model/types.ts'

/**
 * The OWASP Risk Rating Methodology (https://owasp.org/www-community/OWASP_Risk_Rating_Methodology): 16 factors from
 * 0 to 9 in four groups. Likelihood is the mean of the first two groups; impact the mean of business impact, or of
 * technical impact where nobody stated business impact.
 */
export const OWASP_GROUPS = {
  threatAgent: ['skillLevel', 'motive', 'opportunity', 'size'],
  vulnerability: ['easeOfDiscovery', 'easeOfExploit', 'awareness', 'intrusionDetection'],
  technicalImpact: ['lossOfConfidentiality', 'lossOfIntegrity', 'lossOfAvailability', 'lossOfAccountability'],
  businessImpact: ['financialDamage', 'reputationDamage', 'nonCompliance', 'privacyViolation'],
} as const satisfies { readonly [group: string]: readonly OwaspFactor[] }

/** What people state of a threat, by factor; a missing one is unknown, not zero. */
export type OwaspFactors = NonNullable<Threat['owasp']>
export type OwaspFactor = keyof OwaspFactors

/** Below 3 low, below 6 medium, else high. */
export type OwaspLevel = 'low' | 'medium' | 'high'

/** One side of the rating, from the factors stated. */
export type OwaspScore = {
  /** The mean, 0 to 9. */
  readonly score: number
  readonly level: OwaspLevel
  /** The same on our scale of 1 to 5. */
  readonly scale: number
  /** Factors of this side that nobody stated; the score leaves them out. */
  readonly missing: readonly OwaspFactor[]
}

/** What stated factors come to; a side of which nothing is stated is unknown. */
export type OwaspRating = {
  readonly likelihood: OwaspScore | undefined
  readonly impact: (OwaspScore & { readonly from: 'businessImpact' | 'technicalImpact' }) | undefined
}

export function owaspRating(factors: OwaspFactors): OwaspRating {
  const business = scoreOf(factors, OWASP_GROUPS.businessImpact)
  const technical = scoreOf(factors, OWASP_GROUPS.technicalImpact)
  return {
    likelihood: scoreOf(factors, [...OWASP_GROUPS.threatAgent, ...OWASP_GROUPS.vulnerability]),
    impact: business ? { ...business, from: 'businessImpact' } : technical && { ...technical, from: 'technicalImpact' },
  }
}

function scoreOf(factors: OwaspFactors, names: readonly OwaspFactor[]): OwaspScore | undefined {
  const stated = names.flatMap(name => factors[name] ?? [])
  if (stated.length === 0) return undefined
  const score = stated.reduce((sum, value) => sum + value, 0) / stated.length
  const missing = names.filter(name => factors[name] === undefined)
  return { score, level: score < 3 ? 'low' : score < 6 ? 'medium' : 'high', scale: scaleOf(score), missing }
}

/** Our own step, so that OWASP's levels stay whole: low is 1 or 2, medium 3, high 4 or 5; the outer two are cut in half. */
function scaleOf(score: number): number {
  return score < 1.5 ? 1 : score < 3 ? 2 : score < 6 ? 3 : score < 7.5 ? 4 : 5
}
