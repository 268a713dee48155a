import { describe, expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN, patchRow } from '../../../core/model/change.ts'
import { diffDesigns } from '../../../core/model/diff.ts'
import { ends } from '../../support/ends.ts'
import { designOf, element } from './designs.ts'

const patch = (id: string, fields: Readonly<Record<string, unknown>>): Change => ({
  kind: 'patch',
  table: 'elements',
  id,
  fields,
})

describe('applyChanges', () => {
  test('the empty design changed by nothing is the empty design', () => {
    expect(applyChanges(EMPTY_DESIGN, [])).toBe(EMPTY_DESIGN)
  })

  test('patching or removing what is not there changes nothing', () => {
    const design = designOf(element('E-00001'))
    expect(applyChanges(design, [patch('E-00002', { name: 'x' }), { kind: 'remove', table: 'elements', id: 'E-00002' }])).toBe(
      design,
    )
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a patch on %s makes no row of it', id => {
    const design = designOf(element('E-00001'))
    const after = applyChanges(design, [patch(id, { name: 'x' })])
    expect(Object.keys(after.elements)).toEqual(['E-00001'])
    expect(({} as { name?: string }).name).toBeUndefined()
  })

  test('a field named __proto__ cannot lend a row fields it does not have', () => {
    const row = patchRow(
      element('E-00001'),
      JSON.parse('{"__proto__":{"outOfScope":"no"},"attributes/__proto__":{"isLog":"yes"}}'),
    )
    expect(row.outOfScope).toBeUndefined()
    expect(row.attributes?.isLog).toBeUndefined()
  })

  test.each([
    [{ name: 'b' }, { name: 'b' }],
    [{ technology: 'Go' }, { technology: 'Go' }],
    [{ 'attributes/isLog': 'yes' }, { attributes: { isLog: 'yes' } }],
    [{ 'paths/src/**': true }, { paths: { 'src/**': true } }],
    [{ 'paths/': true }, { paths: { '': true } }],
  ])('a patch %j', (fields, expected) => {
    expect(patchRow(element('E-00001'), fields)).toEqual({ ...element('E-00001'), ...expected })
  })

  test('an emptied map goes with its last key', () => {
    const row = element('E-00001', { attributes: { isLog: 'yes' } })
    expect(patchRow(row, { 'attributes/isLog': undefined })).toEqual(element('E-00001'))
  })
})

describe('diffDesigns', () => {
  test('map fields differ key by key', () => {
    const a = designOf(element('E-00001', { attributes: { isLog: 'yes', logsAudit: 'no' } }))
    const b = designOf(element('E-00001', { attributes: { isLog: 'yes', authorises: 'yes' }, paths: { 'a/b': true } }))
    expect(diffDesigns(a, b)).toEqual([
      patch('E-00001', { 'attributes/logsAudit': undefined, 'attributes/authorises': 'yes', 'paths/a/b': true }),
    ])
  })

  test('rows are removed first, then put and patched by id', () => {
    const a = designOf(element('E-00003'), element('E-00001'))
    const b = designOf(element('E-00002'), element('E-00001', { name: 'x' }))
    expect(diffDesigns(a, b).map(change => change.kind)).toEqual(['remove', 'patch', 'put'])
  })
})

test('a hundred thousand changes copy the table once', () => {
  const puts = Array.from(
    { length: 100_000 },
    (_, i): Change => ({ kind: 'put', table: 'elements', row: element(`E-${String(i).padStart(5, '0')}`) }),
  )
  // Copied for each change, it would be five thousand million rows.
  const design = ends(() => applyChanges(EMPTY_DESIGN, puts))
  expect(Object.keys(design.elements)).toHaveLength(100_000)
})
