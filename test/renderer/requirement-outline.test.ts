import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../core/model/change.ts'
import { indentRequirement, outdentRequirement, putUnder } from '../../renderer/commands/definitions/requirement-outline.ts'
import { requirementOutline, siblingAbove } from '../../renderer/state/requirement-order.ts'
import { contextWith, designOf } from './support.ts'

function put(number: number, parent?: number, status: 'draft' | 'retired' = 'draft'): Change {
  return {
    kind: 'put',
    table: 'requirements',
    row: {
      id: idOf(number),
      statement: `The API shall do ${number}.`,
      kind: 'functional',
      status,
      provenance: { kind: 'human', at: `2026-11-22T16:00:${String(number).padStart(2, '0')}Z` },
      ...(parent === undefined ? {} : { parent: idOf(parent) }),
    },
  }
}

function idOf(number: number): string {
  return `R-${String(number).padStart(5, '0')}`
}

function shown(...changes: readonly Change[]): readonly string[] {
  return requirementOutline(designOf(...changes)).map(({ row, depth }) => `${'-'.repeat(depth)}${Number(row.id.slice(2))}`)
}

describe('the outline of requirements', () => {
  it.each<[string, readonly Change[], readonly string[]]>([
    ['nothing', [], []],
    ['parts below what they are a part of', [put(1), put(2), put(3, 1), put(4, 3)], ['1', '-3', '--4', '2']],
    [
      'what is wholly retired last',
      [put(1, undefined, 'retired'), put(2), put(3, 2, 'retired'), put(4, 2)],
      ['2', '-4', '-3', '1'],
    ],
    ['what is retired around a living part in its place', [put(1, undefined, 'retired'), put(2, 1), put(3)], ['1', '-2', '3']],
    ['a parent that is gone', [put(1), put(2, 9)], ['1', '2']],
    ['a circle, as a merge may leave it', [put(1), put(2, 3), put(3, 2)], ['1', '2', '-3']],
    ['a part of itself', [put(1, 1)], ['1']],
  ])('shows %s', (_name, changes, lines) => expect(shown(...changes)).toEqual(lines))

  it('shows each once, whatever the parents say', () => {
    const parents = fc.array(fc.option(fc.nat({ max: 9 }), { nil: undefined }), { maxLength: 10 })
    fc.assert(
      fc.property(parents, some => {
        const lines = requirementOutline(designOf(...some.map((parent, i) => put(i, parent))))
        expect(lines.map(({ row }) => row.id).toSorted()).toEqual(some.map((_, i) => idOf(i)).toSorted())
      }),
    )
  })

  it('knows the one above at the same depth', () => {
    const design = designOf(put(1), put(2, 1), put(3), put(4, 3))
    expect(siblingAbove(design, idOf(3))?.id).toBe(idOf(1))
    expect(siblingAbove(design, idOf(4))).toBeUndefined()
    expect(siblingAbove(design, idOf(1))).toBeUndefined()
  })
})

describe('indenting', () => {
  const design = designOf(put(1), put(2), put(3, 2))
  const on = (number: number) => contextWith(design, { selection: [idOf(number)] })
  const fieldsOf = (planned: ReturnType<typeof indentRequirement.plan>) =>
    planned.ok && planned.value[0]?.kind === 'write' ? planned.value[0].changes : []

  it('makes it a part of the one above, and takes it out again', () => {
    expect(fieldsOf(indentRequirement.plan(on(2)))).toMatchObject([{ id: idOf(2), fields: { parent: idOf(1) } }])
    expect(fieldsOf(outdentRequirement.plan(on(3)))).toMatchObject([{ id: idOf(3), fields: { parent: undefined } }])
  })

  it('says why not', () => {
    expect(indentRequirement.plan(on(1)).ok).toBe(false)
    expect(outdentRequirement.plan(on(1)).ok).toBe(false)
    expect(indentRequirement.plan(contextWith(design)).ok).toBe(false)
    const circle = putUnder.plan(on(2), { id: idOf(2), parent: idOf(3) })
    expect(!circle.ok && circle.problems[0].code).toBe('requirement.cycle')
  })
})
