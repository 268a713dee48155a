import type { VulnerabilitiesMatcher } from '../../schemas/generated/types.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { Scene } from './context.ts'
import { daysBetween } from './days.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import {
  brokenReport,
  byTool,
  distinctAcross,
  type Hit,
  isFrom,
  type OfTool,
  type Report,
  reportsOf,
} from './known-weaknesses.ts'
import { citation, doubtOf, sourceOf, unreadableOf } from './source.ts'
import { quoted, sourceWords } from './words.ts'

/** At most `max` known vulnerabilities, from a scanner that is shown to have read packages. */
export function judgeVulnerabilities(matcher: VulnerabilitiesMatcher, scene: Scene): Judgement {
  const source = sourceOf(matcher.from.slot, scene)
  if ('none' in source) return source.none
  const items = source.items.filter(item => isFrom(item, matcher.from.tool))
  const reports = reportsOf(items, matcher)
  const tools = byTool(reports)
  return (
    excess(tools, matcher) ??
    unreadableOf(items) ??
    absence(reports, matcher) ??
    brokenReport(reports) ??
    leftOpen(tools, matcher) ??
    shownToHaveRead(tools, matcher, scene)
  )
}

/** Each tool counts on its own, for the same weakness has several names; one tool over the limit is enough. */
function excess(tools: readonly OfTool[], { max }: VulnerabilitiesMatcher): Judgement | undefined {
  const over = tools.filter(({ hits }) => hits.length > max)
  const [first] = over
  if (first) {
    const disputed = over.length === 1 ? disputeIn(first.reports, max) : undefined
    return disputed ?? refuted(`${namesOf(first.hits)}; at most ${max} may be.`, { evidence: citationsOf(first.hits) })
  }
  const all = tools.flatMap(({ hits }) => hits)
  const together = tools.length > 1 ? distinctAcross(all) : 0
  if (together <= max) return undefined
  const names = shownList(tools.map(({ tool }) => tool))
  return open('contradictory', `${names} report different vulnerabilities, ${together} together; at most ${max} may be.`, {
    evidence: citationsOf(all),
  })
}

/** Two reports of one tool on as many packages, of which only one found something, cannot both be right. */
function disputeIn(reports: readonly Report[], max: number): Judgement | undefined {
  const guilty = reports.filter(({ hits }) => hits.length > 0)
  const [one] = guilty
  if (!one || guilty.length > 1 || one.hits.length <= max || one.facts.packages === undefined) return undefined
  const clean = reports.find(
    ({ facts, setAside }) =>
      facts.found.length === 0 && setAside.length === 0 && facts.packages === one.facts.packages && facts.succeeded !== false,
  )
  if (!clean) return undefined
  return open(
    'contradictory',
    `${shown(one.item.file)} reports ${namesOf(one.hits.map(hit => ({ report: one, hit })))}; ${shown(clean.item.file)} of the same tool reports nothing on as many packages.`,
    { evidence: [...one.hits.slice(0, 10).map(hit => citation(one.item, hit.pointer)), citation(clean.item)] },
  )
}

function absence(reports: readonly Report[], { from }: VulnerabilitiesMatcher): Judgement | undefined {
  if (reports.length > 0) return undefined
  const tool = from.tool === undefined ? '' : ` of ${shown(from.tool)}`
  return open('missing', `Evidence "${shown(from.slot)}" holds no report${tool} on known vulnerabilities.`)
}

/** What a report sets aside decides nothing by itself: the same change may have told it to. */
function leftOpen(tools: readonly OfTool[], { max }: VulnerabilitiesMatcher): Judgement | undefined {
  const over = tools.find(({ hits, setAside }) => setAside.length > 0 && hits.length + setAside.length > max)
  if (!over) return undefined
  return open('contradictory', `${namesOf(over.setAside)}, and the report says not to mind.`, {
    evidence: citationsOf(over.setAside),
  })
}

