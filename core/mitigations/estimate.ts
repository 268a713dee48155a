import type { Threat } from '../model/types.ts'
import { cvssEstimate } from './cvss-metrics.ts'
import { type OwaspFactor, type OwaspScore, owaspRating } from './owasp.ts'

/** Where a number came from: the first of these that says anything. */
export type EstimateSource = 'own' | 'owasp' | 'cvss' | 'triage' | 'finding'

/** How likely or how bad, 1 to 5, and who says so. */
export type Estimated = {
  readonly value: number
  readonly source: EstimateSource
  /** The finding that was judged, or that speaks for itself. */
  readonly finding?: string
  /** OWASP factors of this side that nobody stated: the value rests on the others alone. */
  readonly missing?: readonly OwaspFactor[]
}

/** Both sides of a threat's risk before anything is done about it; a side that nothing speaks of is unknown. */
export type Estimate = { readonly likelihood?: Estimated; readonly impact?: Estimated }

/** A judgement on, or of, a finding. */
export type Judged = { readonly finding: string; readonly likelihood: number; readonly impact: number }

/** What the findings of a threat have to say; asked only when the threat itself says too little. */
export type Known = { readonly triaged: () => Judged | undefined; readonly found: () => Judged | undefined }

/**
 * Each side by itself: the threat's own scale, else its OWASP factors, else its CVSS vector, else the gravest triage of
 * its findings, else the gravest of the findings themselves (which never fall below what their data demands).
 */
export function estimateOf(threat: Threat, known: Known): Estimate {
  const rating = owaspRating(threat.owasp ?? {})
  const vector = threat.cvss === undefined ? undefined : cvssEstimate(threat.cvss)
  const likelihood = stated(threat.likelihood, rating.likelihood, vector?.likelihood)
  const impact = stated(threat.impactScale, rating.impact, vector?.impact)
  if (likelihood && impact) return { likelihood, impact }
  const triaged = known.triaged()
  const judged = triaged ?? known.found()
  if (!judged) return { ...(likelihood ? { likelihood } : {}), ...(impact ? { impact } : {}) }
  const from = { source: triaged ? 'triage' : 'finding', finding: judged.finding } as const
  return {
    likelihood: likelihood ?? { value: judged.likelihood, ...from },
    impact: impact ?? { value: judged.impact, ...from },
  }
}

function stated(own: number | undefined, owasp: OwaspScore | undefined, cvss: number | undefined): Estimated | undefined {
  if (own !== undefined) return { value: own, source: 'own' }
  if (owasp) return { value: owasp.scale, source: 'owasp', ...(owasp.missing.length > 0 ? { missing: owasp.missing } : {}) }
  return cvss === undefined ? undefined : { value: cvss, source: 'cvss' }
}
