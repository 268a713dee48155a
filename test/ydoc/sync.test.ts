import { expect, test } from 'vitest'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../core/model/change.ts'
import type { Design } from '../../core/model/types.ts'
import { ok, refuse } from '../../core/support/result.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { piecesOf } from '../../ydoc/pieces.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { type Joined, joinRoom, type Room } from '../../ydoc/sync.ts'
import { UPDATE_LIMIT } from '../../ydoc/updates.ts'
import { patch, putElement } from './rows.ts'

const A = 'E-0000A'
const BASE = applyChanges(EMPTY_DESIGN, [putElement(A)])

/** A room in the same process, whose line to it can be cut. */
function roomWith(base: Design) {
  const kept = shareModel(base)
  const heard = new Set<(update: string) => void>()
  const returned = new Set<() => void>()
  const line = { up: true, name: 'first' }
  kept.onUpdate(update => {
    if (line.up) for (const listener of [...heard]) listener(toBase64(update))
  })
  const away = () => refuse({ code: 'host.offline', message: 'Not there.', cure: 'Wait.' })
  const room: Room = {
    join: async () => (line.up ? ok({ state: toBase64(kept.state()), room: line.name }) : away()),
    push: async update => (line.up ? kept.receive(fromBase64(update) as Uint8Array) : away()),
    onUpdate: listener => {
      heard.add(listener)
      return () => heard.delete(listener)
    },
    onReturn: listener => {
      returned.add(listener)
      return () => returned.delete(listener)
    },
  }
  const comeBack = () => {
    line.up = true
    for (const listener of returned) listener()
  }
  return { room, kept, line, comeBack, listeners: () => heard.size + returned.size }
}

async function join(room: Room): Promise<Joined> {
  const joined = await joinRoom(room)
  if (!joined.ok) throw new Error(joined.problems[0].message)
  return joined.value
}

async function settled(...windows: readonly Joined[]): Promise<void> {
  for (let i = 0; i < 200 && windows.some(window => window.sync().kind === 'sending' || window.sync().waiting > 0); i++)
    await Promise.resolve()
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

test('edits of two windows reach the room and each other', async () => {
  const { room, kept } = roomWith(BASE)
  const [one, two] = [await join(room), await join(room)]
  one.shared.write([patch(A, { name: 'Store' })])
  two.shared.write([patch(A, { technology: 'Go' })])
  await settled(one, two)
  expect(kept.read().elements[A]).toMatchObject({ name: 'Store', technology: 'Go' })
  expect(one.shared.read()).toEqual(kept.read())
  expect(two.shared.read()).toEqual(kept.read())
  expect(one.sync()).toEqual({ kind: 'synced', waiting: 0 })
})

test('edits made while the room is away wait, are counted, and arrive when it is back', async () => {
  const { room, kept, line, comeBack } = roomWith(BASE)
  const one = await join(room)
  line.up = false
  one.shared.write([patch(A, { name: 'Store' })])
  one.shared.write([patch(A, { technology: 'Go' })])
  await settled(one)
  expect(one.sync()).toMatchObject({ kind: 'offline', waiting: 2, problem: { code: 'host.offline' } })
  kept.write([putElement('E-0000B')])
  comeBack()
  await settled(one)
  expect(one.sync()).toEqual({ kind: 'synced', waiting: 0 })
  expect(kept.read().elements[A]).toMatchObject({ name: 'Store', technology: 'Go' })
  expect(one.shared.read()).toEqual(kept.read())
})

test('a room opened anew stops the copy of the old one', async () => {
  const { room, kept, line, comeBack } = roomWith(BASE)
  const one = await join(room)
  line.up = false
  one.shared.write([patch(A, { name: 'Store' })])
  await settled(one)
  line.name = 'second'
  comeBack()
  await settled(one)
  expect(one.sync()).toMatchObject({ kind: 'stopped', problem: { code: 'room.reopened' } })
  expect(kept.read()).toEqual(BASE)
})

test('an edit the room refuses is said, not repeated for ever', async () => {
  const { room } = roomWith(BASE)
  const refusing: Room = {
    ...room,
    push: async () => refuse({ code: 'folder.readOnly', message: 'Read-only copy.', cure: 'Close the other.' }),
  }
  const one = await join(refusing)
  one.shared.write([patch(A, { name: 'Store' })])
  await settled(one)
  expect(one.sync()).toMatchObject({ kind: 'stopped', waiting: 1, problem: { code: 'folder.readOnly' } })
})

test('what the room refused goes out when a person asks again and it is wanted by then', async () => {
  const { room, kept } = roomWith(BASE)
  let wants = false
  let asked = 0
  const refusing: Room = {
    ...room,
    push: update => {
      asked++
      return wants ? room.push(update) : Promise.resolve(refuse({ code: 'folder.readOnly', message: 'Read-only copy.' }))
    },
  }
  const one = await join(refusing)
  one.shared.write([patch(A, { name: 'Store' })])
  await settled(one)
  await one.retry()
  expect([one.sync().kind, one.sync().waiting, asked]).toEqual(['stopped', 1, 2])
  wants = true
  await one.retry()
  expect(one.sync()).toEqual({ kind: 'synced', waiting: 0 })
  expect(kept.read().elements[A]).toMatchObject({ name: 'Store' })
})

test('leaving takes every listener with it', async () => {
  const { room, listeners } = roomWith(BASE)
  const one = await join(room)
  expect(listeners()).toBe(2)
  one.leave()
  expect(listeners()).toBe(0)
})

test('an import larger than one update travels in pieces, and so does its undo and redo', async () => {
  const { room, kept } = roomWith(EMPTY_DESIGN)
  const one = await join(room)
  const many: Change[] = Array.from({ length: 3000 }, (_, n) =>
    putElement(`E-${String(n).padStart(5, '0')}`, { description: 'd'.repeat(200) }),
  )
  one.shared.write(many, { label: 'import' })
  await settled(one)
  expect(Object.keys(kept.read().elements)).toHaveLength(3000)
  one.shared.undo()
  await settled(one)
  expect(kept.read().elements).toEqual({})
  one.shared.redo()
  await settled(one)
  expect(kept.read()).toEqual(one.shared.read())
  expect(one.sync()).toEqual({ kind: 'synced', waiting: 0 })
})

test('pieces together say what the whole says, and each is small enough', () => {
  const from = shareModel()
  from.write(
    Array.from({ length: 4000 }, (_, n) => putElement(`E-${String(n).padStart(5, '0')}`, { description: 'd'.repeat(150) })),
  )
  from.write([patch('E-00007', { name: 'Store' }), { kind: 'remove', table: 'elements', id: 'E-00008' }])
  const pieces = piecesOf(from.state())
  expect(pieces.length).toBeGreaterThan(3)
  expect(Math.max(...pieces.map(piece => piece.length))).toBeLessThanOrEqual(UPDATE_LIMIT)
  const to = shareModel()
  for (const piece of pieces) expect(to.receive(piece).ok).toBe(true)
  expect(to.read()).toEqual(from.read())
})

test('base64 agrees with Node’s', () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, i) => (i * i) % 256)
  for (const length of [0, 1, 2, 3, 4, 255, 20_000, 20_001]) {
    const part = bytes.subarray(0, length)
    expect(toBase64(part)).toBe(Buffer.from(part).toString('base64'))
    expect(fromBase64(toBase64(part))).toEqual(Uint8Array.from(part))
  }
  expect([fromBase64('abc'), fromBase64('ab=d'), fromBase64('a€=='), fromBase64('====')]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
