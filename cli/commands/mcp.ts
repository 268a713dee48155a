import { userInfo } from 'node:os'
import { refuse } from '../../core/support/result.ts'
import { answer, type Command } from '../frame.ts'

export const mcp: Command = {
  takes: [],
  options: {},
  async run({ options, world }) {
    if (options.on('json'))
      return refuse({
        code: 'mcp.json',
        message: 'mcp speaks JSON-RPC on stdout, and can print nothing else there.',
        cure: 'Leave --json out.',
      })
    const at = options.text('at')
    const { serveMcp } = await import('../mcp/serve.ts')
    world.say('Skeptic answers coding tools on stdin and stdout; closing stdin or Ctrl+C ends it.')
    await serveMcp({ ...world, by: whoever(world.by) }, () => at ?? new Date().toISOString())
    return answer({}, '')
  },
}

/** Coding tools hand few variables on; the account is known all the same, and whoever prompts may not be the one who reviews. */
function whoever(by: string): string {
  try {
    return by === 'unknown' ? userInfo().username : by
  } catch {
    return by
  }
}