function shownToHaveRead(tools: readonly OfTool[], matcher: VulnerabilitiesMatcher, scene: Scene): Judgement {
  const seen = tools
    .flatMap(({ reports }) => reports)
    .map(report => ({
      report,
      doubt: unseen(report, matcher) ?? outdated(report, matcher, scene) ?? doubtOf(report.item, scene),
    }))
  const good = seen.filter(({ doubt }) => doubt === undefined).map(({ report }) => report)
  if (good.length === 0) return seen[0]?.doubt ?? open('nothing-examined', 'Nobody looked.')
  const names = shownList([...new Set(good.map(({ tool }) => tool))])
  const packages = counted(Math.max(...good.map(({ facts }) => facts.packages ?? 0)), 'package')
  const hits = tools.flatMap(one => one.hits)
  const found = hits.length === 0 ? 'no known vulnerability of this kind' : namesOf(hits)
  return proven(`${names} read ${packages} and reports ${found}.`, {
    evidence: good.map(({ item }) => citation(item)),
    selfReported: good.some(({ item }) => item.binding.reported !== 'signed'),
  })
}

/** How each tool shows what it read, where it can. */
const HINTS: Readonly<Record<string, string>> = {
  'OSV-Scanner': ' Its option --all-packages lists them.',
  Trivy: ' Its option --list-all-pkgs lists them.',
  Grype: ' Its format cyclonedx-json lists them.',
}

function unseen({ item, tool, facts: { packages } }: Report, { minPackages }: VulnerabilitiesMatcher): Judgement | undefined {
  const evidence = [citation(item)]
  if (packages === undefined)
    return open(
      'nothing-examined',
      `${shown(item.file)} does not show how many packages ${shown(tool)} read.${HINTS[tool] ?? ''}`,
      {
        evidence,
      },
    )
  if (packages >= minPackages) return undefined
  return open('nothing-examined', `${shown(tool)} read ${counted(packages, 'package')}; it must be ${minPackages} at least.`, {
    evidence,
  })
}

function outdated(
  { item, tool, facts }: Report,
  { maxDatabaseAge }: VulnerabilitiesMatcher,
  { context }: Scene,
): Judgement | undefined {
  if (maxDatabaseAge === undefined) return undefined
  const most = Number(maxDatabaseAge.slice(1, -1))
  const evidence = [citation(item)]
  if (facts.databaseAt === undefined)
    return open('stale-time', `${shown(item.file)} does not say how old the database of ${shown(tool)} is.`, { evidence })
  const age = daysBetween(facts.databaseAt, context.at)
  if (age >= 0 && age <= most) return undefined
  const sentence =
    age < 0
      ? `The database of ${shown(tool)} was made after the time of the verdict.`
      : `The database of ${shown(tool)} is ${counted(Math.floor(age), 'day')} old; at most ${most} may be.`
  return open('stale-time', sentence, { evidence })
}

function citationsOf(hits: readonly Hit[]) {
  return hits.map(({ report, hit }) => citation(report.item, hit.pointer))
}

function namesOf(hits: readonly Hit[]): string {
  const names = hits.map(
    ({ hit: { id, package: name, version } }) =>
      `${id} in ${[name || 'a package without a name', version ?? ''].join(' ').trim()}`,
  )
  return `${counted(hits.length, 'known vulnerability', 'known vulnerabilities')}: ${shownList(names)}`
}

/** What it asks, in one sentence. */
export function describeVulnerabilities({
  from,
  max,
  minPackages,
  severity,
  packages,
  maxDatabaseAge,
}: VulnerabilitiesMatcher): string {
  const count = max === 0 ? 'No known vulnerability' : `At most ${counted(max, 'known vulnerability', 'known vulnerabilities')}`
  const rated = severity ? ` rated ${shownList(severity, 5)} or not rated` : ''
  const within = packages ? ` in packages named ${shownList(packages.map(quoted))}` : ''
  const age =
    maxDatabaseAge === undefined ? '' : `, with a database of at most ${counted(Number(maxDatabaseAge.slice(1, -1)), 'day')}`
  return `${count}${rated}${within}, from a scanner that is shown to have read at least ${counted(minPackages, 'package')}${age}, in ${sourceWords(from)}.`
}
