import { NOTE_LENGTH, NOTES_REF, readNote } from '../../../core/provenance/git-ai.ts'
import type { Saying } from '../../../core/provenance/said.ts'
import type { Problem } from '../../../core/support/result.ts'
import { blobsOf, type Repository } from '../git.ts'
import { notesOf, outsideHistory } from '../git-history.ts'
import { badNote, notesRemark } from './problems.ts'

/** Notes on commits outside the change that are looked for in the history. */
const MOST_OTHERS = 1000

type Noting = { readonly ids: ReadonlySet<string>; readonly head: string; readonly problems: Problem[] }

/** What the git-ai notes on the commits of a change say. */
export async function notesFor(
  repository: Repository,
  { ids, head, problems }: Noting,
): Promise<ReadonlyMap<string, readonly Saying[]>> {
  const notes = await notesOf(repository, NOTES_REF)
  const own = [...notes].filter(([commit]) => ids.has(commit))
  const texts = await blobsOf(
    repository,
    own.map(([, blob]) => blob),
    NOTE_LENGTH,
  )
  const said = new Map<string, readonly Saying[]>()
  for (const [commit, blob] of own) {
    const at = `${NOTES_REF} ${commit.slice(0, 9)}`
    const bytes = texts.get(blob)
    const text = bytes?.toString('utf8')
    if (bytes === undefined || text === undefined) problems.push(badNote(at, `is larger than ${NOTE_LENGTH} bytes`))
    else if (!Buffer.from(text, 'utf8').equals(bytes)) problems.push(badNote(at, 'is no UTF-8'))
    else {
      const note = readNote(commit, text)
      if (note.ok) said.set(commit, note.value.sayings)
      problems.push(
        ...(note.ok ? note.value.problems : note.problems.map(problem => ({ ...problem, severity: 'warning' as const }))),
      )
    }
  }
  const others = [...notes.keys()].filter(commit => !ids.has(commit)).slice(0, MOST_OTHERS)
  const lost = await outsideHistory(repository, others, head)
  if (notes.size > 0) problems.push(notesRemark(lost.length))
  return said
}
