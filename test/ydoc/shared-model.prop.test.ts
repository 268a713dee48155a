import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../core/model/change.ts'
import { accepts } from '../../core/model/parse.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { AnyRow, Design, Table } from '../../core/model/types.ts'
import { type SharedModel, shareModel } from '../../ydoc/shared-model.ts'
import { change, type PeerStep, peerStep } from './design-arbitraries.ts'

const RUNS = 250

/** A second reading of the same document from nothing. */
function readAfresh(shared: SharedModel): Design {
  const copy = shareModel()
  copy.load(shared.state())
  return copy.read()
}

function sync(from: SharedModel, to: SharedModel): void {
  const answer = to.receive(from.since(to.state()))
  if (!answer.ok) throw new Error(answer.problems[0].message)
}

/** An edit that must not be refused: otherwise a property would hold for want of edits. */
function edit(shared: SharedModel, changes: readonly Change[]): boolean {
  const answer = shared.write(changes)
  if (!answer.ok) throw new Error(answer.problems[0].message)
  return answer.value
}

function perform(peers: readonly SharedModel[], step: PeerStep): void {
  const peer = peers[step.who] as SharedModel
  if (step.do === 'edit') edit(peer, step.changes)
  else if (step.do === 'sync') sync(peer, peers[step.to] as SharedModel)
  else peer[step.do]()
}

test('the incremental snapshot always equals a fresh reading, every row in it fits, and peers converge', () => {
  fc.assert(
    fc.property(fc.array(peerStep, { maxLength: 40 }), steps => {
      const peers = [shareModel(), shareModel(), shareModel()] as const
      for (const step of steps) {
        perform(peers, step)
        const peer = peers[step.do === 'sync' ? step.to : step.who] as SharedModel
        expect(peer.read()).toEqual(readAfresh(peer))
        expect(peer.problems()).toEqual([])
        expect(rowsIn(peer.read()).every(([table, row]) => accepts(table, row))).toBe(true)
      }
      for (let round = 0; round < 2; round++) for (const a of peers) for (const b of peers) if (a !== b) sync(a, b)
      for (const peer of peers) expect(peer.read()).toEqual(peers[0].read())
    }),
    { numRuns: RUNS },
  )
})

test('the shared document agrees with the pure meaning of changes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 6 }), batches => {
      const shared = shareModel()
      let pure = EMPTY_DESIGN
      for (const batch of batches) {
        edit(shared, batch)
        pure = applyChanges(pure, batch)
      }
      expect(shared.read()).toEqual(pure)
    }),
    { numRuns: RUNS },
  )
})

test('alone, undoing everything gives back every state on the way, and redoing too', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), batches => {
      const shared = shareModel()
      const states = [shared.read()]
      for (const batch of batches) {
        if (edit(shared, batch)) states.push(shared.read())
      }
      for (let i = states.length - 2; i >= 0; i--) {
        expect(shared.undo()).toMatchObject({ kept: 0 })
        expect(shared.read()).toEqual(states[i])
      }
      expect(shared.undo()).toBeUndefined()
      for (const state of states.slice(1)) {
        shared.redo()
        expect(shared.read()).toEqual(state)
      }
    }),
    { numRuns: RUNS },
  )
})

test('undo and redo never change what another person set or took away', () => {
  const step = fc.record({
    who: fc.constantFrom('peer', 'me', 'undo', 'redo'),
    changes: fc.array(change, { minLength: 1, maxLength: 2 }),
    told: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), steps => {
      const me = shareModel()
      const peer = shareModel()
      const theirs = new Map<string, unknown>()
      for (const { who, changes, told } of steps) {
        const before = me.read()
        if (who === 'peer') edit(peer, changes)
        else if (who === 'me') edit(me, changes)
        else me[who]()
        if (who === 'peer') sync(peer, me)
        if (told) sync(me, peer)
        for (const [path, value] of changedFields(before, me.read()))
          if (who === 'peer') theirs.set(path, value)
          else if (who === 'me') theirs.delete(path)
          else expect({ who, path, theirs: theirs.has(path) }).toEqual({ who, path, theirs: false })
      }
    }),
    { numRuns: RUNS },
  )
})

test('rows and tables no change names keep their identity', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 10 }), fc.array(change, { minLength: 1, maxLength: 2 }), (base, changes) => {
      const shared = shareModel()
      edit(shared, base)
      const before = shared.read()
      edit(shared, changes)
      const after = shared.read()
      const named = new Set(changes.map(c => `${c.table}/${c.kind === 'put' ? c.row.id : c.id}`))
      for (const table of TABLE_NAMES) {
        if (!changes.some(c => c.table === table)) expect(after[table]).toBe(before[table])
        for (const [id, row] of Object.entries(before[table] as Table<AnyRow>))
          if (!named.has(`${table}/${id}`)) expect((after[table] as Table<AnyRow>)[id]).toBe(row)
      }
    }),
    { numRuns: RUNS },
  )
})

function rowsIn(design: Design) {
  return TABLE_NAMES.flatMap(table => Object.values(design[table] as Table<AnyRow>).map(row => [table, row] as const))
}

/** Every field of every row by `table/id/field`, map fields key by key. */
function fieldsIn(design: Design): ReadonlyMap<string, unknown> {
  return new Map(
    rowsIn(design).flatMap(([table, row]) =>
      Object.entries(row).flatMap(([field, value]): [string, unknown][] =>
        ['attributes', 'data', 'paths'].includes(field)
          ? Object.entries(value as object).map(([key, inner]) => [`${table}/${row.id}/${field}/${key}`, inner])
          : [[`${table}/${row.id}/${field}`, value]],
      ),
    ),
  )
}

function changedFields(before: Design, after: Design): [string, unknown][] {
  const from = fieldsIn(before)
  const to = fieldsIn(after)
  return [
    ...[...to].filter(([path, value]) => JSON.stringify(from.get(path)) !== JSON.stringify(value)),
    ...[...from.keys()].filter(path => !to.has(path)).map((path): [string, unknown] => [path, undefined]),
  ]
}
