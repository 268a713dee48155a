import type { Change } from '../model/change.ts'
import { freshId } from '../model/create.ts'
import { rowAt, rowsOf } from '../model/table.ts'
import type { Comment, Design, Stamp } from '../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../support/result.ts'

/** UTF-16 units of one comment; what is longer belongs into a description or a note. */
export const COMMENT_LIMIT = 4000

/** Says something about an object, or of one field of it. */
export function addComment(
  design: Design,
  input: { readonly id: string; readonly text: string; readonly field?: string },
  stamp: Stamp,
): Result<readonly Change[]> {
  const text = textOf(input.text, input.id)
  if (!text.ok) return text
  const anchor = input.field === undefined ? { id: input.id } : { id: input.id, field: input.field }
  return put({ id: freshId(design, 'comments', stamp), text: text.value, by: stamp.by, at: stamp.at, anchor })
}

/** Answers a comment; an answer to an answer goes to the thread of both. A resolved thread that is answered is open again. */
export function replyTo(
  design: Design,
  input: { readonly id: string; readonly text: string },
  stamp: Stamp,
): Result<readonly Change[]> {
  const found = firstOf(design, input.id)
  if (!found.ok) return found
  const text = textOf(input.text, input.id)
  if (!text.ok) return text
  const first = found.value
  const { id: reply, anchor } = first
  const row = { id: freshId(design, 'comments', stamp), text: text.value, by: stamp.by, at: stamp.at, reply, anchor }
  const again = first.resolved === true && stamp.kind !== 'ai' ? [standing(reply, false, stamp)] : []
  return ok([{ kind: 'put', table: 'comments', row }, ...again])
}

/** Takes a thread as answered; it stays where it is, with who said so. An AI may remark, and never closes a thread. */
export function resolveThread(design: Design, input: { readonly id: string }, stamp: Stamp): Result<readonly Change[]> {
  return decide(design, input.id, { resolved: true, stamp })
}

/** Opens a resolved thread again. */
export function reopenThread(design: Design, input: { readonly id: string }, stamp: Stamp): Result<readonly Change[]> {
  return decide(design, input.id, { resolved: false, stamp })
}

/** Rewords a comment of one's own; the words before stand in version control. */
export function editComment(
  design: Design,
  input: { readonly id: string; readonly text: string },
  stamp: Stamp,
): Result<readonly Change[]> {
  const own = ownRow(design, input.id, stamp)
  if (!own.ok) return own
  const text = textOf(input.text, input.id)
  if (!text.ok) return text
  if (text.value === own.value.text) return ok([])
  return ok([{ kind: 'patch', table: 'comments', id: input.id, fields: { text: text.value, editedAt: stamp.at } }])
}

/**
 * Takes away a comment of one's own. Where others answered it, only its words go: their answers stay in their thread, and nobody
 * can take away what another person said.
 */
export function removeComment(design: Design, input: { readonly id: string }, stamp: Stamp): Result<readonly Change[]> {
  const own = ownRow(design, input.id, stamp)
  if (!own.ok) return own
  const isAnswered = rowsOf(design.comments).some(row => row.reply === input.id)
  if (!isAnswered) return ok([{ kind: 'remove', table: 'comments', id: input.id }])
  if (own.value.text === '') return ok([])
  return ok([{ kind: 'patch', table: 'comments', id: input.id, fields: { text: '', editedAt: stamp.at } }])
}

function decide(
  design: Design,
  id: string,
  { resolved, stamp }: { readonly resolved: boolean; readonly stamp: Stamp },
): Result<readonly Change[]> {
  const found = firstOf(design, id)
  if (!found.ok) return found
  if (stamp.kind === 'ai')
    return refuse({
      code: 'remark.ai',
      at: id,
      message: 'Only a person takes a remark as answered.',
      cure: 'Let a person decide.',
    })
  if ((found.value.resolved === true) === resolved) return ok([])
  return ok([standing(found.value.id, resolved, stamp)])
}

function standing(id: string, resolved: boolean, stamp: Stamp): Change {
  return { kind: 'patch', table: 'comments', id, fields: { resolved, resolvedBy: stamp.by, resolvedAt: stamp.at } }
}

/** The first comment of the thread that a comment belongs to; where that is gone, the comment itself. */
function firstOf(design: Design, id: string): Result<Comment> {
  const row = rowAt(design.comments, id)
  return row ? ok(rowAt(design.comments, row.reply) ?? row) : missing(id)
}

function ownRow(design: Design, id: string, stamp: Stamp): Result<Comment> {
  const row = rowAt(design.comments, id)
  if (!row) return missing(id)
  if (row.by === stamp.by) return ok(row)
  return refuse({
    code: 'remark.notOwn',
    at: id,
    message: `${row.by} wrote this, and only ${row.by} can change or remove it.`,
    cure: 'Answer it, or take it as answered.',
  })
}

function missing(id: string): Refusal {
  return refuse({ code: 'remark.missing', at: id, message: `There is no remark ${id}.`, cure: 'Look again.' })
}

function textOf(given: string, at: string): Result<string> {
  const text = given.trim()
  if (text === '') return refuse({ code: 'remark.empty', at, message: 'Nothing is said.', cure: 'Say what you want to be kept.' })
  if (text.length <= COMMENT_LIMIT) return ok(text)
  return refuse({
    code: 'remark.long',
    at,
    message: `It has ${text.length} characters; a comment holds ${COMMENT_LIMIT}.`,
    cure: 'Shorten it, or put the text into a description and name that here.',
  })
}

function put(row: Comment): Result<readonly Change[]> {
  return ok([{ kind: 'put', table: 'comments', row }])
}
