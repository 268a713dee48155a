import { shown } from '../../core/evidence/show.ts'
import type { RevisionShown, Revisions } from '../contract.ts'
import { isObjectId, openRepository, type Repository } from './git.ts'
import { git } from './git-run.ts'

/** So many branches, so many tags and so many commits are listed. */
const MOST_NAMES = 100
const MOST_COMMITS = 50

/** Letters of a name or of the first line of a message. */
const MOST_LETTERS = 80

/** Bytes of a listing: names and first lines, a hundred at most. */
const MOST_BYTES = 4 * 1024 * 1024

/** Branches, tags and the last commits that touch a folder, each newest first. */
export async function revisionsOf(folder: string): Promise<Revisions> {
  const opened = await openRepository(folder)
  if (opened.kind === 'none') return { kind: 'none', why: opened.why }
  const { repository } = opened
  const [branches, tags, commits] = await Promise.all([
    namesBelow(repository, 'branch', ['refs/heads/', 'refs/remotes/']),
    namesBelow(repository, 'tag', ['refs/tags/']),
    commitsHere(repository),
  ])
  const cut = (all: readonly RevisionShown[], most: number) => all.slice(0, most)
  return {
    kind: 'repository',
    revisions: [...cut(branches, MOST_NAMES), ...cut(tags, MOST_NAMES), ...cut(commits, MOST_COMMITS)],
    more: branches.length > MOST_NAMES || tags.length > MOST_NAMES || commits.length > MOST_COMMITS,
  }
}

/** Names that lead to a commit, those behind an annotated tag too; a symbolic one, as the remote's default, is a second name only. */
async function namesBelow(
  { folder }: Repository,
  kind: 'branch' | 'tag',
  places: readonly string[],
): Promise<readonly RevisionShown[]> {
  const fields = ['objecttype', 'objectname', '*objecttype', '*objectname', 'creatordate:unix', 'symref', 'refname:short']
  const format = fields.map(field => `%(${field})`).join('%00')
  const options = [`--count=${MOST_NAMES + 1}`, '--sort=-creatordate', `--format=${format}`]
  const asked = await git(folder, ['for-each-ref', ...options, ...places], '', MOST_BYTES)
  return linesOf(asked).flatMap(line => {
    const [type, id, innerType, innerId, at, symbolic, name = ''] = line.split('\0')
    const commit = type === 'commit' ? id : innerType === 'commit' ? innerId : undefined
    return symbolic === '' ? revision(kind, name, commit, at) : []
  })
}

async function commitsHere({ folder }: Repository): Promise<readonly RevisionShown[]> {
  const options = [`--max-count=${MOST_COMMITS + 1}`, '--no-show-signature', '--format=%H%x00%ct%x00%s']
  const asked = await git(folder, ['log', ...options, '--', '.'], '', MOST_BYTES)
  return linesOf(asked).flatMap(line => {
    const [commit, at, ...subject] = line.split('\0')
    return revision('commit', subject.join(' '), commit, at)
  })
}

function linesOf(asked: Awaited<ReturnType<typeof git>>): readonly string[] {
  return asked?.code === 0
    ? asked.out
        .toString()
        .split('\n')
        .filter(line => line !== '')
    : []
}

function revision(kind: RevisionShown['kind'], name: string, commit = '', at = ''): readonly RevisionShown[] {
  const instant = new Date(Number(at) * 1000)
  if (!isObjectId(commit) || Number.isNaN(instant.getTime())) return []
  return [{ kind, name: shown(name, MOST_LETTERS), commit, at: `${instant.toISOString().slice(0, 19)}Z` }]
}
