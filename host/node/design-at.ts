import { explainRow } from '../../core/model/explain.ts'
import { parseFolder } from '../../core/model/parse.ts'
import type { Design } from '../../core/model/types.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { blobsOf, filesOf, openRepository, revisionOf } from './git.ts'
import { isDesignFile, READ_LIMITS } from './read-files.ts'

/** A design as a commit holds it. */
export type PastDesign = { readonly design: Design; readonly commit: string }

/**
 * The design of a folder at a revision of its repository; undefined where no revision has that name, or no repository is there. Refused
 * where the revision has no design in that folder, or one that cannot be read whole.
 */
export async function designAtRevision(folder: string, name: string): Promise<Result<PastDesign> | undefined> {
  const opened = await openRepository(folder)
  if (opened.kind !== 'repository') return undefined
  const commit = (await revisionOf(opened.repository, name))?.commit
  if (commit === undefined) return undefined
  const files = [...(await filesOf(opened.repository, commit))].filter(([path]) => isDesignFile(path))
  if (files.length === 0)
    return refuse({
      code: 'diff.noDesignThen',
      at: name,
      message: `The commit ${commit.slice(0, 9)} has no design in this folder.`,
      cure: 'Name a later revision, or the folder where the design was then.',
    })
  const strange = files.find(([, { mode }]) => !mode.startsWith('100'))
  if (strange || files.length > READ_LIMITS.files)
    return unreadable(name, strange ? `${strange[0]} is no plain file` : `it has ${files.length} files`)
  const blobs = await blobsOf(
    opened.repository,
    files.map(([, { id }]) => id),
    READ_LIMITS.bytes,
  )
  const missing = files.find(([, { id }]) => !blobs.has(id))
  if (missing) return unreadable(name, `${missing[0]} is too large or not there`)
  const texts = new Map(files.map(([path, { id }]) => [path, blobs.get(id)?.toString('utf8') ?? '']))
  const read = parseFolder(texts, explainRow)
  if (read.ok) return ok({ design: read.value.design, commit })
  const [first, ...rest] = read.problems
  const inside = (problem: typeof first) => ({ ...problem, at: `${name}:${problem.at ?? ''}` })
  return { ok: false, problems: [inside(first), ...rest.map(inside)] }
}

function unreadable(name: string, why: string): Result<never> {
  return refuse({
    code: 'diff.unreadable',
    at: name,
    message: `The design of this revision cannot be read whole: ${why}.`,
    cure: 'Name another revision, or write that state out as a bundle and name the file.',
  })
}
