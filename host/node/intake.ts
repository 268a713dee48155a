import { applyChanges, type Change } from '../../core/model/change.ts'
import { diffDesigns } from '../../core/model/diff.ts'
import type { MergeConflict } from '../../core/model/merge-three.ts'
import { rowAt } from '../../core/model/table.ts'
import type { AnyRow, Design, Table } from '../../core/model/types.ts'
import { ok, type Result } from '../../core/support/result.ts'
import type { SharedModel } from '../../ydoc/shared-model.ts'
import type { ConflictBook } from './conflicts.ts'
import { fitDesign, type Held } from './held.ts'
import { outsideEdits } from './ingest.ts'
import type { OpenFolder } from './store.ts'

export type IntakeTools = {
  readonly shared: SharedModel
  readonly held: Held
  readonly book: ConflictBook
}

export type TakenIn = { readonly changes: number; readonly conflicts: number }

/**
 * Takes in what others did to the text files, as an edit of the document. What they and somebody here changed differently is in the book
 * before the file may be written over; refuses, and then the files count as unread, only where the book cannot be written.
 */
export async function takeIn(
  { shared, held, book }: IntakeTools,
  { design: theirs, texts }: Pick<OpenFolder, 'design' | 'texts'>,
): Promise<Result<TakenIn>> {
  const before = book.list().length
  const sides = () => outsideEdits({ base: held.written, pending: held.pending, ours: fitDesign(shared, held.written), theirs })
  let found = sides()
  // While the book is written a window may edit on, so what is applied is found anew.
  for (let fresh = found.conflicts; fresh.some(conflict => !book.holds(conflict)); fresh = found.conflicts) {
    const kept = await book.add(fresh)
    if (!kept.ok) return kept
    found = sides()
  }
  const refused = writeAll(shared, found.changes)
  if (refused.length > 0) {
    const kept = await book.add(refused.map(change => wholeRow(change, { base: held.written, ours: shared.read(), theirs })))
    if (!kept.ok) return kept
  }
  const isAsMarked = held.isMarked && held.pending.length === 0 && diffDesigns(held.written, theirs).length === 0
  // Rows that say what the document says are the same objects, so that nothing is written for their sake.
  held.written = applyChanges(shared.read(), diffDesigns(shared.read(), theirs))
  held.pending = []
  held.isMarked = isAsMarked
  held.known.clear()
  for (const [name, text] of texts) held.known.set(name, text)
  return ok({ changes: found.changes.length, conflicts: book.list().length - before })
}

/** The changes that the document does not take, as a row that is too large for it. */
function writeAll(shared: SharedModel, changes: readonly Change[]): readonly Change[] {
  const options = { label: 'outside' }
  if (changes.length === 0 || shared.write(changes, options).ok) return []
  return changes.filter(change => !shared.write([change], options).ok)
}

function wholeRow(change: Change, sides: Readonly<Record<'base' | 'ours' | 'theirs', Design>>): MergeConflict {
  const { table } = change
  const id = change.kind === 'put' ? change.row.id : change.id
  const at = (design: Design) => rowAt(design[table] as Table<AnyRow>, id) ?? null
  return { table, id, field: null, base: at(sides.base), ours: at(sides.ours), theirs: at(sides.theirs) }
}
