import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { element } from '../ydoc/rows.ts'
import { eventually, invited, startHub, stopAll } from './peers.ts'

afterEach(stopAll)

test('the library that our programs join with is understood: edits, presence, refusals', async () => {
  const started = await startHub()
  const { hub, design, owner } = started
  const url = `${hub.address.replace('http', 'ws')}/sync`
  const open: { destroy: () => void }[] = []
  const joinAs = (token: string) => {
    const websocketProvider = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket })
    const failed: string[] = []
    const provider = new HocuspocusProvider({
      websocketProvider,
      name: design,
      document: new Y.Doc(),
      token,
      onAuthenticationFailed: ({ reason }) => failed.push(reason),
    })
    provider.attach()
    open.push(provider, websocketProvider)
    return { provider, failed }
  }
  const a = joinAs(owner)
  const b = joinAs(await invited(started, 'Ed', 'editor'))
  await eventually(() => a.provider.isSynced && b.provider.isSynced)
  a.provider.document.getMap('elements').set('E-0000A', element('E-0000A'))
  await eventually(() => b.provider.document.getMap('elements').has('E-0000A'))
  await eventually(() => !a.provider.hasUnsyncedChanges)
  b.provider.awareness?.setLocalState({ step: 'model', selection: ['E-0000A'] })
  const stateOfB = () => a.provider.awareness?.getStates().get(b.provider.document.clientID)
  await eventually(() => stateOfB() !== undefined)
  expect(stateOfB()).toEqual({ number: 2, person: 'Ed', step: 'model', selection: ['E-0000A'] })
  const nobody = joinAs('skeptic-invite-nobody')
  await eventually(() => nobody.failed.length > 0)
  expect(nobody.failed).toEqual(['auth.refused'])
  for (const one of open) one.destroy()
})
