import { addComment, resolveThread } from '../comments/edits.ts'
import type { Change } from '../model/change.ts'
import { rowsOf } from '../model/table.ts'
import type { Comment, Design, Stamp } from '../model/types.ts'
import type { Result } from '../support/result.ts'

/** Says that a remark is about the words an object puts into prompts. */
const FIELD = 'prompt'

type Said = { readonly id: string; readonly text: string }

/** Argues with a line of a prompt: kept at the object that put the line there, outside every digest. */
export function addRemark(design: Design, input: Said, stamp: Stamp): Result<readonly Change[]> {
  return addComment(design, { ...input, field: FIELD }, stamp)
}

/** Takes a remark as answered; it stays where it is. An AI may remark, and never closes one. */
export function resolveRemark(design: Design, input: { readonly id: string }, stamp: Stamp): Result<readonly Change[]> {
  return resolveThread(design, input, stamp)
}

/** Open remarks on the words of these objects, oldest first; answers to them stand in their threads. */
export function openRemarks(design: Design, ids: ReadonlySet<string>): readonly Comment[] {
  return rowsOf(design.comments)
    .filter(row => row.anchor.field === FIELD && row.reply === undefined && row.resolved !== true && ids.has(row.anchor.id))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
