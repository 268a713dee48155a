import type { FindingsMatcher } from '../../schemas/generated/types.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { EvidenceItem, ScanResult } from '../evidence/types.ts'
import type { Scene } from './context.ts'
import { grouped } from './grouped.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import type { Citation } from './record.ts'
import { brokenRun, resultsAt, type Scan, scansOf, unseen } from './scans.ts'
import { citation, doubtOf, factsIn, sourceOf, unreadableOf } from './source.ts'
import { sourceWords } from './words.ts'

/** At most `max` results, from a scanner that is shown to have looked. */
export function judgeFindings(matcher: FindingsMatcher, scene: Scene): Judgement {
  const source = sourceOf(matcher.from.slot, scene)
  if ('none' in source) return source.none
  const scans = scansOf(source.items, matcher)
  return (
    excess(scans, matcher) ??
    unreadableOf(source.items) ??
    absence(source.items, scans, matcher) ??
    brokenRun(scans, matcher) ??
    leftOpen(scans, matcher) ??
    shownToHaveLooked(scans, matcher, scene)
  )
}

/** Two reports of one analysis that disagree are shown both; otherwise each analysis counts once. */
function excess(scans: readonly Scan[], { max }: FindingsMatcher): Judgement | undefined {
  const groups = [...grouped(scans, scan => `${scan.run.tool}\n${scan.run.category ?? ''}`).values()].map(perReport)
  const worst = groups.map(group => group.reduce((most, one) => (one.hits.length > most.hits.length ? one : most)))
  const total = worst.reduce((sum, one) => sum + one.hits.length, 0)
  if (total <= max) return undefined
  const evidence = worst.flatMap(({ item, hits }) => hits.map(hit => citation(item, hit.pointer)))
  for (const group of groups) {
    const clean = group.find(one => one.hits.length === 0 && one.whole)
    const guilty = group.find(one => one.hits.length > max)
    if (clean && guilty && total - guilty.hits.length <= max)
      return open(
        'contradictory',
        `${shown(guilty.item.file)} reports ${namesOf(guilty.hits)}; ${shown(clean.item.file)} of the same tool reports nothing.`,
        {
          evidence: [...evidence.slice(0, 10), citation(clean.item)],
        },
      )
  }
  return refuted(`${namesOf(worst.flatMap(one => one.hits))}; at most ${max} may be.`, { evidence })
}

type OneReport = { readonly item: EvidenceItem; readonly hits: readonly ScanResult[]; readonly whole: boolean }

function perReport(scans: readonly Scan[]): readonly OneReport[] {
  return [...grouped(scans, scan => scan.item).entries()].map(([item, own]) => ({
    item,
    hits: own.flatMap(scan => scan.hits),
    whole: own.every(scan => scan.run.hasResults && scan.run.succeeded !== false),
  }))
}

function absence(items: readonly EvidenceItem[], scans: readonly Scan[], { from }: FindingsMatcher): Judgement | undefined {
  if (scans.length > 0) return undefined
  const reports = items.filter(item => factsIn(item, 'scan') !== undefined)
  const evidence: readonly Citation[] = reports.map(item => citation(item, '/runs'))
  if (reports.length === 0) return open('missing', `Evidence "${shown(from.slot)}" holds no scanner report.`)
  const runs = reports.some(item => (factsIn(item, 'scan')?.runs.length ?? 0) > 0)
  if (!runs)
    return open('nothing-examined', `${shownList(reports.map(item => item.file))} holds no run: nobody looked.`, { evidence })
  return open('missing', `No run in ${shownList(reports.map(item => item.file))} is of ${shown(from.tool ?? '')}.`, { evidence })
}

/** Suppressed results and those a tool leaves to a person decide nothing by themselves. */
function leftOpen(scans: readonly Scan[], { max }: FindingsMatcher): Judgement | undefined {
  const hits = scans.reduce((sum, scan) => sum + scan.hits.length, 0)
  const cite = (of: (scan: Scan) => readonly ScanResult[]) =>
    scans.flatMap(scan => of(scan).map(result => citation(scan.item, result.pointer)))
  const suppressed = scans.flatMap(scan => scan.suppressed)
  if (hits + suppressed.length > max && suppressed.length > 0)
    return open('contradictory', `${namesOf(suppressed)}, and the report says not to mind.`, {
      evidence: cite(scan => scan.suppressed),
    })
  const undecided = scans.flatMap(scan => scan.undecided)
  if (hits + undecided.length > max && undecided.length > 0)
    return open('cannot-tell', `${namesOf(undecided)}, left by the tool for a person to decide.`, {
      evidence: cite(scan => scan.undecided),
    })
  return undefined
}

function shownToHaveLooked(scans: readonly Scan[], matcher: FindingsMatcher, scene: Scene): Judgement {
  const seen = scans.map(scan => ({ scan, doubt: unseen(scan, matcher) ?? doubtOf(scan.item, scene) }))
  const good = seen.filter(({ doubt }) => doubt === undefined).map(({ scan }) => scan)
  const [first] = good
  if (!first) return seen[0]?.doubt ?? open('nothing-examined', 'Nobody looked.')
  const hits = scans.flatMap(scan => scan.hits)
  const tools = [...new Set(good.map(scan => scan.run.tool))]
  return proven(`${shownList(tools)} looked and reports ${hits.length === 0 ? 'nothing of this kind' : namesOf(hits)}.`, {
    evidence: good.map(scan => citation(scan.item, resultsAt(scan))),
    selfReported: good.some(scan => scan.item.binding.reported !== 'signed'),
  })
}

function namesOf(results: readonly ScanResult[]): string {
  const names = results.map(
    ({ rule, path, line }) =>
      `${rule || 'a result'}${path === undefined ? '' : ` in ${path}${line === undefined ? '' : `:${line}`}`}`,
  )
  return `${results.length === 1 ? 'One result' : `${results.length} results`}: ${shownList(names)}`
}

/** What it asks, in one sentence. */
export function describeFindings({ from, max, where, mustHaveRun }: FindingsMatcher): string {
  const level = where?.level ? ` of level ${shownList(where.level)}` : ''
  const cwe = where?.cwe ? ` for ${shownList(where.cwe)}` : ''
  const rule = where?.rule ? ` of rule ${shownList(where.rule)}` : ''
  const paths = where?.paths ? ` in ${shownList(where.paths)}` : ''
  const ran = mustHaveRun?.rules ? `, and rule ${shownList(mustHaveRun.rules)} was run` : ''
  const saw = mustHaveRun?.paths ? `, and files in ${shownList(mustHaveRun.paths)} were looked at` : ''
  const count = max === 0 ? 'No results' : `At most ${counted(max, 'result')}`
  return `${count}${level}${cwe}${rule}${paths}, from a scanner that is shown to have looked, in ${sourceWords(from)}${ran}${saw}.`
}
