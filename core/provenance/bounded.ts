import { counted } from '../evidence/show.ts'
import type { CommitLine, Provenance } from './record.ts'

/** What of it a record keeps: a ledger grows with every run. */
const MOST_COMMITS = 200
const MOST_RANGES = 1000
const MOST_SAYINGS = 100

/** The same, cut to what a record may hold; what was left out is counted as a problem. The counts stay those of the whole. */
export function bounded(provenance: Provenance): Provenance {
  let ranges = 0
  const commits = provenance.commits.slice(0, MOST_COMMITS).map((commit): CommitLine => {
    const own = commit.ranges.slice(0, Math.max(0, MOST_RANGES - ranges))
    ranges += own.length
    return {
      ...commit,
      sayings: commit.sayings.slice(0, MOST_SAYINGS),
      ranges: own.map(range => ({ ...range, said: range.said.filter(index => index < MOST_SAYINGS) })),
    }
  })
  const whole = provenance.commits.reduce((sum, commit) => sum + commit.ranges.length, 0)
  const isWhole =
    commits.length === provenance.commits.length &&
    ranges === whole &&
    provenance.commits.every(({ sayings }) => sayings.length <= MOST_SAYINGS)
  if (isWhole) return provenance
  return {
    ...provenance,
    commits,
    problems: [
      ...provenance.problems,
      {
        code: 'provenance.cut',
        severity: 'info',
        message: `The record keeps ${counted(commits.length, 'commit')} and ${counted(ranges, 'place')} of ${provenance.commits.length} and ${whole}.`,
        cure: 'All of it: skeptic provenance --json.',
      },
    ],
  }
}
