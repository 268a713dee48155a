import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readHubFrame } from '../../ydoc/hub-frames.ts'
import { foresee, puttingBack, replay, rowCount } from '../../ydoc/hub-guard.ts'
import { element } from './rows.ts'

const A = 'E-0000A'
const B = 'E-0000B'

function base(): Y.Doc {
  const doc = new Y.Doc()
  doc.getMap('elements').set(A, element(A))
  doc.getMap('elements').set(B, element(B))
  doc.getMap('elements').set(`${A}/name`, 'Renamed')
  return doc
}

/** What a copy of the document sends after doing something to it. */
function sent(doc: Y.Doc, act: (copy: Y.Doc) => void): Uint8Array {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const updates: Uint8Array[] = []
  copy.on('update', (update: Uint8Array) => updates.push(update))
  copy.transact(() => act(copy))
  return Y.mergeUpdates(updates)
}

function foreseen(act: (copy: Y.Doc) => void, tables?: readonly string[]) {
  const doc = base()
  const before = Y.encodeStateAsUpdate(doc)
  const found = foresee(doc, sent(doc, act), { tables })
  // Looking changes nothing.
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  return found.ok ? found.value.lost : found.problems[0].code
}

describe('what an update would take away', () => {
  const cases: readonly (readonly [string, (doc: Y.Doc) => void, readonly string[]])[] = [
    ['a row deleted', doc => doc.getMap('elements').delete(A), [`elements/${A}`]],
    ['a row put anew', doc => doc.getMap('elements').set(A, element(A, { name: 'New' })), []],
    [
      'a row deleted and put again',
      doc => {
        doc.getMap('elements').delete(A)
        doc.getMap('elements').set(A, element(A))
      },
      [],
    ],
    [
      'a row put and then deleted',
      doc => {
        doc.getMap('elements').set(A, element(A))
        doc.getMap('elements').delete(A)
      },
      [`elements/${A}`],
    ],
    ['nothing in the place of a row', doc => doc.getMap('elements').set(A, undefined), [`elements/${A}`]],
    ['a word in the place of a row', doc => doc.getMap('elements').set(A, 'gone'), [`elements/${A}`]],
    ['a field taken away', doc => doc.getMap('elements').delete(`${A}/name`), []],
    ['a new row', doc => doc.getMap('elements').set('E-0000C', element('E-0000C')), []],
  ]
  for (const [name, act, lost] of cases) test(name, () => expect(foreseen(act)).toEqual(lost))
})

describe('only some tables', () => {
  const only = ['comments']
  test('are written', () => expect(foreseen(doc => doc.getMap('comments').set('K-0000A', { id: 'K-0000A' }), only)).toEqual([]))
  test('a new key elsewhere is not', () =>
    expect(foreseen(doc => doc.getMap('flows').set('F-0000A', {}), only)).toBe('update.table'))
  test('nor one behind another', () =>
    expect(foreseen(doc => doc.getMap('elements').set(A, element(A)), only)).toBe('update.table'))
  test('nor is one taken away', () => expect(foreseen(doc => doc.getMap('elements').delete(B), only)).toBe('update.table'))
  test('nor many at once, each behind the one before', () => {
    const act = (doc: Y.Doc) => {
      for (let i = 0; i < 2000; i++) doc.getMap('elements').set(A, element(A, { name: String(i) }))
    }
    expect(foreseen(act, only)).toBe('update.table')
  })
})

test('what is already known says nothing new', () => {
  const doc = base()
  expect(foresee(doc, Y.encodeStateAsUpdate(doc))).toEqual({
    ok: true,
    value: { spans: [], lost: [], suggested: [], rewritten: [], isNews: false },
  })
})

