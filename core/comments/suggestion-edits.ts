import type { Change } from '../model/change.ts'
import { freshId } from '../model/create.ts'
import { keyOfChange, keyOfConflict, type MergeChoice, mergeSuggestion, type Proposed } from '../model/suggest.ts'
import { rowAt, rowsOf } from '../model/table.ts'
import type { Design, Stamp, Suggestion } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { ok, type Refusal, type Result, refuse } from '../support/result.ts'

/** UTF-16 units of the JSON of all changes of one suggestion: it must fit one row of the shared document. */
export const SUGGESTION_LIMIT = 150_000

/** Open suggestions, oldest first. */
export function openSuggestions({ suggestions }: Pick<Design, 'suggestions'>): readonly Suggestion[] {
  return rowsOf(suggestions)
    .filter(({ status }) => status === 'open')
    .toSorted((a, b) => byText(a.at, b.at) || byText(a.id, b.id))
}

/** Proposes what a fork changed. Nothing of the design changes by it. */
export function addSuggestion(
  design: Design,
  input: { readonly title: string; readonly description?: string; readonly proposed: Proposed },
  stamp: Stamp,
): Result<readonly Change[]> {
  const title = input.title.trim()
  const description = input.description?.trim()
  const { base, changes } = input.proposed
  if (changes.length === 0)
    return refuse({ code: 'suggestion.empty', message: 'Nothing is suggested.', cure: 'Change something first.' })
  if (title === '' || title.length > 400)
    return refuse({
      code: 'suggestion.title',
      message: 'A suggestion needs a title of at most 400 characters.',
      cure: 'Say in a few words what it changes.',
    })
  const size = JSON.stringify(changes).length
  if (changes.length > 5000 || size > SUGGESTION_LIMIT)
    return refuse({
      code: 'suggestion.large',
      message: `It changes ${changes.length} rows in ${size} characters; a suggestion holds 5000 rows and ${SUGGESTION_LIMIT} characters.`,
      cure: 'Send it in parts.',
    })
  const id = freshId(design, 'suggestions', stamp)
  const row: Suggestion = {
    ...{ id, title, by: stamp.by, at: stamp.at, base, status: 'open', changes },
    ...(description ? { description } : {}),
  }
  return ok([{ kind: 'put', table: 'suggestions', row }])
}

/** What an editor says about the parts of a suggestion: rows to take, and of each conflict which side stands. */
export type Acceptance = MergeChoice & {
  readonly id: string
  /** Conflicts settled for the design as it is, named as in a merge choice. */
  readonly keep?: ReadonlySet<string>
}

/**
 * Takes a suggestion over, or some rows of it, and closes it: one list of changes, so that one undo takes all of it back. Refuses while
 * a conflict is not settled, and where it would leave links that lead nowhere.
 */
export function acceptSuggestion(design: Design, { id, keep, ...choice }: Acceptance, stamp: Stamp): Result<readonly Change[]> {
  const found = decidable(design, id, stamp)
  if (!found.ok) return found
  const suggestion = found.value
  const leftOut = suggestion.changes.map(keyOfChange).filter(key => choice.rows?.has(key) === false)
  if (leftOut.length === suggestion.changes.length)
    return refuse({ code: 'suggestion.none', at: id, message: 'No part of it is chosen.', cure: 'Choose some, or decline it.' })
  const merged = mergeSuggestion(design, suggestion, choice)
  const [open] = merged.conflicts.filter(conflict => !keep?.has(keyOfConflict(conflict)))
  if (open)
    return refuse({
      code: 'suggestion.conflict',
      at: open.id,
      message: `${keyOfConflict(open)} is another now than the suggestion started from.`,
      cure: 'Say which of the two stands, or leave this row out.',
    })
  const [scar] = merged.scars
  if (scar)
    return refuse({
      code: 'suggestion.scar',
      at: scar.at ?? id,
      message: `Taken over so, ${scar.at ?? 'the design'} is broken: ${scar.message}`,
      cure: 'Take the row it names as well, or leave this one out.',
    })
  return ok([...merged.changes, closed(suggestion, { status: 'merged', ...(leftOut.length > 0 ? { leftOut } : {}) }, stamp)])
}

/** Declines a suggestion, and says why to whoever made it. */
export function declineSuggestion(
  design: Design,
  input: { readonly id: string; readonly reason: string },
  stamp: Stamp,
): Result<readonly Change[]> {
  const found = decidable(design, input.id, stamp)
  if (!found.ok) return found
  const reason = input.reason.trim()
  if (reason === '' || reason.length > 4000)
    return refuse({
      code: 'suggestion.reason',
      at: input.id,
      message: 'A suggestion is declined with a reason of at most 4000 characters.',
      cure: 'Say in a sentence why it does not go in.',
    })
  return ok([closed(found.value, { status: 'declined', reason }, stamp)])
}

/** Takes an open suggestion of one's own back. */
export function withdrawSuggestion(design: Design, input: { readonly id: string }, stamp: Stamp): Result<readonly Change[]> {
  const found = openOne(design, input.id)
  if (!found.ok) return found
  if (found.value.by === stamp.by) return ok([{ kind: 'remove', table: 'suggestions', id: input.id }])
  return refuse({
    code: 'suggestion.notOwn',
    at: input.id,
    message: `${found.value.by} made this suggestion, and only ${found.value.by} can take it back.`,
    cure: 'Take it over, or decline it.',
  })
}

function closed({ id }: Suggestion, fields: Partial<Suggestion>, stamp: Stamp): Change {
  return { kind: 'patch', table: 'suggestions', id, fields: { ...fields, decidedBy: stamp.by, decidedAt: stamp.at } }
}

function decidable(design: Design, id: string, stamp: Stamp): Result<Suggestion> {
  if (stamp.kind !== 'ai') return openOne(design, id)
  return refuse({
    code: 'suggestion.ai',
    at: id,
    message: 'Only a person takes a suggestion over or declines it.',
    cure: 'Let a person decide.',
  })
}

function openOne(design: Design, id: string): Result<Suggestion> {
  const row = rowAt(design.suggestions, id)
  if (row?.status === 'open') return ok(row)
  return row
    ? decided(row)
    : refuse({ code: 'suggestion.missing', at: id, message: `There is no suggestion ${id}.`, cure: 'Look again.' })
}

function decided({ id, status, decidedBy }: Suggestion): Refusal {
  const done = status === 'merged' ? 'taken over' : 'declined'
  const who = decidedBy === undefined ? '' : ` by ${decidedBy}`
  return refuse({
    code: 'suggestion.decided',
    at: id,
    message: `It was ${done}${who} already.`,
    cure: 'Undo that, or suggest it anew.',
  })
}
