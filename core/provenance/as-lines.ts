import { counted, shown } from '../evidence/show.ts'
import { rangeWords } from './ranges.ts'
import type { CommitLine, Provenance, RangeLine } from './record.ts'
import type { Flag, Saying } from './said.ts'

/** A commit in words: what it is, and what is said of it line by line. */
export type CommitWords = { readonly title: string; readonly lines: readonly string[] }

export const FLAG_WORDS: Readonly<Record<Flag, string>> = {
  flagged: 'flagged as made with AI',
  conflicting: 'CONFLICTING',
  unflagged: 'unflagged',
  'human-attested': 'said to be written by a person',
}

/** Commits and places that are named before the rest is only counted. */
const MOST_COMMITS = 30
const MOST_PLACES = 20

/** Lines by what is said of them, in one sentence. */
export function countWords({ counts }: Pick<Provenance, 'counts'>): string {
  const words = (Object.keys(FLAG_WORDS) as Flag[]).map(flag => `${counts[flag]} ${flag}`)
  return `Lines: ${words.join(', ')}. The absence of a mark proves nothing.`
}

/** The commits of a change in words, hidden characters made visible. */
export function commitWords({ commits }: Pick<Provenance, 'commits'>): readonly CommitWords[] {
  const named = commits.slice(0, MOST_COMMITS).map(wordsOf)
  const more = commits.length - named.length
  return more > 0 ? [...named, { title: `and ${counted(more, 'more commit')}`, lines: [] }] : named
}

function wordsOf(commit: CommitLine): CommitWords {
  const { id, subject, author, flag, sayings, prompts, ranges } = commit
  return {
    title: `${id.slice(0, 9)} ${FLAG_WORDS[flag]}: ${shown(subject)} (${shown(author)})`,
    lines: [
      ...some(sayings.map(sayingWords)),
      ...(sayings.length === 0 ? ['Nobody says how it was made.'] : []),
      ...prompts.map(({ value, sentence }) => `prompt ${shown(value)}: ${sentence}`),
      ...some(byFile(ranges)),
    ],
  }
}

function some(lines: readonly string[]): readonly string[] {
  return lines.length > MOST_PLACES ? [...lines.slice(0, MOST_PLACES), `and ${lines.length - MOST_PLACES} more`] : lines
}

/** Who says it, what, and of which lines. */
export function sayingWords({ source, origin, who, at, where }: Saying): string {
  const of = where === undefined ? 'the commit' : `${shown(where.path)}${where.ranges ? ` ${rangeWords(where.ranges)}` : ''}`
  return `${source} (${shown(at)}): ${origin}, ${shown(who)}; of ${of}`
}

/** `src/a.ts: 1-5 flagged; 6-9 unflagged (W-7K3Q2)`, one line for each file. */
function byFile(ranges: readonly RangeLine[]): readonly string[] {
  const files = new Map<string, RangeLine[]>()
  for (const range of ranges) files.set(range.path, [...(files.get(range.path) ?? []), range])
  return [...files].map(([path, own]) => {
    const parts = own.slice(0, MOST_PLACES).map(({ lines, flag, prompted }) => {
      const zone = flag === 'unflagged' && prompted.length > 0 ? `, where a prompt of ${prompted.join(', ')} was used` : ''
      return `${rangeWords([lines])} ${flag}${zone}`
    })
    const more = own.length > MOST_PLACES ? `; and ${own.length - MOST_PLACES} more` : ''
    return `${shown(path)}: ${parts.join('; ')}${more}`
  })
}
