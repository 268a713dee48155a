import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toMermaid } from '../../../core/dfd/to-mermaid.ts'
import { exportModel } from '../../../core/interop/export.ts'
import { rowsOf, sizeOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { folderOf } from '../../../core/model/write.ts'
import { runs } from '../../support/runs.ts'
import { type Held, heldOf } from './held.ts'
import { expectSound, imported, occasion } from './imported.ts'
import { randomDesign } from './random-design.ts'
import { wildText } from './random-texts.ts'

/** What a flowchart and the comments in it hold of a design of ours; all diagrams become one. */
const HELD: Held = {
  settings: ['designId', 'name'],
  elements: ['name', 'kind', 'boundary'],
  flows: ['name', 'source', 'target', 'protocol', 'bidirectional'],
  boundaries: ['name', 'parent'],
}

function written(design: Design) {
  const file = exportModel(design, 'mermaid', occasion)
  if (!file.ok) throw new Error('not written')
  return file.value
}

/** Characters that nobody sees are left out of labels, which is told; everything else must come back. */
const isToldName = (design: Design) => written(design).losses.some(({ at }) => at === 'names')

describe('ours, written and read again', () => {
  test('keeps ids and every field that the format holds', () => {
    let whole = 0
    fc.assert(
      fc.property(randomDesign(), design => {
        const { design: back } = imported(written(design).text)
        expectSound(back)
        const ids = (one: Design) =>
          [one.elements, one.flows, one.boundaries].map(table => rowsOf<{ readonly id: string }>(table).map(({ id }) => id))
        expect(ids(back)).toEqual(ids(design))
        expect(rowsOf(back.boundaries).every(({ membership }) => membership === 'stated')).toBe(true)
        if (isToldName(design)) return
        whole++
        expect(heldOf(back, HELD)).toEqual(heldOf(design, HELD))
      }),
      { numRuns: runs(100, 1000) },
    )
    expect(whole).toBeGreaterThan(20)
  })

  test('is the text of the window, with comments between its lines', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        const lines = written(design).text.split('\n')
        expect(lines.filter(line => !line.startsWith('  %% skeptic ')).join('\n')).toBe(toMermaid(design))
        expect(lines.filter(line => line.startsWith('  %% skeptic flow '))).toHaveLength(sizeOf(design.flows))
        for (const line of lines) if (line.includes('%%')) expect(line).not.toContain('%%{')
      }),
      { numRuns: runs(60, 1000) },
    )
  })

  test('what is not held is told, table by table and field by field', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        const places = written(design).losses.map(({ at }) => at)
        const tables = [
          'diagrams',
          'layout',
          'requirements',
          'assumptions',
          'data',
          'triage',
          'threats',
          'mitigations',
          'acceptances',
          'exclusions',
          'workItems',
          'comments',
          'suggestions',
        ] as const
        for (const table of tables) expect(places.includes(table), table).toBe(sizeOf(design[table]) > 0)
        for (const [table, held] of Object.entries(HELD)) {
          const rows = rowsOf(design[table as 'elements']) as readonly object[]
          const stated = new Set(rows.flatMap(row => Object.keys(row)))
          const lost = [...stated].filter(field => !held.includes(field) && !ALWAYS.has(field))
          for (const field of lost) expect(places.includes(`${table}/${field}`), `${table}/${field}`).toBe(isTold(rows, field))
        }
      }),
      { numRuns: runs(60, 1000) },
    )
  })

  test('text nobody would type is kept, or told', () => {
    fc.assert(
      fc.property(randomDesign({ elements: 1, flows: 0, boundaries: 0, pages: 0 }), wildText, (design, name) => {
        const [element] = rowsOf(design.elements)
        if (!element) return
        const wild: Design = { ...design, elements: { [element.id]: { ...element, name } } }
        const back = imported(written(wild).text).design.elements[element.id]
        if (back?.name !== name) expect(isToldName(wild)).toBe(true)
      }),
      { numRuns: runs(200, 3000) },
    )
  })

  test('a file read twice is the same', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        const { text } = written(design)
        expect(folderOf(imported(text).design)).toEqual(folderOf(imported(text).design))
        expect(written(imported(text).design).text.split('\n').length).toBe(text.split('\n').length - styleLines(design))
      }),
      { numRuns: runs(30, 500) },
    )
  })
})

/** Every row has them, or the settings of a design have. */
const ALWAYS: ReadonlySet<string> = new Set(['id', 'provenance', 'format', 'epoch'])

/** A kind that nobody knows, and what is stated anyway, is what comes back. */
function isTold(rows: readonly object[], field: string): boolean {
  const values = rows.map(row => (row as Readonly<Record<string, unknown>>)[field]).filter(value => value !== undefined)
  if (field === 'kind') return values.some(value => value !== 'unknown')
  return field === 'membership' ? values.some(value => value !== 'stated') : values.length > 0
}

/** Styles of what is out of scope are written for reasons that are not read back. */
function styleLines(design: Design): number {
  return rowsOf(design.elements).some(({ outOfScope }) => outOfScope !== undefined) ? 2 : 0
}
