import { ok, type Result } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { countOf, severityOf, step } from './parts.ts'
import type { Evidence, EvidenceFormat, Oddity, Vulnerability } from './types.ts'

type Writer = {
  readonly format: EvidenceFormat
  readonly tool: string
  readonly misshapen: (file: string, pointer: string, message: string) => Result<never>
}

/** The report of npm 6, which pnpm still writes: advisories by number. */
export function isOldShape(value: unknown): value is Loose {
  return isObject(value) && Object.hasOwn(value, 'advisories') && (isObject(value.metadata) || isObject(value.advisories))
}

/** Facts of such a report: one vulnerability for each advisory and version that was found, however many ways lead to it. */
export function advisoriesIn(file: string, report: Loose, { format, tool, misshapen }: Writer): Result<Evidence> {
  const { advisories, metadata } = report
  if (!isObject(advisories)) return misshapen(file, '/advisories', 'The advisories are no object of them.')
  const found: Vulnerability[] = []
  let ways = 0
  for (const [key, advisory] of Object.entries(advisories)) {
    const pointer = `/advisories/${step(key)}`
    if (!isObject(advisory)) return misshapen(file, pointer, 'An advisory is not an object.')
    const own = weaknessesOf(advisory, pointer)
    found.push(...own)
    for (const finding of listOf(advisory.findings)) ways += Math.max(1, listOf(objectOf(finding).paths).length)
  }
  const listed = [Object.keys(advisories).length, found.length, ways]
  return ok({
    format,
    made: { tool, commits: [] },
    facts: {
      vulnerabilities: {
        packages: countOf(objectOf(metadata).totalDependencies),
        succeeded: undefined,
        found,
        oddities: [],
        disagreements: totalsAgainst(objectOf(metadata).vulnerabilities, listed, '/metadata/vulnerabilities'),
      },
    },
  })
}

/** One for each version that was found; an advisory without findings still counts once. */
export function weaknessesOf(advisory: Loose, pointer: string): readonly Vulnerability[] {
  const number = countOf(advisory.id)
  const ids = [
    textOf(advisory.github_advisory_id),
    ...listOf(advisory.cves).map(textOf),
    number === undefined ? undefined : `npm-${number}`,
  ].flatMap(id => id ?? [])
  const [id = textOf(advisory.title) ?? 'no id', ...aliases] = ids
  const patched = textOf(advisory.patched_versions)
  const about = {
    id,
    aliases,
    severity: severityOf(advisory.severity),
    package: textOf(advisory.module_name) ?? '',
    // npm writes <0.0.0 where no version cures it.
    ...(patched === undefined || patched === '<0.0.0' ? {} : { fixedIn: patched }),
    setAside: false,
  }
  const findings = listOf(advisory.findings)
  if (findings.length === 0) return [{ pointer, ...about }]
  return findings.map((finding, index) => {
    const version = textOf(objectOf(finding).version)
    return { pointer: `${pointer}/findings/${index}`, ...about, ...(version === undefined ? {} : { version }) }
  })
}

/**
 * Totals by severity that none of the ways of counting explains: npm 6 counts every way that leads to a package, pnpm every
 * advisory. A total that is larger than the list is how ignored ones show.
 */
export function totalsAgainst(totals: unknown, listed: readonly number[], pointer: string): readonly Oddity[] {
  const counts = Object.values(objectOf(totals)).flatMap(value => countOf(value) ?? [])
  const declared = counts.reduce((sum, count) => sum + count, 0)
  if (counts.length === 0 || listed.includes(declared)) return []
  return [{ pointer, text: `the totals declare ${declared} vulnerabilities and the list holds ${listed[0]}` }]
}
