import type { FindingsFilter, FindingsMatcher } from '../../schemas/generated/types.ts'
import { anyPathMatches, foreignPathMatches, nameMatches } from '../evidence/globs.ts'
import { shown, shownList } from '../evidence/show.ts'
import type { EvidenceItem, ScanResult, ScanRun } from '../evidence/types.ts'
import { grouped } from './grouped.ts'
import { type Judgement, open } from './judgement.ts'
import { citation, factsIn } from './source.ts'

/** One run of a scanner and those of its results that the matcher asks about. */
export type Scan = {
  readonly item: EvidenceItem
  readonly run: ScanRun
  readonly hits: readonly ScanResult[]
  readonly suppressed: readonly ScanResult[]
  /** SARIF kinds `open` and `review`. */
  readonly undecided: readonly ScanResult[]
}

export function scansOf(items: readonly EvidenceItem[], { from, where }: FindingsMatcher): readonly Scan[] {
  return items.flatMap(item => {
    const facts = factsIn(item, 'scan')
    if (!facts) return []
    const { runs, results } = facts
    const matching = grouped(
      results.filter(result => result.baseline !== 'absent' && isAskedFor(result, where)),
      result => result.run,
    )
    return runs.flatMap((run, index) => (isTool(run.tool, from.tool) ? [scanOf(item, run, matching.get(index) ?? [])] : []))
  })
}

function scanOf(item: EvidenceItem, run: ScanRun, results: readonly ScanResult[]): Scan {
  const findings = results.filter(result => result.level !== 'none')
  return {
    item,
    run,
    hits: findings.filter(result => !result.suppressed),
    suppressed: findings.filter(result => result.suppressed && result.baseline !== 'unchanged'),
    undecided: results.filter(result => result.level === 'none' && (result.kind === 'open' || result.kind === 'review')),
  }
}

/** `Semgrep` is also `Semgrep OSS`. */
function isTool(tool: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true
  const [name, asked] = [tool.toLowerCase(), wanted.toLowerCase()]
  return name === asked || name.startsWith(`${asked} `)
}

/** A result without a place is never ruled out by a path. */
function isAskedFor(result: ScanResult, where: FindingsFilter | undefined): boolean {
  if (!where) return true
  const { level, cwe, rule, paths } = where
  if (level && result.level !== 'none' && !level.some(one => one === result.level)) return false
  if (cwe && !cwe.some(one => result.cwe.includes(one))) return false
  if (rule && !rule.some(glob => nameMatches(glob, result.rule))) return false
  return !paths || result.path === undefined || foreignPathMatches(paths, result.path)
}

/** Where in its report a run holds what it found; only SARIF has a list for each. */
export function resultsAt({ item, run }: Scan): string {
  return item.reading.ok && item.reading.value.format === 'sarif' ? `${run.pointer}/results` : run.pointer
}

/** A run that ended badly, or kept its results elsewhere, keeps every other run of the slot from proving anything. */
export function brokenRun(scans: readonly Scan[], { where, mustHaveRun }: FindingsMatcher): Judgement | undefined {
  const paths = [...(where?.paths ?? []), ...(mustHaveRun?.paths ?? [])]
  for (const { item, run } of scans) {
    const at = (pointer: string) => ({ evidence: [citation(item, pointer)] })
    if (!run.hasResults)
      return open('nothing-examined', `${shown(run.tool)} left no list of results, not even an empty one.`, at(run.pointer))
    if (run.succeeded === false)
      return open('tool-failed', `${shown(run.tool)} says that it did not run to a good end.`, at(`${run.pointer}/invocations`))
    const trouble = run.troubles.find(one =>
      one.path === undefined || paths.length === 0 ? one.level === 'error' : foreignPathMatches(paths, one.path),
    )
    if (trouble)
      return open(
        'tool-failed',
        `${shown(run.tool)} reports trouble of its own: ${shown(trouble.text, 200)}`,
        at(trouble.pointer),
      )
    if (!endedWell(item, run))
      return open(
        'tool-failed',
        `${shown(run.tool)} ended with exit code ${item.exitCode} and reports too little to explain it.`,
        at(run.pointer),
      )
  }
  return undefined
}

/** Many scanners end with 1 when they found something; any other code must be explained by the report. */
function endedWell({ exitCode }: EvidenceItem, { resultCount, succeeded }: ScanRun): boolean {
  if (exitCode === undefined || exitCode === 0) return true
  return resultCount > 0 && (exitCode === 1 || succeeded === true)
}

/** Why a run is not shown to have looked for what the matcher asks; nothing when it is. */
export function unseen({ item, run }: Scan, { where, mustHaveRun }: FindingsMatcher): Judgement | undefined {
  const evidence = [citation(item, run.pointer)]
  const listed = run.artifacts.length > 0 || run.resultCount > 0
  const ran = run.rules.length > 0 && (run.succeeded === true || item.exitCode === 0)
  if (!listed && !ran)
    return open('nothing-examined', `Nothing in ${shown(item.file)} shows that ${shown(run.tool)} looked at anything.`, {
      evidence,
    })
  const rules = mustHaveRun?.rules?.filter(rule => !run.rules.includes(rule)) ?? []
  if (rules.length > 0)
    return open('nothing-examined', `${shown(run.tool)} does not list the rule ${shownList(rules)}.`, { evidence })
  const paths =
    mustHaveRun?.paths?.filter(
      glob => !run.artifacts.some(path => anyPathMatches([glob], path) || foreignPathMatches([glob], path)),
    ) ?? []
  if (paths.length > 0)
    return open('nothing-examined', `${shown(run.tool)} lists no file in ${shownList(paths)} as looked at.`, { evidence })
  const looksFor = mustHaveRun?.rules !== undefined || !where?.cwe || where.cwe.some(cwe => run.cwe.includes(cwe))
  if (!looksFor)
    return open('nothing-examined', `No rule that ${shown(run.tool)} lists looks for ${shownList(where?.cwe ?? [])}.`, {
      evidence,
    })
  return undefined
}
