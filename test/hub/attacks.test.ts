import { writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { element } from '../ydoc/rows.ts'
import {
  auditOf,
  call,
  eventually,
  frame,
  invited,
  join,
  type Peer,
  presenceFrame,
  type Started,
  startHub,
  stopAll,
  updateFrame,
} from './peers.ts'

afterEach(stopAll)

const kinds = (dir: string): readonly string[] => auditOf(dir).map(({ kind }) => kind)

function idOf(number: number): string {
  return `E-${String(number).padStart(5, '0')}`
}

/** An update that a program of its own makes on top of what a document holds. */
function forged(from: Y.Doc, act: (doc: Y.Doc) => void, client?: number): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  if (client !== undefined) doc.clientID = client
  const before = Y.encodeStateVector(doc)
  doc.transact(() => act(doc))
  return Y.encodeStateAsUpdate(doc, before)
}

/** A hub with an honest editor and one who is not, both let in. */
async function withTwo(config: Parameters<typeof startHub>[0] = {}): Promise<{ started: Started; honest: Peer; token: string }> {
  const started = await startHub(config)
  const honest = await join(started.hub, started.design, started.owner)
  honest.doc.getMap('elements').set(idOf(1), element(idOf(1)))
  await honest.settled()
  return { started, honest, token: await invited(started, 'Mallory', 'editor') }
}

/** Nothing of an attack may hinder the honest one. */
async function stillWorks(honest: Peer): Promise<void> {
  const before = honest.acked()
  honest.doc.getMap('elements').set(idOf(99), element(idOf(99)))
  await honest.settled()
  expect(honest.acked()).toBe(before + 1)
}

