import { expect, test } from 'vitest'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { element, patch, putElement, remove, sync } from './rows.ts'

const A = 'E-0000A'
const B = 'E-0000B'

test('an empty document reads as the empty design', () => {
  expect(shareModel().read()).toEqual(EMPTY_DESIGN)
})

test('a base design is read as it is and is no step to undo', () => {
  const base = applyChanges(EMPTY_DESIGN, [putElement(A)])
  const shared = shareModel(base)
  expect(shared.read()).toEqual(base)
  expect(shared.steps()).toEqual({ undo: undefined, redo: undefined })
  expect(shared.undo()).toBeUndefined()
})

test('two people setting two fields of one element both prevail, also in a map field', () => {
  const me = shareModel(applyChanges(EMPTY_DESIGN, [putElement(A)]))
  const peer = shareModel()
  sync(me, peer)
  me.write([patch(A, { name: 'Web shop', 'attributes/authenticates': 'yes' })])
  peer.write([patch(A, { technology: 'Node.js', 'attributes/logsAudit': 'no' })])
  sync(me, peer)
  sync(peer, me)
  const both = element(A, { name: 'Web shop', technology: 'Node.js', attributes: { authenticates: 'yes', logsAudit: 'no' } })
  expect(me.read().elements[A]).toEqual(both)
  expect(peer.read().elements[A]).toEqual(both)
})

test('putting a row that exists sets only what differs, so that it does not win over a peer', () => {
  const me = shareModel(applyChanges(EMPTY_DESIGN, [putElement(A, { technology: 'PHP' })]))
  const peer = shareModel()
  sync(me, peer)
  peer.write([patch(A, { technology: 'Go' })])
  me.write([putElement(A, { name: 'Web shop', technology: 'PHP' })])
  sync(peer, me)
  expect(me.read().elements[A]).toEqual(element(A, { name: 'Web shop', technology: 'Go' }))
})

test('removing wins over a concurrent edit, and undoing the removal brings the edit with it', () => {
  const me = shareModel(applyChanges(EMPTY_DESIGN, [putElement(A)]))
  const peer = shareModel()
  sync(me, peer)
  me.write([remove(A)], { label: 'remove Shop' })
  peer.write([patch(A, { name: 'Store' })])
  sync(me, peer)
  sync(peer, me)
  expect([me.read().elements, peer.read().elements]).toEqual([{}, {}])
  expect(me.undo()).toEqual({ label: 'remove Shop', touched: [{ table: 'elements', id: A }], kept: 0 })
  expect(me.read().elements[A]).toEqual(element(A, { name: 'Store' }))
})

test('undo says what it took back, redo what it did again, and a new edit ends redo', () => {
  const shared = shareModel()
  shared.write([putElement(A)], { label: 'add Shop' })
  shared.write([patch(A, { name: 'Store' })], { label: 'rename Shop' })
  expect(shared.steps()).toEqual({ undo: 'rename Shop', redo: undefined })
  expect(shared.undo()).toEqual({ label: 'rename Shop', touched: [{ table: 'elements', id: A }], kept: 0 })
  expect(shared.steps()).toEqual({ undo: 'add Shop', redo: 'rename Shop' })
  expect(shared.redo()).toMatchObject({ label: 'rename Shop' })
  shared.undo()
  shared.write([patch(A, { technology: 'Go' })], { label: 'set technology' })
  expect(shared.steps()).toEqual({ undo: 'set technology', redo: undefined })
})

test('undo takes back my edit and never a peer’s', () => {
  const me = shareModel(applyChanges(EMPTY_DESIGN, [putElement(A)]))
  const peer = shareModel()
  sync(me, peer)
  me.write([patch(A, { name: 'Mine', technology: 'Go' })])
  sync(me, peer)
  peer.write([patch(A, { name: 'Theirs' })])
  sync(peer, me)
  expect(me.undo()).toEqual({ label: '', touched: [{ table: 'elements', id: A }], kept: 1 })
  expect(me.read().elements[A]).toEqual(element(A, { name: 'Theirs' }))
})

test('an edit of a peer that my undo brought back is not overwritten by my next undo', () => {
  const me = shareModel(applyChanges(EMPTY_DESIGN, [putElement(A)]))
  const peer = shareModel()
  sync(me, peer)
  me.write([patch(A, { name: 'First' })])
  sync(me, peer)
  peer.write([patch(A, { name: 'Theirs' })])
  sync(peer, me)
  me.write([patch(A, { name: 'Second' })])
  me.undo()
  expect(me.read().elements[A]?.name).toBe('Theirs')
  expect(me.undo()).toEqual({ label: '', touched: [], kept: 1 })
  expect(me.read().elements[A]?.name).toBe('Theirs')
})

test('undoing the creation of a row leaves it when someone has worked on it since', () => {
  const me = shareModel()
  const peer = shareModel()
  me.write([putElement(A), putElement(B)], { label: 'add two' })
  sync(me, peer)
  peer.write([patch(A, { name: 'Theirs' })])
  sync(peer, me)
  expect(me.undo()).toEqual({ label: 'add two', touched: [{ table: 'elements', id: B }], kept: 1 })
  expect(Object.keys(me.read().elements)).toEqual([A])
})

