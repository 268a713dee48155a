import { refuse } from '../../core/support/result.ts'
import { answer, type Command } from '../frame.ts'

export const leave: Command = {
  takes: [],
  options: {},
  async run({ world }) {
    const { findDesign } = await import('../../host/node/store.ts')
    const { forgetHub } = await import('../../host/node/team/place.ts')
    const dir = world.design ?? findDesign(world.cwd)
    if (dir === undefined)
      return refuse({
        code: 'design.none',
        at: world.cwd,
        message: 'There is no design here or in a folder above.',
        cure: 'Name one with --design.',
      })
    const { lockFolder } = await import('../../host/node/lock.ts')
    const { nodeDisk } = await import('../../host/node/disk.ts')
    const lock = await lockFolder(dir, nodeDisk)
    if (!lock.ok) return lock
    try {
      const left = await forgetHub(dir)
      if (!left.ok) return left
      return answer(
        { design: dir, left: left.value !== undefined },
        left.value
          ? `Left the team's design at ${left.value.address}; ${dir} stays as it is.`
          : 'This design is joined to no team hub.',
      )
    } finally {
      await lock.value.release()
    }
  },
}
