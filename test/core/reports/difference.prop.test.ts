import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, type Change, patchRow } from '../../../core/model/change.ts'
import { compareDesigns } from '../../../core/model/compare.ts'
import { flatFields } from '../../../core/model/diff.ts'
import { accepts } from '../../../core/model/parse.ts'
import { isSpoken } from '../../../core/model/tables.ts'
import type { Design, TableName } from '../../../core/model/types.ts'
import { differenceOf } from '../../../core/reports/difference.ts'
import { differenceMarkdown, differenceText } from '../../../core/reports/difference-text.ts'
import { AT, PACKS } from '../gate/transfers.ts'
import { validDesign } from '../model/designs.ts'
import { FULL, ROWS } from '../model/samples.ts'

const between = (before: Design, after: Design) => differenceOf(before, after, PACKS, AT)

/** What is said of rows does not hang on rules. */
const NO_RULES = { ...PACKS, rules: [], controls: [] }

/** Values that some field or other can have. */
const VALUES = [
  ...['yes', 'no', 'unknown', 'process', 'machine', 'D1', 'low', 'functional', 'should', 'inspection', 'retired', 'E-00003'],
  ...['B-00003', 'duplicate', 'verified', 'transfer', 'refactor', 'team', 'forbidden', 'block', '2027-02-28', 'T-00003'],
  ...[2, false, { statement: 'x' }, { kind: 'human', at: AT }, { when: { tag: ['x'] }, level: 'forbidden' }],
]

const TABLES_TOLD = (Object.keys(ROWS) as TableName[]).filter(isSpoken)

/** Every field of one rich row of every table, taken away or changed to each of some other values, as far as the schema has it. */
const EDITS = TABLES_TOLD.flatMap(table =>
  Object.entries(flatFields(table, ROWS[table])).flatMap(([field, value]) =>
    [undefined, ...VALUES, ...(typeof value === 'string' ? [`${value}x`] : [])].flatMap(other => {
      const isTold = JSON.stringify(other) !== JSON.stringify(value) && !(table === 'settings' && field === 'epoch')
      const row = patchRow(ROWS[table], { [field]: other })
      return isTold && accepts(table, row) ? [{ table, id: ROWS[table].id, field, value: other }] : []
    }),
  ),
)

describe('the semantic difference', () => {
  test('of a design and itself, or a copy, is empty', () => {
    fc.assert(
      fc.property(validDesign, design => {
        for (const same of [design, structuredClone(design)])
          expect(between(design, same)).toEqual({
            changes: [],
            crossings: { added: [], removed: [] },
            findings: { gained: [], lost: [], undecided: [] },
            stale: { prompts: [], checks: [] },
            summary: 'Nothing differs.',
          })
      }),
      { numRuns: 60 },
    )
  })

  test('every edit of one field is spoken, with the field and its value, and no placeholder is left', () => {
    expect(EDITS.length).toBeGreaterThan(200)
    expect(new Set(EDITS.map(({ table }) => table))).toEqual(new Set(TABLES_TOLD))
    for (const { table, id, field, value } of EDITS) {
      const edited = applyChanges(FULL, [{ kind: 'patch', table, id, fields: { [field]: value } } as Change])
      for (const [before, after] of [
        [FULL, edited],
        [edited, FULL],
      ] as const) {
        const { changes } = differenceOf(before, after, NO_RULES, AT)
        expect(changes.map(change => [change.kind, change.table, change.id])).toEqual([['changed', table, id]])
        const [told] = changes[0]?.fields ?? []
        const [removed, added] = before === FULL ? [true, value !== undefined] : [value !== undefined, true]
        expect([told?.field, Object.hasOwn(told ?? {}, 'before'), Object.hasOwn(told ?? {}, 'after')]).toEqual([
          field,
          removed,
          added,
        ])
        expect(changes[0]?.sentence).toMatch(/^[a-z]+ \S/)
        expect(changes[0]?.sentence).not.toMatch(/undefined|\[object|\{it\}|null|NaN/)
      }
    }
  })

  test('every row that differs is spoken once, in order; what came and went turns around with the sides', () => {
    fc.assert(
      fc.property(validDesign, validDesign, (a, b) => {
        const difference = between(a, b)
        const named = ({ kind, table, id }: { readonly kind: string; readonly table: string; readonly id: string }) => [
          kind,
          table,
          id,
        ]
        expect(difference.changes.map(named)).toEqual(compareDesigns(a, b).map(named))
        for (const { sentence } of difference.changes) expect(sentence).not.toMatch(/undefined|\[object|\{it\}/)
        const back = between(b, a)
        expect(back.crossings.added.map(one => one.flow)).toEqual(difference.crossings.removed.map(one => one.flow))
        expect(back.findings.lost.map(one => one.id)).toEqual(difference.findings.gained.map(one => one.id))
        expect(back.stale.prompts.map(one => one.id)).toEqual(difference.stale.prompts.map(one => one.id))
        expect(between(structuredClone(a), structuredClone(b))).toEqual(difference)
        const lines = differenceText(difference).split('\n')
        for (const { id } of difference.changes) expect(lines.some(line => line.includes(id))).toBe(true)
        expect(differenceMarkdown(difference).endsWith('\n')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
