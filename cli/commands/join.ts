import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import type { Prefer } from '../../host/node/team/first.ts'
import { answer, type Command, type Options, type World } from '../frame.ts'

export const join: Command = {
  takes: ['URL', '[DIR]'],
  options: {
    'token-file': { value: 'FILE', help: 'Where the token of the hub stands; default: SKEPTIC_HUB_TOKEN.' },
    prefer: { value: 'WHO', help: 'Whose values stand where the folder and the hub differ: team or mine.' },
  },
  async run({ args, options, world }) {
    const prefer = preferIn(options)
    if (!prefer.ok) return prefer
    const token = await tokenFor(options, world)
    if (!token.ok) return token
    const { createFolder, findDesign, openFolder, writeChanges } = await import('../../host/node/store.ts')
    const { joinFirst } = await import('../../host/node/team/first.ts')
    const here = args[1] === undefined ? (world.design ?? findDesign(world.cwd)) : findDesign(path.resolve(world.cwd, args[1]))
    const dir = here ?? path.resolve(world.cwd, args[1] ?? 'threat-model')
    const common = { dir, address: args[0] ?? '', token: token.value, ...(prefer.value ? { prefer: prefer.value } : {}) }
    if (here === undefined) {
      const joined = await joinFirst({ ...common, take: design => createFolder(dir, design) })
      return joined.ok
        ? answer(
            { design: dir, document: common.address.split('#')[1] },
            `The team's design in ${dir}\nOpen it with: skeptic serve`,
          )
        : joined
    }
    if (existsSync(path.join(dir, '.skeptic', 'hub.json'))) return refuse({ ...JOINED, at: dir })
    const opened = await openFolder(dir)
    if (!opened.ok) return opened
    const { lockFolder } = await import('../../host/node/lock.ts')
    const { nodeDisk } = await import('../../host/node/disk.ts')
    const lock = await lockFolder(dir, nodeDisk)
    if (!lock.ok) return lock
    try {
      const { shareModel } = await import('../../ydoc/shared-model.ts')
      const { design, texts } = opened.value
      const joined = await joinFirst({
        ...common,
        room: shareModel(design),
        take: team => writeChanges(dir, design, team, { known: new Map(texts) }),
      })
      if (!joined.ok) return joined
      const how = joined.value.gave ? 'The hub has the design of this folder' : 'This folder has the design of the hub'
      return answer({ design: dir, document: common.address.split('#')[1] }, `${how}: ${dir}`)
    } finally {
      await lock.value.release()
    }
  },
}

const JOINED = {
  code: 'team.joined',
  message: 'This design is joined to a team hub already.',
  cure: 'Leave that one first: skeptic leave',
}

function preferIn(options: Options): Result<Prefer | undefined> {
  const said = options.text('prefer')
  if (said === undefined || said === 'team' || said === 'mine') return ok(said)
  return refuse({ code: 'join.prefer', message: `--prefer takes team or mine, not "${said}".`, cure: 'Write --prefer team' })
}

/** Never an argument: what stands on a command line, every program of the machine can read. */
async function tokenFor(options: Options, world: World): Promise<Result<string>> {
  const file = options.text('token-file')
  const given =
    file === undefined ? process.env.SKEPTIC_HUB_TOKEN : await readFile(path.resolve(world.cwd, file), 'utf8').catch(() => '')
  const token = given?.trim() ?? ''
  if (token !== '' && token.length <= 16_384) return ok(token)
  return refuse({
    code: 'join.token',
    ...(file === undefined ? {} : { at: file }),
    message: 'There is no token to show to the hub.',
    cure: 'Give it in SKEPTIC_HUB_TOKEN, or in a file with --token-file FILE.',
  })
}
