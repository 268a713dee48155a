import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { UPDATE_LIMIT } from '../../ydoc/updates.ts'
import { element, PROVENANCE, patch, putElement, remove } from './rows.ts'

const A = 'E-0000A'
const BASE = applyChanges(EMPTY_DESIGN, [putElement(A), putElement('E-0000B')])

/** What a peer with a program of its own sends. */
function updateOf(shared: ReturnType<typeof shareModel>, act: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, shared.state())
  const before = Y.encodeStateVector(doc)
  doc.transact(() => act(doc))
  return Y.encodeStateAsUpdate(doc, before)
}

function deep(levels: number): object {
  let value = {}
  for (let i = 0; i < levels; i++) value = { a: value }
  return value
}

describe('the format of the design', () => {
  const settings = { id: 'design', format: 1, designId: '0123456789', name: 'Shop', epoch: 1 }
  const attempts: readonly (readonly [string, (root: Y.Map<unknown>) => void, string])[] = [
    ['a newer one as a field', root => root.set('design/format', 2), 'It states format 2, and the design has format 1.'],
    ['a newer one in the row', root => root.set('design', { ...settings, format: 7 }), 'format 7'],
    ['one twice, the newer behind', root => [1, 2].forEach(format => void root.set('design/format', format)), 'format 2'],
    ['an older one', root => root.set('design/format', 0), 'format 0'],
    ['a word', root => root.set('design/format', '2'), 'format that is none'],
    ['none any more', root => root.set('design/format', undefined), 'format that is none'],
    ['none in the row', root => root.set('design', { ...settings, format: undefined }), 'format that is none'],
  ]
  const withSettings = () => shareModel(applyChanges(BASE, [{ kind: 'put', table: 'settings', row: settings }]))
  test.each(attempts)('%s: refused, and nothing is changed', (_, act, said) => {
    for (const shared of [withSettings(), shareModel(BASE)]) {
      const before = shared.state()
      const answer = shared.receive(updateOf(shared, doc => act(doc.getMap('settings'))))
      expect(answer).toMatchObject({ ok: false, problems: [{ code: 'update.format', message: expect.stringContaining(said) }] })
      expect(answer.ok ? '' : answer.problems[0].cure).toContain('another version')
      expect(shared.state()).toEqual(before)
    }
  })

  test('the one it has may be stated again, and everything else of the settings changes', () => {
    const shared = withSettings()
    const update = updateOf(shared, doc => {
      doc.getMap('settings').set('design', { ...settings, name: 'Market' })
      doc.getMap('settings').set('design/format', 1)
      doc.getMap('settings').set('design/purpose', 'To sell.')
    })
    expect(shared.receive(update)).toEqual({ ok: true, value: true })
    expect(shared.read().settings.design).toMatchObject({ format: 1, name: 'Market', purpose: 'To sell.' })
    const fresh = shareModel()
    expect(fresh.receive(shared.state())).toEqual({ ok: true, value: true })
  })
})

describe('rows that do not fit are left out and said to be', () => {
  const rows: readonly (readonly [string, (root: Y.Map<unknown>) => void])[] = [
    ['a required field missing', root => root.set('E-0000X', { id: 'E-0000X', name: 'No kind' })],
    ['another id inside', root => root.set('E-0000X', element('E-0000Y'))],
    ['an id of no element', root => root.set('E-0000X', { ...element('E-0000X'), id: 'constructor' })],
    ['not an object', root => root.set('E-0000X', 'text')],
    ['an array', root => root.set('E-0000X', [element('E-0000X')])],
    ['an unknown field set', root => root.set('E-0000B/colour', 'red')],
    ['a wrong value in a map field', root => root.set('E-0000B/attributes/logsAudit', 'perhaps')],
    ['a map field replaced by text', root => root.set('E-0000B/attributes', 'yes')],
    ['a required field taken away', root => root.set('E-0000B/kind', undefined)],
    ['a prototype set as a field', root => root.set('E-0000B/__proto__', { name: 'x' })],
    ['a prototype set in a map field', root => root.set('E-0000B/foreign/__proto__', { name: 'x' })],
  ]
  test.each(rows)('%s', (_, act) => {
    const shared = shareModel(BASE)
    shared.receive(updateOf(shared, doc => act(doc.getMap('elements'))))
    const { elements } = shared.read()
    expect(elements[A]).toEqual(element(A))
    expect(Object.keys(elements).every(id => id === A || id === 'E-0000B')).toBe(true)
    expect(shared.problems()).toMatchObject([
      { code: 'shared.unfit', severity: 'error', at: expect.stringMatching(/^E-0000[BX]$/) },
    ])
    expect(Object.getPrototypeOf(elements)).toBe(Object.prototype)
  })

  test('a row is back when its fault is cured, and an unfit one can be removed or put anew', () => {
    const shared = shareModel(BASE)
    shared.receive(updateOf(shared, doc => doc.getMap('elements').set(`${A}/kind`, 'wizard')))
    expect(shared.read().elements[A]).toBeUndefined()
    shared.write([putElement(A)])
    expect([shared.read().elements[A], shared.problems()]).toEqual([element(A), []])
    shared.receive(updateOf(shared, doc => doc.getMap('elements').set('E-0000X', 1)))
    shared.write([remove('E-0000X')])
    expect(shared.problems()).toEqual([])
  })

  test('setting a field of an unfit row neither heals nor removes it', () => {
    const shared = shareModel(BASE)
    shared.receive(updateOf(shared, doc => doc.getMap('elements').set(`${A}/kind`, 'wizard')))
    expect(shared.write([patch(A, { name: 'Store' })])).toEqual({ ok: true, value: false })
    expect(shared.problems()).toMatchObject([{ at: A }])
  })

  test('keys of JavaScript’s own do no harm', () => {
    const shared = shareModel(BASE)
    shared.receive(
      updateOf(shared, doc => {
        for (const key of ['__proto__', 'constructor', 'toString', '__proto__/name', '', '/', '//'])
          doc.getMap('elements').set(key, element(A))
      }),
    )
    expect(Object.keys(shared.read().elements).sort()).toEqual([A, 'E-0000B'])
    expect(({} as Record<string, unknown>).name).toBeUndefined()
  })
})