describe('what is known, said again', () => {
  const REWRITTEN = 'something else under the same number'

  /** A program, and one that goes on from an older copy of it: the same number, the same clocks. */
  function twice(first: (doc: Y.Doc) => void, second: (doc: Y.Doc) => void) {
    const doc = base()
    const [one, other] = [first, second].map(act => {
      const copy = new Y.Doc()
      copy.clientID = 7
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
      const before = Y.encodeStateVector(copy)
      copy.transact(() => act(copy))
      return Y.encodeStateAsUpdate(copy, before)
    }) as [Uint8Array, Uint8Array]
    replay(doc, [one])
    const before = Y.encodeStateAsUpdate(doc)
    const found = foresee(doc, other)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
    if (!found.ok) throw new Error(found.problems[0].code)
    const { rewritten, isNews } = found.value
    expect(rewritten.filter(client => client !== 7)).toEqual([])
    return rewritten.length > 0 ? REWRITTEN : isNews
  }
  const name = (text: string) => (doc: Y.Doc) => void doc.getMap('elements').set(`${A}/name`, text)
  const cases: readonly (readonly [string, (doc: Y.Doc) => void, (doc: Y.Doc) => void, boolean | string])[] = [
    ['the same is no news', name('One'), name('One'), false],
    ['another value is refused', name('One'), name('Two'), REWRITTEN],
    [
      'another value in a row is refused',
      doc => doc.getMap('elements').set('E-0000C', element('E-0000C')),
      doc => doc.getMap('elements').set('E-0000C', element('E-0000C', { name: 'Other' })),
      REWRITTEN,
    ],
    ['the same under another key is refused', name('One'), doc => doc.getMap('elements').set(`${B}/name`, 'One'), REWRITTEN],
    [
      'keys in another order are the same',
      doc => doc.getMap('elements').set('E-0000C/attributes', { a: 1, b: [2] }),
      doc => doc.getMap('elements').set('E-0000C/attributes', { b: [2], a: 1 }),
      false,
    ],
    [
      'nothing of it is taken in, though something is new behind it',
      name('One'),
      doc => {
        name('Two')(doc)
        doc.getMap('elements').set(`${B}/name`, 'New')
      },
      REWRITTEN,
    ],
    [
      'more of the same program is news',
      name('One'),
      doc => {
        name('One')(doc)
        doc.getMap('elements').set(`${B}/name`, 'New')
      },
      true,
    ],
    [
      'what was overwritten since cannot be compared, and is gone whoever is right',
      doc => {
        name('One')(doc)
        name('Three')(doc)
      },
      name('Two'),
      false,
    ],
  ]
  for (const [what, first, second, wanted] of cases) test(what, () => expect(twice(first, second)).toBe(wanted))

  test('whoever sends everything again, whatever became of it meanwhile, is never refused', () => {
    const value = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.double(), fc.constant(undefined), fc.jsonValue())
    const turn = fc.record({ who: fc.nat(2), key: fc.constantFrom(A, `${A}/name`, B, 'F-0000A'), value, hears: fc.boolean() })
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 30 }), turns => {
        const hub = new Y.Doc()
        const peers = [new Y.Doc(), new Y.Doc(), new Y.Doc()]
        for (const { who, key, value, hears } of turns) {
          const peer = peers[who] as Y.Doc
          if (hears) Y.applyUpdate(peer, Y.encodeStateAsUpdate(hub))
          const [before, root] = [Y.encodeStateVector(peer), peer.getMap('elements')]
          if (value === undefined && root.has(key)) root.delete(key)
          else root.set(key, typeof value === 'number' && !Number.isFinite(value) ? 0 : value)
          for (const update of [Y.encodeStateAsUpdate(peer, before), Y.encodeStateAsUpdate(peer)]) {
            const found = foresee(hub, update)
            if (!found.ok) continue
            if (found.value.rewritten.length > 0) return false
            Y.applyUpdate(hub, update)
            const again = foresee(hub, update)
            if (!again.ok || again.value.rewritten.length > 0) return false
          }
        }
        return true
      }),
      { numRuns: 300 },
    )
  })
})

test('rows that are missing come back with their fields; what is there stays as it is', () => {
  const doc = base()
  const kept = Y.encodeStateAsUpdate(doc)
  doc.getMap('elements').delete(A)
  doc.getMap('elements').delete(`${A}/name`)
  doc.getMap('elements').set(`${B}/name`, 'Since')
  const back = puttingBack(doc, kept)
  expect(back.rows).toBe(1)
  expect(rowCount(doc)).toBe(1)
  replay(doc, [back.update])
  expect(rowCount(doc)).toBe(2)
  expect(doc.getMap('elements').get(`${A}/name`)).toBe('Renamed')
  expect(doc.getMap('elements').get(`${B}/name`)).toBe('Since')
  expect(puttingBack(doc, kept).rows).toBe(0)
})

test('a message with something behind its end is none', () => {
  const name = Buffer.from('a'.repeat(32))
  const whole = Uint8Array.from([32, ...name, 0, 2, 2, 0, 0])
  expect(readHubFrame(whole)).toMatchObject({ document: 'a'.repeat(32), kind: 'update' })
  expect(readHubFrame(Uint8Array.from([...whole, 1]))).toBeUndefined()
})
