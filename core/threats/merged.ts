import type { Finding } from './finding.ts'

/** Findings of several rules that say the same about the same subject, shown as one. A decision on it is written to each. */
export type MergedFinding = { readonly lead: Finding; readonly others: readonly Finding[] }

/**
 * Findings as a person should see them. Two say the same when they sit at the same place, threaten the same subject, have the same
 * categories and the same leading weakness, and both apply or both do not. The lead is the one that comes first.
 */
export function mergedFindings(findings: readonly Finding[]): readonly MergedFinding[] {
  const merged = new Map<string, { readonly lead: Finding; readonly others: Finding[] }>()
  for (const finding of findings) {
    const key = claimOf(finding)
    const known = merged.get(key)
    if (known) known.others.push(finding)
    else merged.set(key, { lead: finding, others: [] })
  }
  return [...merged.values()]
}

/** The finding and all that say the same, lead first. */
export function saysTheSame(findings: readonly Finding[], finding: Finding): readonly Finding[] {
  const claim = claimOf(finding)
  return findings.filter(other => claimOf(other) === claim)
}

function claimOf({ id, on, subject, categories, privacy = [], cwe, applicability }: Finding): string {
  const [weakness] = cwe
  // Nobody can tell whether rules without a weakness speak of the same; a gone finding stands for its own decision.
  if (weakness === undefined || applicability === 'gone') return id
  const place = on.kind === 'element' ? on.element : `${on.flow} ${on.direction}`
  return [place, subject, [...categories, ...privacy].sort().join(), weakness, applicability].join('|')
}
