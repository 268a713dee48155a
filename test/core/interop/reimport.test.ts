import { describe, expect, test } from 'vitest'
import { changesInto, type Into, type IntoOptions } from '../../../core/interop/reimport/into.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { integrityProblems } from '../../../core/model/integrity.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Design } from '../../../core/model/types.ts'
import { bundleOf } from '../../../core/model/write.ts'
import { expectSound, imported, named, read } from './imported.ts'
import { cellsV2, ids, modelV2, threat } from './models.ts'

type Cell = ReturnType<typeof cellsV2>[number]

function file(change: (cells: Cell[]) => Cell[] = cells => cells, name = 'model.json'): Design {
  const result = read(modelV2(change(cellsV2())), {}, name)
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value.design
}

const first = file()

/** Cells with the data of one of them set otherwise. */
const set = (id: string, data: object) => (cells: Cell[]) =>
  cells.map(cell => (cell.id === id ? { ...cell, data: { ...(cell.data as object), ...data } } : cell))
const without = (id: string) => (cells: Cell[]) => cells.filter(cell => cell.id !== id)

const elementOf = (design: Design, original: string) => {
  const row = rowsOf(design.elements).find(one => one.provenance.originalId === original)
  if (!row) throw new Error(`no element ${original}`)
  return row
}
const shop = elementOf(first, ids.shop)
const orders = elementOf(first, ids.orders)

function edit(...changes: readonly Change[]): Design {
  return applyChanges(first, changes)
}

function into(present: Design, next: Design, options: IntoOptions = {}): Into & { readonly after: Design } {
  const result = changesInto(present, next, options)
  const after = applyChanges(present, result.changes)
  expect(integrityProblems(after)).toEqual(integrityProblems(present))
  const again = changesInto(after, next)
  expect(again.changes, 'the same file once more changes nothing').toEqual([])
  return { ...result, after }
}

const rename = (name: string): Change => ({ kind: 'patch', table: 'elements', id: shop.id, fields: { name } })
const human = { kind: 'human', at: '2026-11-22T16:00:00Z', by: 'architect' } as const

describe('a field of a row', () => {
  test('nobody changed takes what the file says now', () => {
    const { after, update } = into(first, file(set(ids.shop, { name: 'Web shop', description: 'Sells.' })))
    expect(elementOf(after, ids.shop)).toMatchObject({ name: 'Web shop', description: 'Sells.' })
    expect(update).toMatchObject({ added: 0, changed: 1, removed: 0, conflicts: [], gone: [] })
  })

  test('the file did not change keeps what people made of it', () => {
    const { after, update } = into(edit(rename('Till')), file(set(ids.shop, { description: 'Sells.' })))
    expect(elementOf(after, ids.shop)).toMatchObject({ name: 'Till', description: 'Sells.' })
    expect(update).toMatchObject({ changed: 1, conflicts: [] })
  })

  test('both changed alike is no conflict', () => {
    const { after, update } = into(edit(rename('Web shop')), file(set(ids.shop, { name: 'Web shop' })))
    expect(elementOf(after, ids.shop).name).toBe('Web shop')
    expect(update).toMatchObject({ changed: 0, conflicts: [] })
  })

  test.each([
    [undefined, 'Till'],
    ['design', 'Till'],
    ['file', 'Web shop'],
  ] as const)('both changed is told, and with prefer %s it is %s', (prefer, name) => {
    const { after, update } = into(edit(rename('Till')), file(set(ids.shop, { name: 'Web shop' })), prefer ? { prefer } : {})
    expect(elementOf(after, ids.shop).name).toBe(name)
    expect(update.conflicts).toEqual([
      { table: 'elements', id: shop.id, name: 'Till', field: 'name', design: 'Till', file: 'Web shop' },
    ])
  })

  test('only a person set stays', () => {
    const set = { technology: 'Go', 'attributes/authenticates': 'yes' }
    const { after } = into(
      edit({ kind: 'patch', table: 'elements', id: shop.id, fields: set }),
      file(cells => cells),
    )
    expect(elementOf(after, ids.shop)).toMatchObject({ technology: 'Go', attributes: { authenticates: 'yes' } })
  })

  test('the file takes away goes, unless a person changed it', () => {
    const next = file(set(ids.shop, { threats: [] }))
    const described = file(set(ids.shop, { description: 'Sells.' }))
    const plain = changesInto(described, next)
    expect(elementOf(applyChanges(described, plain.changes), ids.shop).description).toBeUndefined()
    const mine = applyChanges(described, [{ kind: 'patch', table: 'elements', id: shop.id, fields: { description: 'Mine.' } }])
    const kept = changesInto(mine, next)
    expect(elementOf(applyChanges(mine, kept.changes), ids.shop).description).toBe('Mine.')
    expect(kept.update.conflicts).toMatchObject([{ field: 'description', design: 'Mine.', file: null }])
  })

  test('stays when a damaged file lacks it, and so does the row', () => {
    const described = file(set(ids.shop, { description: 'Sells.' }))
    expect(changesInto(described, file(without(ids.orders)), { isPartial: true })).toMatchObject({
      changes: [],
      update: { changed: 0, removed: 0, conflicts: [], gone: [] },
    })
  })
})

