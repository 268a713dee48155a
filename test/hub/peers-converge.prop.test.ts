import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { numbersFrom } from '../core/interop/fuzz/mutate.ts'
import { runs } from '../support/runs.ts'
import { element } from '../ydoc/rows.ts'
import { call, eventually, invited, join, type Peer, startHub, stopAll } from './peers.ts'

afterAll(stopAll)

const HISTORIES = runs(30, 3000)

/** One random edit, as a person makes it: few of them take a row away. */
function edit(doc: Y.Doc, draw: () => number): void {
  const elements = doc.getMap('elements')
  const id = `E-0000${'ABCDEFGH'[Math.floor(draw() * 8)]}`
  const what = draw()
  if (what < 0.4) elements.set(id, element(id, { description: String(draw()) }))
  else if (what < 0.9) elements.set(`${id}/name`, `Name ${Math.floor(draw() * 1000)}`)
  else elements.delete(id)
}

function reading(doc: Y.Doc): string {
  const entries = [...doc.getMap('elements').entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(entries)
}

test(
  `five peers and ${HISTORIES} random histories of edits, of going offline and of coming back end in one design`,
  async () => {
    const started = await startHub({ limits: { clientsPerDocument: 100_000, clientsPerSession: 1000 } })
    const { hub, owner } = started
    const draw = numbersFrom(5)
    for (let history = 0; history < HISTORIES; history++) {
      const design = ((await call(hub, owner, 'POST /designs', { name: `D${history}` })).value as { id: string }).id
      const token = await invited({ ...started, design }, 'Ed', 'editor')
      const docs = Array.from({ length: 5 }, () => new Y.Doc())
      const peers: (Peer | undefined)[] = docs.map(() => undefined)
      for (let step = 0; step < 25; step++) {
        const who = Math.floor(draw() * 5)
        const doc = docs[who] as Y.Doc
        if (draw() < 0.25) {
          const peer = peers[who]
          peers[who] = undefined
          if (peer) await peer.leave()
          else peers[who] = await join(hub, design, token, { doc })
        } else edit(doc, draw)
      }
      for (const [who, doc] of docs.entries()) peers[who] ??= await join(hub, design, token, { doc })
      const present = peers as Peer[]
      await Promise.all(present.map(peer => peer.settled()))
      expect(present.map(peer => peer.closedFor())).toEqual(present.map(() => undefined))
      await eventually(() => new Set(docs.map(reading)).size === 1)
      const late = await join(hub, design, token)
      expect(reading(late.doc)).toBe(reading(docs[0] as Y.Doc))
      await Promise.all([...present, late].map(peer => peer.leave()))
    }
  },
  60_000 + HISTORIES * 500,
)
