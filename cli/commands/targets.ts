import { pathsOf } from '../../core/targets/find.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { answer, type Command } from '../frame.ts'
import { table } from '../table.ts'

export const targets: Command = {
  takes: [],
  options: {},
  async run() {
    const known = builtinPacks.targets.flatMap(pack => pack.targets).map(target => ({ ...target, paths: pathsOf(target) }))
    return answer(
      known,
      table(
        ['target', 'for', 'verified'],
        known.map(({ name, title, verifiedOn }) => [name, title, verifiedOn]),
      ),
    )
  },
}