describe('a thing the newer file lacks', () => {
  const next = file(without(ids.orders))

  test('goes when nobody touched it, off the diagram too', () => {
    const { after, update } = into(first, next)
    expect(after.elements[orders.id]).toBeUndefined()
    expect(Object.keys(after.layout).some(id => id.includes(orders.id))).toBe(false)
    expect(update).toMatchObject({ removed: 1, gone: [] })
    expectSound(after)
  })

  test.each<[string, Change]>([
    ['a person changed it', { kind: 'patch', table: 'elements', id: orders.id, fields: { technology: 'PostgreSQL' } }],
    [
      'a person confirmed it',
      {
        kind: 'patch',
        table: 'elements',
        id: orders.id,
        fields: { provenance: { ...orders.provenance, confirmedBy: 'architect' } },
      },
    ],
    [
      'a person drew a flow to it',
      {
        kind: 'put',
        table: 'flows',
        row: { id: 'F-00001', name: 'Read', source: shop.id, target: orders.id, provenance: human },
      },
    ],
    [
      'a person wrote a threat on it',
      {
        kind: 'put',
        table: 'threats',
        row: { id: 'T-00001', statement: 'Read by all.', categories: {}, elements: { [orders.id]: true }, provenance: human },
      },
    ],
    [
      'a finding on it was triaged',
      {
        kind: 'put',
        table: 'triage',
        row: {
          id: 'N-00000000',
          decision: 'notApplicable',
          reason: 'No.',
          subject: { rule: 'x', element: orders.id },
          at: human.at,
          by: human.by,
        },
      },
    ],
    [
      'a person remarked on it',
      {
        kind: 'put',
        table: 'comments',
        row: { id: 'K-00001', text: 'Why?', by: human.by, at: human.at, anchor: { id: orders.id } },
      },
    ],
  ])('stays, listed and drawn, when %s', (_why, change) => {
    const { after, update } = into(edit(change), next)
    expect(after.elements[orders.id]).toBeDefined()
    expect(update).toMatchObject({ removed: 0, gone: [{ table: 'elements', id: orders.id, name: 'Orders' }] })
    expect(Object.values(after.diagrams).some(diagram => diagram.elements?.[orders.id])).toBe(true)
  })

  test('is not looked for among the things of other files, nor under a name that every tool suggests', () => {
    const other = read(modelV2([{ id: 'x', shape: 'process', data: { name: 'Elsewhere' } }]))
    if (!other.ok) throw new Error('not read')
    const { after, update } = into(first, other.value.design)
    expect(update).toMatchObject({ removed: 0, changed: 0, gone: [] })
    expect(rowsOf(after.elements)).toHaveLength(rowsOf(first.elements).length + 1)
  })

  test('goes under another file name too, when the rest is known', () => {
    expect(into(first, file(without(ids.orders), 'model-2.json')).update).toMatchObject({ removed: 1, added: 0 })
  })
})

describe('decisions', () => {
  const held = rowsOf(first.threats)[0]
  if (!held) throw new Error('no threat')
  const decided = edit(
    { kind: 'patch', table: 'threats', id: held.id, fields: { likelihood: 4, 'categories/tampering': true } },
    {
      kind: 'put',
      table: 'acceptances',
      row: { id: 'X-00001', response: 'accept', threat: held.id, reason: 'Small.', owner: 'owner', provenance: human },
    },
  )

  test('outlive a file that no longer has the threat', () => {
    const { after, update } = into(decided, file(set(ids.shop, { threats: [] })))
    expect(after.threats[held.id]).toEqual(decided.threats[held.id])
    expect(after.acceptances).toEqual(decided.acceptances)
    expect(update.gone).toEqual([{ table: 'threats', id: held.id, name: held.statement }])
  })

  test('stay on a threat that the file words anew', () => {
    const { after, update } = into(decided, file(set(ids.shop, { threats: [threat({ title: 'Someone poses as staff' })] })))
    expect(after.threats[held.id]).toMatchObject({
      statement: 'Someone poses as staff',
      likelihood: 4,
      categories: { tampering: true },
    })
    expect(after.acceptances).toEqual(decided.acceptances)
    expect(update).toMatchObject({ changed: 1, conflicts: [], gone: [] })
  })
})

