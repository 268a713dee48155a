import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Design } from '../../../core/model/types.ts'
import { sayingsIn, signedByTools } from '../../../core/provenance/marks.ts'
import { linesIn } from '../../../core/provenance/ranges.ts'
import { type Attested, type Blamed, reconcile, type SaidCommit, type Zone } from '../../../core/provenance/reconcile.ts'
import type { CommitLine, Provenance } from '../../../core/provenance/record.ts'
import { type Saying, together } from '../../../core/provenance/said.ts'
import { MESSAGE_LENGTH, trailersIn } from '../../../core/provenance/trailers.ts'
import type { Problem } from '../../../core/support/result.ts'
import { openRepository, type Repository, revisionOf } from '../git.ts'
import { blameOf, filesWithLines, prefixOf, type WrittenCommit, writtenCommits } from '../git-history.ts'
import { notesFor } from './notes.ts'
import { noBlame, promptProblems, tooMany, unread } from './problems.ts'
import { tracesFor } from './traces.ts'

export type ProvenanceInput = {
  readonly design: Design
  readonly ledger: Pick<LedgerState, 'entries'>
  readonly codeRoot: string
  /** Commits; without a base everything in the history of the head. */
  readonly base: string | undefined
  readonly head: string
  /** Paths that are the design's own, or evidence. */
  readonly isOwn: (path: string) => boolean
  readonly zones: readonly Zone[]
  readonly attested: readonly Attested[]
  /** Files with Agent Trace records; undefined: those in `.agent-trace` of the code. */
  readonly traces?: readonly string[]
}

const MOST_FILES = 500
const MOST_COMMITS = 1000
const AT_ONCE = 4

/** What every source says of the lines of a change. Reads commits, notes and files; writes nothing. Undefined outside git. */
export async function readProvenance(input: ProvenanceInput): Promise<Provenance | undefined> {
  const opened = await openRepository(input.codeRoot)
  if (opened.kind === 'none') return undefined
  const { repository } = opened
  const head = await revisionOf(repository, input.head)
  const written = head && (await writtenCommits(repository, input.base, head.commit))
  if (!head || !written) return undefined
  const span = { base: input.base, head: head.commit }
  const problems: Problem[] = []
  const prefix = await prefixOf(repository)
  const recent = written.slice(0, MOST_COMMITS)
  if (written.length > recent.length) problems.push(tooMany(`commits, of ${written.length}`, recent.length))
  const blamed = await blamedLines(repository, { span, prefix, isOwn: input.isOwn, problems })
  const ids = new Set(recent.map(({ id }) => id))
  const traced = await tracesFor(input, ids, problems)
  const noted = await notesFor(repository, { ids, head: head.commit, problems })
  const withLines = new Set(blamed.map(({ commit }) => commit))
  const said = recent
    .filter(({ id, paths }) => withLines.has(id) || paths.some(file => !input.isOwn(file)))
    .map(commit =>
      saidCommit(commit, { prefix, more: [...(noted.get(commit.id) ?? []), ...(traced.get(commit.id) ?? [])], problems }),
    )
  const commits = reconcile({ ...input, commits: said, blamed: blamed.filter(({ commit }) => ids.has(commit)) })
  return {
    ...(input.base === undefined ? {} : { base: input.base }),
    head: head.commit,
    commits,
    counts: countsOf(commits),
    problems: [...problems, ...commits.flatMap(promptProblems)],
  }
}

type Blaming = {
  readonly span: { readonly base: string | undefined; readonly head: string }
  readonly prefix: string
  readonly isOwn: (path: string) => boolean
  readonly problems: Problem[]
}

async function blamedLines(repository: Repository, { span, prefix, isOwn, problems }: Blaming): Promise<readonly Blamed[]> {
  const all = (await filesWithLines(repository, span.base, span.head)).filter(file => !isOwn(file))
  const files = all.slice(0, MOST_FILES)
  if (all.length > files.length) problems.push(tooMany(`files, of ${all.length}`, files.length))
  const found = new Map<string, readonly Blamed[]>()
  const waiting = [...files]
  const work = async () => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const blame = await blameOf(repository, span, file)
      if (!blame) problems.push(noBlame(file))
      const name = file
      found.set(
        name,
        (blame ?? []).flatMap(({ commit, start, count, was }) =>
          was.path.startsWith(prefix)
            ? [
                {
                  commit,
                  path: name,
                  lines: { start, end: start + count - 1 },
                  was: { path: was.path.slice(prefix.length), start: was.start },
                },
              ]
            : [],
        ),
      )
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return files.flatMap(file => found.get(file) ?? [])
}

type Saids = { readonly prefix: string; readonly more: readonly Saying[]; readonly problems: Problem[] }

function saidCommit({ id, author, email, message }: WrittenCommit, { prefix, more, problems }: Saids): SaidCommit {
  const text = message.length > MESSAGE_LENGTH ? '' : message.toString('utf8')
  if (message.length > MESSAGE_LENGTH)
    problems.push(unread(id, `has a message of ${message.length} bytes; at most ${MESSAGE_LENGTH} are read`))
  else if (!Buffer.from(text, 'utf8').equals(message))
    problems.push(unread(id, 'has a message that is no UTF-8; what can be read of it is'))
  const trailers = trailersIn(text)
  const own = more.flatMap((saying): readonly Saying[] => {
    if (saying.where === undefined) return [saying]
    const { path: file } = saying.where
    return file.startsWith(prefix) ? [{ ...saying, where: { ...saying.where, path: file.slice(prefix.length) } }] : []
  })
  const { sayings, left } = together([...sayingsIn({ author, email, trailers }), ...own])
  if (left > 0)
    problems.push(tooMany(`different sayings about commit ${id.slice(0, 9)}, of ${sayings.length + left}`, sayings.length))
  problems.push(...signedByTools({ id, trailers }))
  return { id, subject: text.split('\n')[0]?.slice(0, 200) ?? '', author, trailers, sayings }
}

function countsOf(commits: readonly CommitLine[]): Provenance['counts'] {
  const counts = { flagged: 0, conflicting: 0, unflagged: 0, 'human-attested': 0 }
  for (const { ranges } of commits) for (const { flag, lines } of ranges) counts[flag] += linesIn([lines])
  return counts
}
