import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportModel } from '../../../core/interop/export.ts'
import { rowsOf, sizeOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { folderOf } from '../../../core/model/write.ts'
import { runs } from '../../support/runs.ts'
import { type Held, heldOf } from './held.ts'
import { expectSound, imported, occasion } from './imported.ts'
import { randomDesign } from './random-design.ts'
import { wildText } from './random-texts.ts'

/**
 * What a draw.io file holds of a design of ours. Places come back as drawn: what had none gets one. A design without diagrams, or with
 * things on none of them, comes back with one diagram more.
 */
const HELD: Held = {
  settings: ['designId', 'name', 'purpose'],
  elements: ['name', 'kind', 'technology', 'boundary', 'attributes', 'codeClasses', 'paths', 'tags', 'outOfScope', 'description'],
  flows: [
    ...['name', 'source', 'target', 'protocol', 'authentication', 'encryption', 'publicNetwork', 'bidirectional', 'outOfScope'],
    'description',
  ],
  boundaries: ['name', 'kind', 'parent', 'trustLevel', 'membership', 'description'],
}

const DIAGRAM: Held = { diagrams: ['name', 'description', 'elements', 'flows', 'boundaries'] }
const LAYOUT: Held = { layout: ['x', 'y', 'width', 'height', 'start', 'end', 'vertices'] }

function written(design: Design) {
  const file = exportModel(design, 'drawio', occasion)
  if (!file.ok) throw new Error('not written')
  return file.value
}

/** What the file must give back of the tables that may come back larger. */
function expectWithin(back: Design, design: Design, held: Held): void {
  const [was, is] = [heldOf(design, held), heldOf(back, held)]
  for (const [table, rows] of Object.entries(was))
    for (const [id, row] of Object.entries(rows)) expect(is[table]?.[id], id).toMatchObject(row as object)
}

describe('ours, written and read again', () => {
  test('keeps ids and every field that the format holds', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        const { text } = written(design)
        const { design: back } = imported(text)
        expectSound(back)
        expect(heldOf(back, HELD)).toEqual(heldOf(design, HELD))
        expectWithin(back, design, DIAGRAM)
        expectWithin(back, design, LAYOUT)
        expect(sizeOf(back.diagrams) - sizeOf(design.diagrams)).toBeLessThanOrEqual(1)
      }),
      { numRuns: runs(100, 1000) },
    )
  })

  test('what is not held is told, table by table and field by field', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        const places = written(design).losses.map(({ at }) => at)
        const missing = (
          [
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
        ).filter(table => sizeOf(design[table]) > 0)
        expect(places.filter(at => missing.includes(at as 'data'))).toEqual(missing)
        expect(places.includes('elements/data')).toBe(rowsOf(design.elements).some(({ data }) => data !== undefined))
        expect(places.includes('flows/data')).toBe(rowsOf(design.flows).some(({ data }) => data !== undefined))
        expect(places.includes('layout/label')).toBe(rowsOf(design.layout).some(({ label }) => label !== undefined))
        expect(places.filter(at => at === 'texts' || at.endsWith('/foreign'))).toEqual([])
      }),
      { numRuns: runs(60, 1000) },
    )
  })

  test('a file written twice is the same, and so is one of the design that was read', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        const { text } = written(design)
        expect(written(design).text).toBe(text)
        const back = imported(text).design
        const again = imported(written(back).text).design
        expect(heldOf(again, { ...HELD, ...DIAGRAM, ...LAYOUT })).toEqual(heldOf(back, { ...HELD, ...DIAGRAM, ...LAYOUT }))
        expect(folderOf(imported(text).design)).toEqual(folderOf(back))
      }),
      { numRuns: runs(60, 1000) },
    )
  })

  test('text nobody would type is kept, or told', () => {
    fc.assert(
      fc.property(
        randomDesign({ elements: 1, flows: 0, boundaries: 0, pages: 0 }),
        wildText,
        wildText,
        (design, name, description) => {
          const [element] = rowsOf(design.elements)
          if (!element) return
          const wild: Design = { ...design, elements: { [element.id]: { ...element, name, description } } }
          const { text, losses } = written(wild)
          const back = imported(text).design.elements[element.id]
          const isSame = back?.name === name && back.description === description
          expect(losses.some(({ at }) => at === 'texts')).toBe(!isSame)
        },
      ),
      { numRuns: runs(100, 1000) },
    )
  })
})