describe('the attacks of the prototypes are refused, each with its reason', () => {
  test('1: messages that are none of the protocol', async () => {
    const { started, honest, token } = await withTwo()
    const { hub, design, dir } = started
    const bad = [
      new Uint8Array(0),
      new Uint8Array([255, 255, 255, 255, 255]),
      frame(design, 99),
      frame(design, 0, encoder => writeVarUint(encoder, 7)),
      Buffer.from('text'),
    ]
    for (const bytes of bad) {
      const peer = await join(hub, design, token)
      peer.send(bytes)
      await eventually(() => peer.closedFor() !== undefined)
      expect(peer.closedFor()).toBe('frame.malformed')
    }
    expect(kinds(dir)).toContain('frame.malformed')
    await stillWorks(honest)
  })

  test('2: a message of many megabytes', async () => {
    const { started, honest, token } = await withTwo()
    const peer = await join(started.hub, started.design, token)
    peer.send(updateFrame(started.design, new Uint8Array(2 * 1024 * 1024)))
    await eventually(() => peer.closedFor() !== undefined && kinds(started.dir).includes('frame.large'))
    await stillWorks(honest)
  })

  test('2b: an update beyond 256 KB, V2 bytes, and bytes that would take up memory', async () => {
    const { started, honest, token } = await withTwo()
    const { hub, design, dir } = started
    const v2 = new Y.Doc()
    v2.getMap('elements').set('E-0000X', element('E-0000X'))
    const wanted: readonly (readonly [Uint8Array, string])[] = [
      [new Uint8Array(256 * 1024 + 1), 'update.large'],
      [Y.encodeStateAsUpdateV2(v2), 'update.malformed'],
      [Uint8Array.from([1, 255, 255, 255, 255, 15, 1, 0, 0]), 'update.malformed'],
      [forged(new Y.Doc(), doc => doc.getText('junk').insert(0, 'x')), 'update.foreign'],
    ]
    for (const [bytes, reason] of wanted) {
      const peer = await join(hub, design, token)
      peer.update(bytes)
      await peer.settled()
      expect(peer.closedFor()).toBe(reason)
      expect(kinds(dir)).toContain(reason)
    }
    await stillWorks(honest)
  })

  test('3: a design that grows without end', async () => {
    const { started, honest, token } = await withTwo({ limits: { documentBytes: 300_000 } })
    const peer = await join(started.hub, started.design, token)
    for (let i = 0; i < 10 && peer.closedFor() === undefined; i++) {
      peer.doc.getMap('elements').set(idOf(10 + i), element(idOf(10 + i), { description: 'y'.repeat(50_000) }))
      await peer.settled()
    }
    expect(peer.closedFor()).toBe('document.large')
    expect(kinds(started.dir)).toContain('document.large')
    expect(Y.encodeStateAsUpdate(honest.doc).length).toBeLessThan(350_000)
  })

  test('4: speaking as somebody else, as another window, or as many', async () => {
    const { started, honest, token } = await withTwo()
    const { hub, design, dir } = started
    const seen = new Awareness(honest.doc)
    seen.setLocalState({ step: 'model', selection: [] })
    honest.send(presenceFrame(design, seen))
    await honest.settled()
    const m = await join(hub, design, token)
    await eventually(() => m.states.has(honest.doc.clientID))
    const spoof = new Awareness(new Y.Doc())
    spoof.doc.clientID = honest.doc.clientID
    const victim = new Awareness(Object.assign(new Y.Doc(), { clientID: honest.doc.clientID }))
    victim.setLocalState({ step: 'model', selection: [], person: 'Olga' })
    m.send(presenceFrame(design, victim))
    await eventually(() => m.closedFor() !== undefined)
    expect(m.closedFor()).toBe('presence.client')
    const many = await join(hub, design, token)
    const crowd = new Awareness(many.doc)
    const clients = Array.from({ length: 5 }, (_, i) => 1000 + i)
    for (const client of clients) {
      crowd.states.set(client, { step: 'a', selection: [] })
      crowd.meta.set(client, { clock: 1, lastUpdated: 0 })
    }
    many.send(presenceFrame(design, crowd, clients))
    await eventually(() => many.closedFor() !== undefined)
    expect(many.closedFor()).toBe('presence.many')
    const large = await join(hub, design, token)
    const blob = new Awareness(large.doc)
    blob.setLocalState({ step: 'model', selection: [], blob: 'z'.repeat(5000) })
    large.send(presenceFrame(design, blob))
    await eventually(() => large.closedFor() !== undefined)
    expect(large.closedFor()).toBe('presence.large')
    expect(kinds(dir)).toEqual(expect.arrayContaining(['presence.client', 'presence.many', 'presence.large']))
    for (const awareness of [seen, spoof, victim, crowd, blob]) awareness.destroy()
    await stillWorks(honest)
  })

  test('5: messages past the document, to all', async () => {
    const { started, honest, token } = await withTwo()
    for (const type of [5, 6]) {
      const peer = await join(started.hub, started.design, token)
      peer.send(frame(started.design, type, encoder => writeVarString(encoder, 'signed off')))
      await eventually(() => peer.closedFor() !== undefined)
      expect(peer.closedFor()).toBe('frame.malformed')
    }
    await stillWorks(honest)
  })

  test('6: too much from one address, whatever headers say', async () => {
    const { started } = await withTwo({ limits: { connectionsPerAddress: 4, messagesPerSecond: 100 } })
    const { hub, design, dir, owner } = started
    const spoofed = (i: number) => ({ headers: { 'x-real-ip': `10.0.0.${i}`, 'x-forwarded-for': `10.0.0.${i}` } })
    const peers = [await join(hub, design, owner), await join(hub, design, owner), await join(hub, design, owner)]
    expect(peers.map(peer => peer.closedFor())).toEqual([undefined, undefined, undefined])
    expect((await join(hub, design, owner, spoofed(9))).closedFor()).toContain('429')
    expect(kinds(dir)).toContain('limit.connections')
    const [flood] = peers as [Peer]
    for (let i = 0; i < 2000; i++) flood.send(frame(design, 3))
    await eventually(() => flood.closedFor() !== undefined)
    expect(flood.closedFor()).toBe('limit.rate')
    expect(kinds(dir)).toContain('limit.rate')
  })

  test('8: names that are no names of designs', async () => {
    const { started, honest } = await withTwo()
    const { hub, dir, owner } = started
    for (const name of ['__proto__', 'constructor', '../../etc/passwd', 'a\u0000b', ' ', '', 'x'.repeat(10_000), 'A'.repeat(32)])
      expect((await join(hub, name, owner)).closedFor(), name.slice(0, 20)).toBe('frame.malformed')
    expect((await join(hub, 'f'.repeat(32), owner)).closedFor()).toBe('auth.refused')
    expect(kinds(dir)).toEqual(expect.arrayContaining(['frame.malformed', 'auth.role']))
    await stillWorks(honest)
  })

  test('9: one socket that opens thousands of designs', async () => {
    const { started, honest, token } = await withTwo()
    const peer = await join(started.hub, started.design, token)
    for (let i = 0; i < 5000; i++)
      peer.send(frame(i.toString(16).padStart(32, '0'), 0, encoder => writeVarUint8Array(encoder, new Uint8Array([0]))))
    await eventually(() => peer.closedFor() !== undefined)
    const opener = await join(started.hub, started.design, token)
    for (let i = 0; i < 200; i++)
      opener.send(
        frame(i.toString(16).padStart(32, '0'), 2, encoder => {
          writeVarUint(encoder, 0)
          writeVarString(encoder, token)
        }),
      )
    await eventually(() => opener.closedFor() !== undefined)
    await eventually(() => kinds(started.dir).includes('auth.role'))
    await stillWorks(honest)
  })

  test('10: sockets that never say who they are, or say too much before', async () => {
    const { started, honest } = await withTwo({ limits: { signInSeconds: 1 } })
    const { hub, dir, design } = started
    const idle = Array.from({ length: 50 }, () => new WebSocket(`${hub.address.replace('http', 'ws')}/sync`))
    const reasons: string[] = []
    for (const socket of idle) socket.on('close', (_code, reason) => reasons.push(reason.toString()))
    await eventually(() => reasons.length === 50)
    expect(new Set(reasons)).toEqual(new Set(['limit.signInTime']))
    const loud = new WebSocket(`${hub.address.replace('http', 'ws')}/sync`)
    let why = ''
    loud.on('close', (_code, reason) => {
      why = reason.toString()
    })
    loud.on('open', () => {
      for (let i = 0; i < 20; i++) loud.send(updateFrame(design, new Uint8Array(10_000)))
    })
    await eventually(() => why !== '')
    expect(why).toBe('limit.signInBytes')
    expect(kinds(dir)).toEqual(expect.arrayContaining(['limit.signInTime', 'limit.signInBytes']))
    await stillWorks(honest)
  })

  test('11: the design under a format of another version, by an editor or an owner', async () => {
    const { started, honest, token } = await withTwo()
    const { hub, design, dir, owner } = started
    const settings = { id: 'design', format: 1, designId: '0123456789', name: 'Shop', epoch: 1 }
    honest.doc.getMap('settings').set('design', settings)
    await honest.settled()
    const attempts: readonly ((root: Y.Map<unknown>) => void)[] = [
      root => root.set('design/format', 2),
      root => root.set('design', { ...settings, format: 2 }),
      root => root.set('design/format', undefined),
    ]
    for (const act of attempts)
      for (const hand of [token, owner]) {
        const m = await join(hub, design, hand)
        m.update(forged(m.doc, doc => act(doc.getMap('settings'))))
        await m.settled()
        expect(m.closedFor()).toBe('update.format')
        await m.leave()
      }
    expect(kinds(dir)).toContain('update.format')
    expect([...honest.doc.getMap('settings').entries()]).toEqual([['design', settings]])
    honest.doc.getMap('settings').set('design/name', 'Market')
    await honest.settled()
    await stillWorks(honest)
    const fresh = await join(hub, design, owner)
    expect(fresh.doc.getMap('settings').get('design/name')).toBe('Market')
  })

  test('writing under the number of another person’s program', async () => {
    const { started, honest, token } = await withTwo()
    const { hub, design, dir } = started
    const m = await join(hub, design, token)
    const client = honest.doc.clientID
    m.update(forged(m.doc, doc => doc.getMap('elements').set('E-0000J', element('E-0000J')), client))
    await m.settled()
    expect(m.closedFor()).toBe('update.client')
    for (let i = 0; i < 20; i++) honest.doc.getMap('elements').set(idOf(200 + i), element(idOf(200 + i)))
    await honest.settled()
    const observer = await join(hub, design, token)
    expect(observer.doc.getMap('elements').size).toBe(21)
    // Also after everybody left and came back: who a number belongs to is kept.
    await Promise.all([honest.leave(), observer.leave(), m.leave()])
    const back = await join(hub, design, token)
    back.update(forged(back.doc, doc => doc.getMap('elements').set('E-0000J', element('E-0000J')), client))
    await back.settled()
    expect(back.closedFor()).toBe('update.client')
    expect(kinds(dir)).toContain('update.client')
  })

  test('a program that goes on from an older copy of itself is not told that what is dropped was stored', async () => {
    const { started, honest, token } = await withTwo()
    const { hub, design, dir } = started
    const m = await join(hub, design, token)
    const older = Y.encodeStateAsUpdate(m.doc)
    const say = (name: string) => {
      const doc = new Y.Doc()
      doc.clientID = 4242
      Y.applyUpdate(doc, older)
      return forged(doc, copy => copy.getMap('elements').set(idOf(1), element(idOf(1), { name })), 4242)
    }
    m.update(say('First'))
    await m.settled()
    m.update(say('First'))
    await m.settled()
    expect([m.closedFor(), m.denied()]).toEqual([undefined, 0])
    const again = await join(hub, design, token)
    again.update(say('Second'))
    await again.settled()
    expect(again.closedFor()).toBe('update.rewritten')
    expect(again.acked()).toBe(0)
    expect(kinds(dir)).toContain('update.rewritten')
    expect(honest.doc.getMap('elements').get(idOf(1))).toMatchObject({ name: 'First' })
    await stillWorks(honest)
  })

  test('pages from elsewhere and other names of this machine', async () => {
    const { started } = await withTwo({ origins: ['https://team.example'] })
    const { hub, design, dir, owner } = started
    const port = new URL(hub.address).port
    expect((await join(hub, design, owner, { headers: { origin: 'https://evil.example' } })).closedFor()).toContain('403')
    expect((await join(hub, design, owner, { headers: { origin: 'https://team.example.evil' } })).closedFor()).toContain('403')
    expect((await join(hub, design, owner, { headers: { host: `rebind.example:${port}` } })).closedFor()).toContain('421')
    expect((await join(hub, design, owner, { headers: { origin: 'https://team.example' } })).closedFor()).toBeUndefined()
    expect(kinds(dir)).toEqual(expect.arrayContaining(['host.wrongOrigin', 'host.wrongHost']))
  })

  test('more numbers of programs than one connection may have', async () => {
    const { started, honest, token } = await withTwo({ limits: { clientsPerSession: 5 } })
    const m = await join(started.hub, started.design, token)
    for (let i = 0; i < 10 && m.closedFor() === undefined; i++) {
      m.update(forged(new Y.Doc(), doc => doc.getMap('elements').set(idOf(300 + i), element(idOf(300 + i)))))
      await m.settled()
    }
    expect(m.closedFor()).toBe('update.clients')
    await stillWorks(honest)
  })
})

