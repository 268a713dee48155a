import { joined, type LineRange } from './ranges.ts'

/** Who a line comes from, as somebody says; `mixed` is both, `unknown` is said to be unknown. */
export type Origin = 'ai' | 'human' | 'mixed' | 'unknown'

/** Where it is said: a line of the commit message, the commit's author, a git-ai note, an Agent Trace record, a person's answer. */
export type Source = 'trailer' | 'author' | 'note' | 'trace' | 'manual'

/** One thing somebody says about the origin of lines. */
export type Saying = {
  readonly source: Source
  readonly origin: Origin
  /** Tool, model or person, as the source writes it. */
  readonly who: string
  /** Where it stands: name of the trailer, of the note's ref, of the file and record, or of the ledger entry. */
  readonly at: string
  /** Absent: about the commit as a whole, as trailers are. */
  readonly where?: SaidLines
}

/** Lines of a file as the commit left it; without ranges the whole file. */
export type SaidLines = { readonly path: string; readonly ranges?: readonly LineRange[] }

/** `flagged`: said to be from an AI tool; `conflicting`: the sources disagree; `unflagged`: nobody says anything. */
export type Flag = 'flagged' | 'conflicting' | 'unflagged' | 'human-attested'

export function isFromAi({ origin }: Pick<Saying, 'origin'>): boolean {
  return origin === 'ai' || origin === 'mixed'
}

/** How many different things may be said of one file, and of one commit, before the rest is left out. */
const MOST_OF_FILE = 100
const MOST_OF_COMMIT = 2000

/** The same saying about the same file once, its ranges joined; `left` counts what was too much to keep. */
export function together(sayings: readonly Saying[]): { readonly sayings: readonly Saying[]; readonly left: number } {
  const kept = new Map<string, Saying & { ranges: LineRange[] | undefined }>()
  const perFile = new Map<string, number>()
  let left = 0
  for (const saying of sayings) {
    const { source, origin, who, where } = saying
    const key = JSON.stringify([source, origin, who, where?.path ?? null, where === undefined ? saying.at : ''])
    const known = kept.get(key)
    if (known) {
      if (where?.ranges && known.ranges) known.ranges.push(...where.ranges)
      else known.ranges = undefined
      continue
    }
    const ofFile = perFile.get(where?.path ?? '') ?? 0
    if (ofFile >= MOST_OF_FILE || kept.size >= MOST_OF_COMMIT) left++
    else {
      perFile.set(where?.path ?? '', ofFile + 1)
      kept.set(key, { ...saying, ranges: where?.ranges ? [...where.ranges] : undefined })
    }
  }
  return { left, sayings: [...kept.values()].map(withRanges) }
}

function withRanges({ ranges, where, ...saying }: Saying & { readonly ranges: LineRange[] | undefined }): Saying {
  if (where === undefined) return saying
  return { ...saying, where: ranges === undefined ? { path: where.path } : { path: where.path, ranges: joined(ranges) } }
}
