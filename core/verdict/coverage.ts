import type { CoverageMatcher } from '../../schemas/generated/types.ts'
import { foreignPathMatches } from '../evidence/globs.ts'
import { counted, shown, shownList } from '../evidence/show.ts'
import type { CoveredFile, EvidenceItem } from '../evidence/types.ts'
import { by } from '../support/order.ts'
import type { Scene } from './context.ts'
import { grouped } from './grouped.ts'
import { type Judgement, open, proven, refuted } from './judgement.ts'
import type { Citation } from './record.ts'
import { citation, doubtOf, factsIn, isFrom, sourceOf, unreadableOf } from './source.ts'
import { quoted, sourceWords } from './words.ts'

type Listed = { readonly item: EvidenceItem; readonly file: CoveredFile }

/** Each of the named files was run through far enough, as its lines say; the rate of the whole is never asked. */
export function judgeCoverage(matcher: CoverageMatcher, scene: Scene): Judgement {
  const source = sourceOf(matcher.from.slot, scene)
  if ('none' in source) return source.none
  const items = source.items.filter(item => isFrom(item, matcher.from.tool))
  const all = items.flatMap(item => (factsIn(item, 'coverage')?.files ?? []).map((file): Listed => ({ item, file })))
  const named = all.filter(({ file }) => foreignPathMatches(matcher.paths, file.path))
  const files = named.filter(({ file }) => file.lines > 0)
  return (
    tooLittle(files, matcher) ??
    unreadableOf(items) ??
    absence(items, { all, named, files }, matcher) ??
    crashOf(items) ??
    disagreement(files) ??
    provenBy(files, matcher, scene)
  )
}

function isEnough({ file: { hit, lines } }: Listed, { minPercent }: CoverageMatcher): boolean {
  return hit * 100 >= minPercent * lines
}

/**
 * The best report of each file counts, for several runs add to each other; within one report the worst, for equal paths are several files
 * there. What one report of a slot declares wrongly of a file is no reason to fail it.
 */
function bestOf(files: readonly Listed[]): readonly Listed[] {
  const share = ({ file }: Listed) => file.hit / file.lines
  const best = [...grouped(files, ({ file }) => file.path).values()].map(same => {
    const worst = [...grouped(same, ({ item }) => item.file).values()].map(one =>
      one.reduce((a, b) => (share(b) < share(a) ? b : a)),
    )
    return worst.reduce((a, b) => (share(b) > share(a) ? b : a))
  })
  return best.sort(by(({ file }) => file.path))
}

function tooLittle(files: readonly Listed[], matcher: CoverageMatcher): Judgement | undefined {
  const low = bestOf(files).filter(one => !isEnough(one, matcher) && one.file.disagreement === undefined)
  if (low.length === 0) return undefined
  return refuted(`Tests ran through ${wordsOf(low)}; ${matcher.minPercent} % are asked in each file.`, {
    evidence: low.map(cite),
  })
}

type Found = { readonly all: readonly Listed[]; readonly named: readonly Listed[]; readonly files: readonly Listed[] }

/** A file that no test loads stands in no report: that it is not listed is no sign that it is covered. */
function absence(items: readonly EvidenceItem[], { all, named, files }: Found, matcher: CoverageMatcher): Judgement | undefined {
  const { from, paths, minFiles = 1 } = matcher
  const reports = items.filter(item => factsIn(item, 'coverage'))
  const evidence = reports.map(item => citation(item))
  if (reports.length === 0) return open('missing', `Evidence "${shown(from.slot)}" holds no coverage report.`)
  if (all.length === 0) return open('nothing-examined', 'The coverage report lists no file.', { evidence })
  if (named.length === 0)
    return open(
      'missing',
      `None of ${counted(all.length, 'file')} in the report is named ${shownList(paths.map(quoted))}; it lists ${shownList(all.map(({ file }) => file.path))}.`,
      { evidence },
    )
  if (files.length === 0)
    return open('nothing-examined', `No line of ${shownList(named.map(({ file }) => file.path))} can run.`, {
      evidence: named.map(cite),
    })
  const unlisted = paths.filter(path => !/[*?{]/.test(path) && !named.some(({ file }) => foreignPathMatches([path], file.path)))
  if (unlisted.length > 0) return open('missing', `The report does not list ${shownList(unlisted)}.`, { evidence })
  const count = bestOf(files).length
  if (count < minFiles)
    return open(
      'missing',
      `The report lists ${counted(count, 'file')} named ${shownList(paths.map(quoted))}; ${minFiles} must be.`,
      {
        evidence: files.map(cite),
      },
    )
  return undefined
}

function crashOf(items: readonly EvidenceItem[]): Judgement | undefined {
  const crashed = items.find(({ exitCode }) => exitCode !== undefined && exitCode !== 0)
  return crashed
    ? open('tool-failed', `The run that made ${shown(crashed.file)} ended with exit code ${crashed.exitCode}.`, {
        evidence: [citation(crashed)],
      })
    : undefined
}

function disagreement(files: readonly Listed[]): Judgement | undefined {
  const one = files.find(({ file }) => file.disagreement !== undefined)
  return one
    ? open('contradictory', `Of ${shown(one.file.path)}, ${shown(one.item.file)} ${one.file.disagreement}.`, {
        evidence: [cite(one)],
      })
    : undefined
}

function provenBy(files: readonly Listed[], matcher: CoverageMatcher, scene: Scene): Judgement {
  const trusted = files.filter(({ item }) => doubtOf(item, scene) === undefined)
  const good = bestOf(trusted).filter(one => isEnough(one, matcher))
  const doubted = files.find(({ item }) => doubtOf(item, scene) !== undefined)
  const doubt = doubted && doubtOf(doubted.item, scene)
  if (doubt && good.length < bestOf(files).length) return doubt
  return proven(`Tests ran through ${wordsOf(good)}.`, {
    evidence: good.map(cite),
    selfReported: good.some(({ item }) => item.binding.reported !== 'signed'),
  })
}

function wordsOf(files: readonly Listed[]): string {
  return shownList(files.map(({ file }) => `${file.hit} of ${counted(file.lines, 'line')} of ${file.path}`))
}

function cite({ item, file }: Listed): Citation {
  return citation(item, file.pointer)
}

/** What it asks, in one sentence. */
export function describeCoverage({ from, paths, minPercent, minFiles = 1 }: CoverageMatcher): string {
  const files = minFiles === 1 ? 'each file' : `each of at least ${minFiles} files`
  return `Tests ran through at least ${minPercent} % of the lines of ${files} in ${shownList(paths.map(path => shown(path)))}, in ${sourceWords(from)}.`
}
