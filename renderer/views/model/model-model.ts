import type { Finding } from '../../../core/threats/finding.ts'

/** How many open findings each element and flow has. */
export function openBySubject(open: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const finding of open) counts.set(finding.subject, (counts.get(finding.subject) ?? 0) + 1)
  return counts
}