describe('updates that are refused change nothing', () => {
  const updates: readonly (readonly [string, string, (shared: ReturnType<typeof shareModel>) => Uint8Array])[] = [
    ['nothing at all', 'update.malformed', () => new Uint8Array()],
    ['noise', 'update.malformed', () => Uint8Array.from({ length: 60 }, (_, i) => (i * 37) % 256)],
    ['a promise of 33 million structs', 'update.malformed', () => Uint8Array.from([1, 255, 255, 255, 15, 1, 0, 0, 1, 0])],
    ['too many bytes', 'update.large', s => updateOf(s, d => d.getMap('elements').set('E-0000X', 'x'.repeat(UPDATE_LIMIT)))],
    ['a root of no design', 'update.foreign', s => updateOf(s, d => d.getMap('secrets').set('a', 1))],
    [
      'a list where a table is',
      'update.foreign',
      s => updateOf(s, d => d.get('elements', Y.Array as never) && d.getArray('lists').push([1])),
    ],
    ['a nested type', 'update.foreign', s => updateOf(s, d => d.getMap('elements').set('E-0000X', new Y.Map()))],
    ['bytes as a value', 'update.foreign', s => updateOf(s, d => d.getMap('elements').set('E-0000X', Uint8Array.from([1])))],
    ['no number', 'update.foreign', s => updateOf(s, d => d.getMap('elements').set('E-0000X', { a: Number.NaN }))],
    ['1,000 levels', 'update.foreign', s => updateOf(s, d => d.getMap('elements').set('E-0000X', deep(1000)))],
    ['a key of 2,000 characters', 'update.foreign', s => updateOf(s, d => d.getMap('elements').set('x'.repeat(2000), 1))],
    ['an edit whose ground is missing', 'update.gap', () => later()],
  ]
  test.each(updates)('%s', (_, code, make) => {
    const shared = shareModel(BASE)
    const before = [shared.read(), shared.state()]
    const update = make(shared)
    expect(shared.receive(update)).toMatchObject({ ok: false, problems: [{ code, cure: expect.any(String) }] })
    expect([shared.read(), shared.state()]).toEqual(before)
    expect(shared.read()).toBe(before[0])
  })

  function later(): Uint8Array {
    const doc = new Y.Doc()
    doc.getMap('elements').set('E-0000X', element('E-0000X'))
    const before = Y.encodeStateVector(doc)
    doc.getMap('elements').set('E-0000Y', element('E-0000Y'))
    return Y.encodeStateAsUpdate(doc, before)
  }

  test('an edit under the name of the receiver', () => {
    const shared = shareModel(BASE)
    const forger = new Y.Doc()
    Y.applyUpdate(forger, shared.state())
    forger.clientID = [...Y.decodeStateVector(Y.encodeStateVector(forger)).keys()][0] as number
    const before = Y.encodeStateVector(forger)
    forger.getMap('elements').set('E-0000X', element('E-0000X'))
    expect(shared.receive(Y.encodeStateAsUpdate(forger, before))).toMatchObject({
      ok: false,
      problems: [{ code: 'update.impersonates' }],
    })
  })

  test('V2 bytes', () => {
    const doc = new Y.Doc()
    doc.getMap('elements').set('E-0000X', element('E-0000X'))
    const shared = shareModel(BASE)
    expect(shared.receive(Y.encodeStateAsUpdateV2(doc))).toMatchObject({ ok: false, problems: [{ code: 'update.malformed' }] })
    expect(Object.keys(shared.read().elements)).toEqual(Object.keys(BASE.elements))
  })
})

test('bytes changed at random are refused, or taken in without breaking what others edit', () => {
  const good = shareModel(BASE)
  const peer = shareModel()
  peer.load(good.state())
  peer.write([
    putElement('E-0000C', { attributes: { logsAudit: 'no' } }),
    patch(A, { name: 'Store', 'attributes/logsAudit': 'yes' }),
    remove('E-0000B'),
  ])
  const update = peer.since(good.state())
  const state = good.state()
  const mutation = fc.array(fc.tuple(fc.nat(update.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  let taken = 0
  fc.assert(
    fc.property(mutation, fc.nat(update.length), (bytes, cut) => {
      const shared = shareModel()
      shared.load(state)
      const before = shared.read()
      const changed = Uint8Array.from(update)
      for (const [at, value] of bytes) changed[at] = value
      const answer = shared.receive(cut % 5 === 0 ? changed.slice(0, cut) : changed)
      if (answer.ok) taken++
      else expect(shared.read()).toBe(before)
      const copy = shareModel()
      copy.load(shared.state())
      expect(copy.read()).toEqual(shared.read())
      copy.write([putElement('E-0000Z', { provenance: PROVENANCE })])
      shared.load(copy.since(shared.state()))
      expect(shared.read().elements['E-0000Z']).toBeDefined()
    }),
    { numRuns: 1500 },
  )
  expect(taken).toBeGreaterThan(100)
})
