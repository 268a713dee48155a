import { cp } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ROWS } from '../../core/model/samples.ts'
import { invited, startHub, stopAll } from '../../hub/peers.ts'
import { designFolder, temporaryFolder } from '../folders.ts'
import { ownConfig, teamRoom, until, windowIn } from './hub.ts'

afterAll(stopAll)

const suggestion = {
  id: 'S-0000A',
  title: 'A better name',
  by: 'Co',
  at: '2026-11-22T16:00:00Z',
  base: `sha256:${'0'.repeat(64)}`,
  status: 'open',
  changes: [{ table: 'elements', id: 'E-0000A', before: { name: 'Shop' }, after: { name: 'Store' } }],
} as const

test('a commenter joins, is told the role, and what they suggest reaches the editor, who decides', async () => {
  await ownConfig()
  const started = await startHub()
  const address = `${started.hub.address.replace('http', 'ws')}/sync#${started.design}`
  const dir = await designFolder()
  const copy = path.join(await temporaryFolder(), 'copy')
  await cp(dir, copy, { recursive: true })
  const [owner, commenter] = [await teamRoom(dir), await teamRoom(copy)]
  expect(await owner.team.join({ address, token: started.owner })).toMatchObject({ ok: true })
  await until(() => expect(owner.team.state()).toMatchObject({ kind: 'connected', waiting: 0, role: 'owner' }))
  const token = await invited(started, 'Co', 'commenter')
  expect(await commenter.team.join({ address, token })).toMatchObject({ ok: true })
  await until(() => expect(commenter.team.state()).toMatchObject({ kind: 'connected', waiting: 0, role: 'commenter' }))
  windowIn(commenter).write([{ kind: 'put', table: 'suggestions', row: suggestion }])
  await until(() => expect(owner.design().suggestions['S-0000A']).toMatchObject({ status: 'open', by: 'Co' }))
  windowIn(owner).write([{ kind: 'patch', table: 'suggestions', id: 'S-0000A', fields: { status: 'merged' } }])
  await until(() => expect(commenter.design().suggestions['S-0000A']).toMatchObject({ status: 'merged' }))
  windowIn(owner).write([{ kind: 'put', table: 'exclusions', row: ROWS.exclusions }])
  await until(() => expect(commenter.design().exclusions).toEqual({ [ROWS.exclusions.id]: ROWS.exclusions }))
  await commenter.close()
  // Opened again it sends nothing that the role may not.
  const again = await teamRoom(copy)
  await until(() => expect(again.team.state()).toMatchObject({ kind: 'connected', waiting: 0, role: 'commenter' }))
  windowIn(again).write([{ kind: 'remove', table: 'suggestions', id: 'S-0000A' }])
  await until(() => expect(owner.design().suggestions).toEqual({}))
})
