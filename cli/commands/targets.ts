import type { Target } from '../../core/model/types.ts'
import { allTargets, pathsOf } from '../../core/targets/find.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { answer, type Command } from '../frame.ts'
import { table } from '../table.ts'

export const targets: Command = {
  takes: [],
  options: {},
  async run() {
    const known = allTargets(builtinPacks.targets).map(target => ({ ...target, paths: pathsOf(target) }))
    return answer(
      known,
      table(
        ['target', 'tool', 'format', 'at most', 'file', 'verified'],
        known.map(target => {
          const { name, tool, title, paths, verifiedOn } = target
          const more = paths.length > 1 ? ` and ${paths.length - 1} more` : ''
          return [name, tool, title, limitsOf(target), `${paths[0]}${more}`, verifiedOn]
        }),
      ),
    )
  },
}

/** What the tool reads of the prompt's own file. */
function limitsOf({ limits }: Target): string {
  const { link, ...sizes } = limits
  const parts = Object.entries(sizes).map(([unit, limit]) => `${limit} ${unit}`)
  return [...parts, ...(link === undefined ? [] : [`${link} characters as a link`])].join(', ') || '-'
}
