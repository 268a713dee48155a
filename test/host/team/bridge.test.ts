import { expect, test } from 'vitest'
import type { Problem } from '../../../core/support/result.ts'
import { bridge } from '../../../host/node/team/bridge.ts'
import { shareModel } from '../../../ydoc/shared-model.ts'
import { smallDesign } from '../folders.ts'
import { must } from './hub.ts'

test('an edit that is overtaken on its way to the team is told, one that the team had before is not', () => {
  const room = shareModel(smallDesign())
  const team = shareModel(smallDesign())
  const peer = shareModel()
  const told: Problem[] = []
  const { settled } = bridge(room, team, problem => void told.push(problem))
  const rename = (name: string) => [{ kind: 'patch', table: 'elements', id: 'E-0000A', fields: { name } }] as const
  const theyRename = (name: string) => {
    peer.load(team.state())
    must(peer.write(rename(name)))
    must(team.receive(peer.since(team.state())))
  }
  must(room.write(rename('Mine')))
  theyRename('Theirs')
  expect(told.map(({ code, at }) => [code, at])).toEqual([['team.overtaken', 'E-0000A']])
  must(room.write(rename('Mine again')))
  settled()
  theyRename('Theirs again')
  expect(told).toHaveLength(1)
  expect(room.read()).toEqual(team.read())
})