test('redoing a removal takes a row away with the edits others made before it', () => {
  const me = shareModel(applyChanges(EMPTY_DESIGN, [putElement(A)]))
  const peer = shareModel()
  sync(me, peer)
  peer.write([patch(A, { name: 'Theirs' })])
  sync(peer, me)
  me.write([remove(A)])
  me.undo()
  expect(me.read().elements[A]?.name).toBe('Theirs')
  expect(me.redo()).toMatchObject({ kept: 0 })
  expect(me.read().elements).toEqual({})
})

test('what does not fit its schema is refused as a whole', () => {
  const shared = shareModel()
  let told = 0
  shared.subscribe(() => told++)
  const answer = shared.write([putElement(A), patch(A, { kind: 'wizard' })])
  expect(answer).toMatchObject({ ok: false, problems: [{ code: 'edit.unfit', at: A }] })
  expect([shared.read(), told, shared.steps().undo]).toEqual([EMPTY_DESIGN, 0, undefined])
})

test('a row that could not travel in one update is refused', () => {
  const answer = shareModel().write([putElement(A, { description: 'x'.repeat(100_000), foreign: { y: 'y'.repeat(150_000) } })])
  expect(answer).toMatchObject({ ok: false, problems: [{ code: 'edit.large', at: A }] })
})

test('one transaction is one notification, and nothing changed is none', () => {
  const shared = shareModel()
  let told = 0
  const stop = shared.subscribe(() => told++)
  shared.write([putElement(A), putElement(B), patch(A, { name: 'Store' })])
  expect(told).toBe(1)
  expect(shared.write([putElement(A, { name: 'Store' })])).toEqual({ ok: true, value: false })
  expect(shared.receive(shared.state())).toMatchObject({ ok: true })
  expect(told).toBe(1)
  shared.undo()
  expect(told).toBe(2)
  stop()
  shared.redo()
  expect(told).toBe(2)
})

test('the snapshot cannot be changed by its readers', () => {
  const shared = shareModel()
  shared.write([putElement(A, { attributes: { logsAudit: 'yes' } })])
  const row = shared.read().elements[A] as { name: string; attributes: { logsAudit: string } }
  expect(() => {
    row.name = 'Other'
  }).toThrow(TypeError)
  expect(() => {
    row.attributes.logsAudit = 'no'
  }).toThrow(TypeError)
})

test('two documents get different client ids', () => {
  const a = shareModel()
  const b = shareModel()
  a.write([putElement(A)])
  b.write([putElement(B)])
  sync(a, b)
  sync(b, a)
  expect(Object.keys(a.read().elements).sort()).toEqual([A, B])
})

const MANY = Array.from({ length: 250 }, (_, index) => `E-${String(index).padStart(4, '0')}A`)

test('a change in parts is one step, and whoever listens hears of it once, when it is whole', async () => {
  const base = applyChanges(
    EMPTY_DESIGN,
    MANY.map(id => putElement(id)),
  )
  const shared = shareModel(base)
  const heard: number[] = []
  const renamed = () => MANY.filter(id => shared.read().elements[id]?.name === 'Store').length
  shared.subscribe(() => heard.push(renamed()))
  const rests: number[] = []
  const changes = [...MANY.map(id => patch(id, { name: 'Depot' })), ...MANY.map(id => patch(id, { name: 'Store' }))]
  const written = await shared.writeInParts(changes, {
    label: 'rename all',
    rest: async () => void rests.push(renamed()),
  })
  expect(written).toEqual({ ok: true, value: true })
  expect(rests).toEqual([0, 0, 50, 150, 250])
  expect(heard).toEqual([250])
  expect(shared.steps()).toEqual({ undo: 'rename all', redo: undefined })
  expect(shared.undo()?.touched.length).toBe(250)
  expect(shared.read()).toEqual(base)
  shared.redo()
  expect(renamed()).toBe(250)
})

test('an edit between two parts is a step of its own, and each undo takes back only what is its own', async () => {
  const shared = shareModel(
    applyChanges(
      EMPTY_DESIGN,
      MANY.map(id => putElement(id)),
    ),
  )
  let rests = 0
  await shared.writeInParts(
    MANY.map(id => patch(id, { technology: 'Go' })),
    {
      label: 'all in Go',
      rest: async () => {
        if (rests++ === 0) shared.write([patch(MANY[0] as string, { name: 'Mine' })], { label: 'mine' })
      },
    },
  )
  const inGo = () => MANY.filter(id => shared.read().elements[id]?.technology === 'Go').length
  const undone = [shared.undo()?.label, inGo(), shared.undo()?.label, inGo(), shared.undo()?.label, inGo()]
  expect(undone).toEqual(['all in Go', 100, 'mine', 100, 'all in Go', 0])
})

test('parts end where one does not fit, and what came before them stays as a step', async () => {
  const shared = shareModel(
    applyChanges(
      EMPTY_DESIGN,
      MANY.map(id => putElement(id)),
    ),
  )
  let heard = 0
  shared.subscribe(() => heard++)
  const changes = [...MANY.map(id => patch(id, { name: 'Store' })), patch(MANY[0] as string, { kind: 'nothing of this sort' })]
  const written = await shared.writeInParts(changes, { label: 'all', rest: async () => {} })
  expect(written.ok).toBe(false)
  expect([heard, shared.steps().undo]).toEqual([1, 'all'])
})
