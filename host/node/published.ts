import { readFile } from 'node:fs/promises'
import { canonicalJson } from '../../core/model/canonical.ts'
import { parseOwnJson } from '../../core/model/json.ts'
import { type LedgerState, missingOf, type Seen } from '../../core/model/ledger.ts'
import { ok, type Problem, type Result, refuse } from '../../core/support/result.ts'
import { isObjectId, openRepository, type Repository, revisionOf } from './git.ts'
import { git } from './git-run.ts'

/** Notes on commits that say how much of the ledger there was. */
const NOTES = 'refs/notes/skeptic'
const LIMITS = { length: 16 * 1024 * 1024, depth: 20 }

/** What was published, and where it stands. */
export type Published = { readonly at: string; readonly seen: Seen }

/** A note holds one line of this for each design of the repository, by the design's id. */
type Note = { readonly [design: string]: Seen }

/** Writes entry count and heads of a whole ledger into a git note on the last commit, to be pushed where others see it. */
export async function publishLedger(
  codeRoot: string,
  { designId, ledger }: { readonly designId: string; readonly ledger: LedgerState },
): Promise<Result<Published & { readonly ref: string }>> {
  const opened = await openRepository(codeRoot)
  const head = opened.kind === 'repository' ? await revisionOf(opened.repository, 'HEAD') : undefined
  if (opened.kind === 'none' || !head)
    return refuse({
      code: 'publish.noCommit',
      at: codeRoot,
      message: 'There is no commit to note it on.',
      cure: 'Commit the design first.',
    })
  const seen: Seen = { entries: ledger.entries.length, heads: ledger.heads }
  const old = await noteOn(opened.repository, head.commit)
  const text = `${canonicalJson({ ...(old.ok ? old.value : {}), [designId]: seen })}\n`
  const added = await git(codeRoot, ['notes', `--ref=${NOTES}`, 'add', '-f', '-F', '-', head.commit], text)
  if (added?.code === 0) return ok({ at: head.commit, seen, ref: NOTES })
  return refuse({
    code: 'publish.git',
    at: NOTES,
    message: `git wrote no note: ${added?.error.trim().split('\n').at(-1) ?? 'it could not be started'}.`,
    cure: 'Often git does not know your name: git config user.name and user.email',
  })
}

/** Everything that the notes on the commits up to the last one say of this design. */
export async function publishedIn(codeRoot: string, designId: string): Promise<Result<readonly Published[]>> {
  const opened = await openRepository(codeRoot)
  if (opened.kind === 'none') return ok([])
  const listed = await git(codeRoot, ['notes', `--ref=${NOTES}`, 'list'])
  const noted = (listed?.code === 0 ? listed.out.toString().split('\n') : []).flatMap(line => {
    const commit = line.split(' ')[1]
    return commit !== undefined && isObjectId(commit) ? [commit] : []
  })
  if (noted.length === 0) return ok([])
  const walked = await git(codeRoot, ['rev-list', 'HEAD'])
  const history = new Set(walked?.code === 0 ? walked.out.toString().split('\n') : [])
  const found: Published[] = []
  for (const commit of noted.filter(one => history.has(one))) {
    const note = await noteOn(opened.repository, commit)
    if (!note.ok) return note
    const seen = note.value[designId]
    if (seen) found.push({ at: commit, seen })
  }
  return ok(found)
}

async function noteOn({ folder }: Repository, commit: string): Promise<Result<Note>> {
  const shown = await git(folder, ['notes', `--ref=${NOTES}`, 'show', commit])
  if (shown?.code !== 0) return ok({})
  return readNote(`${NOTES}/${commit.slice(0, 12)}`, shown.out.toString())
}

function readNote(at: string, text: string): Result<Note> {
  const parsed = parseOwnJson(at, text, LIMITS)
  if (!parsed.ok) return parsed
  const value = parsed.value
  const isNote = typeof value === 'object' && value !== null && Object.values(value).every(isSeen)
  return isNote
    ? ok(value as Note)
    : refuse({
        code: 'publish.note',
        at,
        message: 'It does not say what was published.',
        cure: 'Publish again: skeptic ledger publish',
      })
}

function isSeen(value: unknown): value is Seen {
  const { entries, heads } = (value ?? {}) as { readonly entries?: unknown; readonly heads?: unknown }
  return typeof entries === 'number' && Array.isArray(heads) && heads.every(head => typeof head === 'string')
}

/** What a file or the note on a revision says: a note, or the answer of ledger --json. */
export async function publishedBy(codeRoot: string, designId: string, named: string): Promise<Result<readonly Published[]>> {
  const text = await readFile(named, 'utf8').catch(() => undefined)
  if (text !== undefined) return fromFile(named, designId, text)
  const opened = await openRepository(codeRoot)
  const revision = opened.kind === 'repository' ? await revisionOf(opened.repository, named) : undefined
  const note = opened.kind === 'repository' && revision ? await noteOn(opened.repository, revision.commit) : undefined
  if (note && !note.ok) return note
  const seen = note?.value[designId]
  return revision && seen ? ok([{ at: revision.commit, seen }]) : nothing(named)
}

function fromFile(named: string, designId: string, text: string): Result<readonly Published[]> {
  const parsed = parseOwnJson(named, text, LIMITS)
  if (!parsed.ok) return parsed
  const value = (parsed.value ?? {}) as Readonly<Record<string, unknown>>
  const own = value[designId] ?? { ...value, entries: Array.isArray(value.entries) ? value.entries.length : value.entries }
  return isSeen(own) ? ok([{ at: named, seen: own }]) : nothing(named)
}

function nothing(at: string): Result<never> {
  return refuse({
    code: 'publish.nothing',
    at,
    message: 'Nothing there says what was published of this ledger.',
    cure: 'A file that ledger --json wrote, or a revision with a note of skeptic ledger publish.',
  })
}

/** What of the published is gone: broken integrity, for entries are only ever added. */
export function cutOff(
  { entries }: LedgerState,
  published: readonly Published[],
): readonly (Problem & LedgerState['problems'][number])[] {
  const hashes = new Set(entries.map(({ hash }) => hash))
  return published.flatMap(({ at, seen }) => {
    const missing = missingOf(seen, hashes)
    if (missing === undefined) return []
    return [
      {
        code: 'ledger.cut',
        severity: 'error' as const,
        at: 'ledger',
        message: `Of the ledger that was published on ${at.slice(0, 40)}, ${missing}.`,
        cure: 'Restore the files of ledger/ from version control; entries are only ever added.',
      },
    ]
  })
}
