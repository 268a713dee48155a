import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffDesigns, flatFields, same } from '../../core/model/diff.ts'
import type { MergeConflict } from '../../core/model/merge-three.ts'
import { rowAt, rowIds, withRows } from '../../core/model/table.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { AnyRow, Design, Table } from '../../core/model/types.ts'
import { ok } from '../../core/support/result.ts'
import type { ConflictBook } from '../../host/node/conflicts.ts'
import type { Held } from '../../host/node/held.ts'
import { outsideEdits } from '../../host/node/ingest.ts'
import { takeIn } from '../../host/node/intake.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { validDesign } from '../core/model/designs.ts'
import { runs } from '../support/runs.ts'

const three = fc.record({ base: validDesign, ours: validDesign, theirs: validDesign })

function rowIn(design: Design, table: keyof Design, id: string): AnyRow | undefined {
  return rowAt(design[table] as Table<AnyRow>, id)
}

/** What a save that was cut off leaves: of each row that was to change, the old text or the new. */
function cutOff(before: Design, after: Design, taken: (n: number) => boolean): Design {
  let n = 0
  const tables = TABLE_NAMES.map(table => {
    const ids = new Set([...rowIds(before[table]), ...rowIds(after[table])])
    const rows = new Map([...ids].filter(() => taken(n++)).map(id => [id, rowIn(after, table, id)] as const))
    return [table, withRows(before[table] as Table<AnyRow>, rows)] as const
  })
  return Object.fromEntries(tables) as unknown as Design
}

/** Edits of one side that stand neither in the design nor in a conflict. */
function lost(base: Design, side: Design, design: Design, valuesOf: readonly (readonly [MergeConflict, unknown])[]): string[] {
  const told = (table: string, id: string, field: string | null, value: unknown) =>
    valuesOf.some(([one, held]) => one.table === table && one.id === id && one.field === field && same(held, value ?? null))
  return diffDesigns(base, side).flatMap(change => {
    const { table } = change
    const id = change.kind === 'put' ? change.row.id : change.id
    const [row, now] = [rowIn(side, table, id), rowIn(design, table, id)]
    if (told(table, id, null, row)) return []
    if (!row || !now) return row || now ? [`${table}/${id}`] : []
    const [is, stands] = [flatFields(table, row), flatFields(table, now)]
    const fields = change.kind === 'patch' ? Object.keys(change.fields) : Object.keys(is)
    const missing = fields.filter(field => !same(is[field], stands[field]) && !told(table, id, field, is[field]))
    // Where a row came from is merged by itself: of two origins the later counts.
    return missing.filter(field => field !== 'provenance' && field !== 'epoch').map(field => `${table}/${id}:${field}`)
  })
}

describe('taking in what others did to the text files', () => {
  test('files of a save that was cut off are never taken for an edit of others', () => {
    fc.assert(
      fc.property(three, fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), ({ base, ours, theirs: pending }, chosen) => {
        const files = cutOff(base, pending, n => chosen[n % chosen.length] ?? false)
        const found = outsideEdits({ base, pending: [pending], ours, theirs: files })
        expect(found.changes).toEqual([])
        expect(found.conflicts).toEqual([])
      }),
      { numRuns: runs(300, 20_000) },
    )
  })

  test('no edit of either side is lost: it stands in the document, or both values wait for a decision', async () => {
    await fc.assert(
      fc.asyncProperty(three, async ({ base, ours, theirs }) => {
        const shared = shareModel(base)
        const held: Held = { written: shared.read(), pending: [], known: new Map(), isMarked: true }
        expect(shared.write(diffDesigns(base, ours)).ok).toBe(true)
        const kept: MergeConflict[] = []
        const holds = (conflict: MergeConflict) => kept.some(one => same(one, conflict))
        const book: ConflictBook = {
          list: () => [],
          holds,
          add: async found => {
            kept.push(...found.filter(one => !holds(one)))
            return ok(true)
          },
          drop: async () => ok(true),
        }
        expect((await takeIn({ shared, held, book }, { design: theirs, texts: new Map() })).ok).toBe(true)
        const now = shared.read()
        const missing = (side: 'ours' | 'theirs', of: Design) =>
          lost(
            base,
            of,
            now,
            kept.map(one => [one, one[side]]),
          )
        expect(missing('theirs', theirs)).toEqual([])
        expect(missing('ours', ours)).toEqual([])
        // What the files hold is known now: they are no edit of others any more.
        expect(outsideEdits({ base: held.written, pending: [], ours: now, theirs })).toMatchObject({ changes: [], conflicts: [] })
        shared.destroy()
      }),
      { numRuns: runs(300, 20_000) },
    )
  })
})
