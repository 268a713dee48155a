import type { Change } from '../model/change.ts'
import { freshId } from '../model/create.ts'
import { hasRow, rowsOf } from '../model/table.ts'
import type { Comment, Design, Stamp } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'

/** Says that a remark is about the words an object puts into prompts. */
const FIELD = 'prompt'

type Said = { readonly id: string; readonly text: string }

/** Argues with a line of a prompt: kept at the object that put the line there, outside every digest. */
export function addRemark(design: Design, input: Said, stamp: Stamp): Result<readonly Change[]> {
  return said(design, input, { stamp, field: FIELD })
}

/** Notes something on an object, for people alone: no prompt and no digest holds it. */
export function addNote(design: Design, input: Said, stamp: Stamp): Result<readonly Change[]> {
  return said(design, input, { stamp })
}

function said(
  design: Design,
  input: Said,
  { stamp, field }: { readonly stamp: Stamp; readonly field?: string },
): Result<readonly Change[]> {
  const text = input.text.trim()
  if (text === '')
    return refuse({ code: 'remark.empty', at: input.id, message: 'Nothing is said.', cure: 'Say what you want to be kept.' })
  const row: Comment = {
    id: freshId(design, 'comments', stamp),
    text,
    by: stamp.by,
    at: stamp.at,
    anchor: field === undefined ? { id: input.id } : { id: input.id, field },
  }
  return ok([{ kind: 'put', table: 'comments', row }])
}

/** Takes a remark as answered; it stays where it is. An AI may remark, and never closes one. */
export function resolveRemark(design: Design, input: { readonly id: string }, stamp: Stamp): Result<readonly Change[]> {
  if (!hasRow(design.comments, input.id))
    return refuse({ code: 'remark.missing', at: input.id, message: `There is no remark ${input.id}.`, cure: 'Look again.' })
  if (stamp.kind === 'ai')
    return refuse({
      code: 'remark.ai',
      at: input.id,
      message: 'Only a person takes a remark as answered.',
      cure: 'Let a person decide.',
    })
  return ok([{ kind: 'patch', table: 'comments', id: input.id, fields: { resolved: true } }])
}

/** Open remarks on the words of these objects, oldest first. */
export function openRemarks(design: Design, ids: ReadonlySet<string>): readonly Comment[] {
  return rowsOf(design.comments)
    .filter(row => row.anchor.field === FIELD && row.resolved !== true && ids.has(row.anchor.id))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
