import type { VulnerabilitiesMatcher } from '../../schemas/generated/types.ts'
import { nameMatches } from '../evidence/globs.ts'
import { shown } from '../evidence/show.ts'
import type { EvidenceFormat, EvidenceItem, Vulnerability, VulnerabilityFacts } from '../evidence/types.ts'
import { grouped } from './grouped.ts'
import { type Judgement, open } from './judgement.ts'
import { citation, factsIn } from './source.ts'

/** A report on known vulnerabilities and those of them that the matcher asks about. */
export type Report = {
  readonly item: EvidenceItem
  readonly tool: string
  readonly facts: VulnerabilityFacts
  readonly hits: readonly Vulnerability[]
  readonly setAside: readonly Vulnerability[]
}

export function reportsOf(items: readonly EvidenceItem[], matcher: VulnerabilitiesMatcher): readonly Report[] {
  return items.flatMap(item => {
    const facts = factsIn(item, 'vulnerabilities')
    if (!facts) return []
    const asked = facts.found.filter(one => isAskedFor(one, matcher))
    const hits = asked.filter(one => !one.setAside)
    return [{ item, tool: toolOf(item), facts, hits, setAside: asked.filter(one => one.setAside) }]
  })
}

function toolOf({ reading, tool }: EvidenceItem): string {
  return (reading.ok ? reading.value.made.tool : undefined) ?? tool ?? 'the scanner'
}

/** A report whose tool nobody can name may be the one that is asked for. */
export function isFrom({ reading, tool }: EvidenceItem, wanted: string | undefined): boolean {
  if (wanted === undefined) return true
  const names = [reading.ok ? reading.value.made.tool : undefined, tool].flatMap(name => name?.toLowerCase() ?? [])
  const asked = wanted.toLowerCase()
  return names.some(name => name === asked || name.startsWith(`${asked} `)) || (!reading.ok && names.length === 0)
}

/** One that nobody rated always counts, and so does one whose package is not named. */
function isAskedFor(one: Vulnerability, { severity, packages }: VulnerabilitiesMatcher): boolean {
  if (severity && one.severity !== 'unknown' && !severity.includes(one.severity)) return false
  return !packages || one.package === '' || packages.some(glob => nameMatches(glob, one.package))
}

export type Hit = { readonly report: Report; readonly hit: Vulnerability }

/** What each tool reports on its own. */
export type OfTool = {
  readonly tool: string
  readonly reports: readonly Report[]
  readonly hits: readonly Hit[]
  readonly setAside: readonly Hit[]
}

export function byTool(reports: readonly Report[]): readonly OfTool[] {
  return [...grouped(reports, report => report.tool.toLowerCase()).values()].map(own => ({
    tool: own[0]?.tool ?? '',
    reports: own,
    hits: joined(own, 'hits'),
    setAside: joined(own, 'setAside'),
  }))
}

/**
 * Two reports of one tool on different lockfiles add up, the same report twice does not. Where one report lists a weakness
 * several times, in several places, it counts as often.
 */
function joined(reports: readonly Report[], list: 'hits' | 'setAside'): readonly Hit[] {
  const most = new Map<string, readonly Hit[]>()
  for (const report of reports) {
    const own = grouped(
      report[list].map(hit => ({ report, hit })),
      ({ hit }) => JSON.stringify([hit.id, hit.package, hit.version]),
    )
    for (const [key, hits] of own) if (hits.length > (most.get(key)?.length ?? 0)) most.set(key, hits)
  }
  return [...most.values()].flat()
}

/** How many different weaknesses several tools report, the names of which differ from tool to tool. */
export function distinctAcross(hits: readonly Hit[]): number {
  const seen = new Set<string>()
  let count = 0
  for (const { hit } of hits) {
    const names = [hit.id, ...hit.aliases].map(id => JSON.stringify([id, hit.package]))
    if (!names.some(name => seen.has(name))) count++
    for (const name of names) seen.add(name)
  }
  return count
}

/** Exit codes that say no more than that something was found; yarn adds up one bit for each severity. */
const FOUND: Partial<Readonly<Record<EvidenceFormat, (code: number) => boolean>>> = {
  'yarn-audit': code => code < 32,
  trivy: code => code < 126,
  grype: code => code === 1 || code === 2,
}

/** OSV-Scanner ends with this when there was nothing to scan, and with the other after an error of its own. */
const NOTHING_SCANNED = 128

/** A report that is not what it seems keeps every other of the slot from proving anything. */
export function brokenReport(reports: readonly Report[]): Judgement | undefined {
  for (const { item, tool, facts } of reports) {
    const { exitCode } = item
    const format = item.reading.ok ? item.reading.value.format : undefined
    const evidence = [citation(item, facts.oddities[0]?.pointer ?? '')]
    if (format === 'osv-scanner' && exitCode === NOTHING_SCANNED)
      return open('nothing-examined', `${tool} ended with exit code 128: it found nothing to scan.`, { evidence })
    if (facts.succeeded === false)
      return open(
        'tool-failed',
        `${shown(tool)} reports trouble of its own: ${facts.oddities[0]?.text ?? 'it did not succeed'}.`,
        {
          evidence,
        },
      )
    if (exitCode !== undefined && exitCode !== 0 && !isExplained(item, exitCode))
      return open('tool-failed', `${shown(tool)} ended with exit code ${exitCode} and reports nothing that explains it.`, {
        evidence,
      })
    const [wrong] = facts.disagreements ?? []
    if (wrong)
      return open('contradictory', `In ${shown(item.file)} ${wrong.text}.`, { evidence: [citation(item, wrong.pointer)] })
  }
  return undefined
}

function isExplained({ reading }: EvidenceItem, exitCode: number): boolean {
  if (!reading.ok) return false
  const { format, facts } = reading.value
  const found = (facts.vulnerabilities?.found.length ?? 0) + (facts.scan?.results.length ?? 0)
  return found > 0 && (FOUND[format] ?? (code => code === 1))(exitCode)
}