describe('taking a design apart', () => {
  async function withRows(): Promise<{ started: Started; honest: Peer; token: string }> {
    const two = await withTwo()
    two.honest.doc.transact(() => {
      for (let i = 0; i < 60; i++) two.honest.doc.getMap('elements').set(idOf(400 + i), element(idOf(400 + i)))
    })
    two.honest.doc.getMap('elements').set(`${idOf(405)}/name`, 'Renamed')
    await two.honest.settled()
    return two
  }

  test('at once or row by row: refused, noted, and brought back by an owner', async () => {
    const { started, honest, token } = await withRows()
    const { hub, design, dir, owner } = started
    const m = await join(hub, design, token)
    m.doc.transact(() => {
      for (const key of [...m.doc.getMap('elements').keys()]) m.doc.getMap('elements').delete(key)
    })
    await m.settled()
    expect(m.closedFor()).toBe('update.massDelete')
    expect(honest.doc.getMap('elements').size).toBe(62)
    const slow = await join(hub, design, token)
    for (let i = 0; i < 60 && slow.closedFor() === undefined; i++) {
      slow.doc.getMap('elements').delete(idOf(400 + i))
      await slow.settled()
    }
    expect(slow.closedFor()).toBe('update.massDelete')
    expect(kinds(dir).filter(kind => kind === 'update.massDelete')).toHaveLength(1)
    await eventually(() => honest.doc.getMap('elements').size < 62)
    const kept = (await call(hub, owner, `GET /designs/${design}/kept`)).value as readonly { id: string }[]
    expect(kept).toHaveLength(2)
    const restored = await call(hub, owner, `POST /designs/${design}/restore`, { kept: kept.at(-1)?.id })
    expect(restored.ok).toBe(true)
    await eventually(() => honest.doc.getMap('elements').size === 62)
    expect(honest.doc.getMap('elements').get(`${idOf(405)}/name`)).toBe('Renamed')
    expect(kinds(dir)).toContain('restored')
    expect((await call(hub, token, `POST /designs/${design}/restore`, { kept: kept[0]?.id })).code).toBe('role.owner')
  })

  test('putting nothing in the place of every row counts as taking them away', async () => {
    const { started, honest, token } = await withRows()
    const m = await join(started.hub, started.design, token)
    m.doc.transact(() => {
      for (const key of [...m.doc.getMap('elements').keys()]) m.doc.getMap('elements').set(key, undefined)
    })
    await m.settled()
    expect(m.closedFor()).toBe('update.massDelete')
    expect(honest.doc.getMap('elements').get(idOf(400))).toBeDefined()
  })

  test('an owner may, and the state before is kept', async () => {
    const { started, honest } = await withRows()
    honest.doc.transact(() => {
      for (const key of [...honest.doc.getMap('elements').keys()]) honest.doc.getMap('elements').delete(key)
    })
    await honest.settled()
    expect(honest.closedFor()).toBeUndefined()
    expect(kinds(started.dir)).toContain('update.massDelete.allowed')
    const restored = await started.hub.restore(started.design)
    expect(restored).toEqual({ ok: true, value: 61 })
    await eventually(() => honest.doc.getMap('elements').size === 62)
  })
})