describe('identity', () => {
  test('a model under another name, which gives other ids, is known by what the file calls its things', () => {
    const next = read({ ...modelV2(), summary: { ...(modelV2().summary as object), title: 'Another title' } }, {}, 'other.json')
    if (!next.ok) throw new Error('not read')
    const { after, update } = into(first, next.value.design)
    expect(update).toMatchObject({ added: 0, removed: 0, conflicts: [], gone: [] })
    expect(Object.keys(after.elements).sort()).toEqual(Object.keys(first.elements).sort())
    expect(Object.keys(after.layout).sort()).toEqual(Object.keys(first.layout).sort())
  })

  test('things whose ids are all new are known by kind and name, and each is told', () => {
    const renewed = JSON.parse(JSON.stringify(modelV2()).replaceAll('6a1f0c52-95d1-4f0f-9a57', 'ffffffff-95d1-4f0f-9a57'))
    const next = read(renewed)
    if (!next.ok) throw new Error('not read')
    const { after, update, problems } = into(first, next.value.design)
    expect(update).toMatchObject({ conflicts: [], gone: [] })
    expect(elementOf(after, ids.shop.replace('6a1f0c52', 'ffffffff')).id).toBe(shop.id)
    expect(problems).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'import.sameName', at: shop.id, severity: 'info' })]),
    )
    expect(rowsOf(after.elements)).toHaveLength(rowsOf(first.elements).length)
    expectSound(after)
  })

  test('what a person drew is known by kind and name, and stays as it is', () => {
    const drawn = applyChanges(first, [
      ...rowsOf(first.elements).map(({ id }): Change => ({ kind: 'remove', table: 'elements', id })),
      ...rowsOf(first.flows).map(({ id }): Change => ({ kind: 'remove', table: 'flows', id })),
      ...rowsOf(first.threats).map(({ id }): Change => ({ kind: 'remove', table: 'threats', id })),
      ...rowsOf(first.boundaries).map(({ id }): Change => ({ kind: 'remove', table: 'boundaries', id })),
      ...rowsOf(first.diagrams).map(({ id }): Change => ({ kind: 'remove', table: 'diagrams', id })),
      ...rowsOf(first.layout).map(({ id }): Change => ({ kind: 'remove', table: 'layout', id })),
      {
        kind: 'put',
        table: 'elements',
        row: { id: 'E-00001', name: 'Shop', kind: 'process', technology: 'Go', provenance: human },
      },
    ])
    const { after, problems } = into(drawn, first)
    expect(named(after.elements, 'Shop')).toMatchObject({ id: 'E-00001', technology: 'Go', provenance: human })
    expect(problems).toMatchObject([{ code: 'import.sameName', at: 'E-00001' }])
    expect(rowsOf(after.flows).some(({ source }) => source === 'E-00001')).toBe(true)
  })

  test('an id that belongs to something else here is not taken', () => {
    const taken = edit(
      { kind: 'remove', table: 'elements', id: shop.id },
      {
        kind: 'put',
        table: 'elements',
        row: {
          id: shop.id,
          name: 'Quite another',
          kind: 'dataStore',
          provenance: { ...human, kind: 'import', tool: 'Other tool' },
        },
      },
    )
    const other = file(set(ids.shop, { name: 'Web shop' }), 'other.json')
    const own = { ...EMPTY_DESIGN, elements: { [shop.id]: taken.elements[shop.id] } } as Design
    const after = applyChanges(own, changesInto(own, other).changes)
    expectSound(after)
    expect(after.elements[shop.id]?.name).toBe('Quite another')
    expect(named(after.elements, 'Web shop').id).not.toBe(shop.id)
  })
})

describe('rows of ours that come back', () => {
  test('are held against each other field by field, and nothing is removed', () => {
    const mine = edit(
      {
        kind: 'put',
        table: 'elements',
        row: { id: 'E-00001', name: 'Till', kind: 'process', technology: 'Go', provenance: human },
      },
      { kind: 'put', table: 'elements', row: { id: 'E-00002', name: 'Safe', kind: 'dataStore', provenance: human } },
    )
    const back = imported(
      bundleOf(
        applyChanges(mine, [
          { kind: 'patch', table: 'elements', id: 'E-00001', fields: { name: 'Desk', technology: undefined } },
          { kind: 'remove', table: 'threats', id: rowsOf(first.threats)[0]?.id ?? '' },
        ]),
      ),
    ).design
    const { changes, update } = changesInto(mine, back, { isOurs: true })
    expect(changes).toEqual([])
    expect(update).toMatchObject({
      ...{ added: 0, removed: 0, changed: 0, gone: [] },
      conflicts: [{ table: 'elements', id: 'E-00001', name: 'Till', field: 'name', design: 'Till', file: 'Desk' }],
    })
    expect(
      applyChanges(mine, changesInto(mine, back, { isOurs: true, prefer: 'file' }).changes).elements['E-00001'],
    ).toMatchObject({
      name: 'Desk',
      technology: 'Go',
    })
  })
})

describe('the name and purpose of the design', () => {
  const titled = (title: string) => {
    const result = read({ ...modelV2(), summary: { ...(modelV2().summary as object), title } })
    if (!result.ok) throw new Error('not read')
    return result.value.design
  }
  test('follow the file they came from', () => {
    expect(into(titled('Old'), titled('New')).after.settings.design?.name).toBe('New')
  })
  test('stay as people put them, and those of a design that came from no file stay too', () => {
    const mine = applyChanges(titled('Old'), [{ kind: 'patch', table: 'settings', id: 'design', fields: { name: 'Ours' } }])
    expect(into(mine, titled('Old')).after.settings.design?.name).toBe('Ours')
    const own = applyChanges(titled('Old'), [
      { kind: 'patch', table: 'settings', id: 'design', fields: { provenance: undefined } },
    ])
    expect(into(own, titled('New')).after.settings.design?.name).toBe('Old')
  })
})
