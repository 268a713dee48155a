import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from '../../../core/model/change.ts'
import { runs } from '../../support/runs.ts'
import { change } from '../../ydoc/design-arbitraries.ts'
import { hubOf, kindOf, machines, PACE, teamRoom, until, windowIn } from './hub.ts'

const PEERS = 5

type Step =
  | { readonly do: 'edit'; readonly who: number; readonly changes: readonly Change[] }
  | { readonly do: 'hub' }
  | { readonly do: 'reopen'; readonly who: number }
  | { readonly do: 'wait' }

const who = fc.nat({ max: PEERS - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('edit' as const), who, changes: fc.array(change, { minLength: 1, maxLength: 4 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'hub' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), who }) },
  { weight: 2, arbitrary: fc.constant({ do: 'wait' as const }) },
)

test('five machines that edit at random, with a hub that comes and goes and programs that end, agree in the end', async () => {
  const histories = fc.sample(fc.array(step, { minLength: 10, maxLength: 40 }), { numRuns: runs(10, 300), seed: 58 })
  for (const history of histories) {
    const hub = await hubOf()
    const options = { team: { pace: PACE } }
    const all = (await machines(hub, PEERS, options)).map(({ room, dir }) => ({ room, dir, window: windowIn(room) }))
    let isUp = true
    for (const one of history) {
      if (one.do === 'edit') all[one.who]?.window.write(one.changes)
      else if (one.do === 'wait') await new Promise(done => setTimeout(done, 3))
      else if (one.do === 'hub') {
        await (isUp ? hub.stop() : hub.start())
        isUp = !isUp
      } else {
        const machine = all[one.who]
        if (!machine) continue
        await machine.room.close()
        const room = await teamRoom(machine.dir, options)
        all[one.who] = { ...machine, room, window: windowIn(room) }
      }
    }
    if (!isUp) await hub.start()
    await until(() => {
      expect(all.map(({ room }) => kindOf(room))).toEqual(all.map(() => 'connected'))
      for (const { room } of all) expect(room.design()).toEqual(all[0]?.room.design())
    })
    for (const { room, window } of all) {
      expect(window.read()).toEqual(room.design())
      await room.close()
    }
    await hub.stop()
  }
}, 600_000)
