import { anyPathMatches } from '../evidence/globs.ts'
import { promptMarks } from './prompt-mark.ts'
import { common, cutBy, holds, type LineRange } from './ranges.ts'
import type { CommitLine, RangeLine } from './record.ts'
import { type Flag, isFromAi, type Saying } from './said.ts'
import type { Trailer } from './trailers.ts'

/** Lines of the judged state that one commit brought; as git blame finds them. */
export type Blamed = {
  readonly commit: string
  readonly path: string
  readonly lines: LineRange
  readonly was: { readonly path: string; readonly start: number }
}

/** A commit of the change with everything that is said of it. */
export type SaidCommit = {
  readonly id: string
  readonly subject: string
  readonly author: string
  readonly trailers: readonly Trailer[]
  readonly sayings: readonly Saying[]
}

/** Where prompts were used: files that the prompt of a work item may have changed; no globs stand for every file. */
export type Zone = { readonly workItem: string; readonly globs: readonly string[] }

/** An answer of a person that the unmarked lines of a work item's zone are a person's. */
export type Attested = { readonly workItem: string; readonly by: string; readonly entry: string }

export type Reconcilable = {
  readonly commits: readonly SaidCommit[]
  readonly blamed: readonly Blamed[]
  readonly zones: readonly Zone[]
  readonly attested: readonly Attested[]
} & Parameters<typeof promptMarks>[1]

/** Lays what the sources say side by side, commit by commit and range by range. A disagreement is a result, never settled here. */
export function reconcile(from: Reconcilable): readonly CommitLine[] {
  const blamed = new Map<string, Blamed[]>()
  for (const part of from.blamed) blamed.set(part.commit, [...(blamed.get(part.commit) ?? []), part])
  return from.commits.map(commit => commitLine(commit, blamed.get(commit.id) ?? [], from))
}

function commitLine(commit: SaidCommit, blamed: readonly Blamed[], from: Reconcilable): CommitLine {
  const { id, subject, author, sayings } = commit
  const namesLines = sayings.some(saying => saying.where !== undefined && isFromAi(saying))
  const machine = blamed.flatMap(part => {
    const prompted = zonesOf(from, part.path)
    return pieces(part, sayings).map((piece): RangeLine => {
      const said = sayings.flatMap((saying, index) => (speaksOf(saying, piece) ? [index] : []))
      const { path, lines, was } = piece
      return {
        path,
        lines,
        was,
        flag: flagOf(
          said.flatMap(index => sayings[index] ?? []),
          namesLines,
        ),
        said,
        prompted,
      }
    })
  })
  const answered = withAnswers(machine, sayings, from.attested)
  return {
    id,
    subject,
    author,
    sayings: answered.sayings,
    prompts: promptMarks(commit.trailers, from),
    flag: machine.length > 0 ? worstOf(answered.ranges) : flagOf(sayings, true),
    ranges: merged(answered.ranges),
  }
}

function zonesOf({ zones }: Reconcilable, path: string): readonly string[] {
  return zones.filter(({ globs }) => globs.length === 0 || anyPathMatches(globs, path)).map(({ workItem }) => workItem)
}

/** An answer of a person speaks of the lines that nobody else speaks of, in the zone it was asked for. */
function withAnswers(
  ranges: readonly RangeLine[],
  sayings: readonly Saying[],
  attested: readonly Attested[],
): { readonly ranges: readonly RangeLine[]; readonly sayings: readonly Saying[] } {
  const open = new Set(ranges.flatMap(({ flag, prompted }) => (flag === 'unflagged' ? prompted : [])))
  const answers = attested.filter(({ workItem }) => open.has(workItem))
  if (answers.length === 0) return { ranges, sayings }
  const manual = answers.map(
    ({ by, entry }): Saying => ({
      source: 'manual',
      origin: 'human',
      who: by,
      at: `ledger/${entry.replace('sha256:', '')}.json`,
    }),
  )
  return {
    sayings: [...sayings, ...manual],
    ranges: ranges.map(range => {
      if (range.flag !== 'unflagged') return range
      const own = answers.flatMap(({ workItem }, index) => (range.prompted.includes(workItem) ? [sayings.length + index] : []))
      return own.length > 0 ? { ...range, flag: 'human-attested' as const, said: [...range.said, ...own] } : range
    }),
  }
}

/** The lines cut wherever somebody begins or stops to speak of them. */
function pieces(part: Blamed, sayings: readonly Saying[]): readonly Blamed[] {
  const length = part.lines.end - part.lines.start
  const whole = { start: part.was.start, end: part.was.start + length }
  const spoken = sayings.flatMap(({ where }) => (where?.path === part.was.path ? (where.ranges ?? []) : []))
  const inside = spoken.filter(range => common(range, whole))
  const shift = part.lines.start - part.was.start
  return cutBy(whole, inside).map(({ start, end }) => ({
    ...part,
    lines: { start: start + shift, end: end + shift },
    was: { ...part.was, start },
  }))
}

/** A piece lies in a range as a whole or not at all, so its first line decides. */
function speaksOf({ where }: Saying, { was }: Blamed): boolean {
  if (where === undefined) return true
  if (where.path !== was.path) return false
  return where.ranges === undefined || holds(where.ranges, was.start)
}

/**
 * What the sources say together. A mark on the commit says that AI helped somewhere in it: it does not contradict a source that
 * gives these lines to a person and others of the commit to a tool, and it does contradict one that gives no line to any tool.
 */
export function flagOf(said: readonly Saying[], namesLines: boolean): Flag {
  const ofLines = said.filter(({ where }) => where !== undefined)
  const ofCommit = said.filter(({ where }) => where === undefined)
  const isHuman = said.some(({ origin }) => origin === 'human')
  const isAi = ofLines.some(isFromAi) || (ofCommit.some(isFromAi) && !(isHuman && namesLines))
  if (isAi && isHuman) return 'conflicting'
  if (isAi) return 'flagged'
  return isHuman ? 'human-attested' : 'unflagged'
}

const WORST: readonly Flag[] = ['conflicting', 'unflagged', 'flagged', 'human-attested']

function worstOf(ranges: readonly { readonly flag: Flag }[]): Flag {
  return WORST.find(flag => ranges.some(range => range.flag === flag)) ?? 'unflagged'
}

/** Neighbours of which the same is said become one. */
function merged(ranges: readonly RangeLine[]): readonly RangeLine[] {
  const done: RangeLine[] = []
  for (const range of ranges) {
    const last = done.at(-1)
    if (last && continues(last, range))
      done[done.length - 1] = { ...last, lines: { start: last.lines.start, end: range.lines.end } }
    else done.push(range)
  }
  return done
}

function continues(a: RangeLine, b: RangeLine): boolean {
  const length = a.lines.end - a.lines.start + 1
  return (
    a.path === b.path &&
    a.was.path === b.was.path &&
    a.flag === b.flag &&
    a.lines.end + 1 === b.lines.start &&
    a.was.start + length === b.was.start &&
    a.said.join() === b.said.join()
  )
}
