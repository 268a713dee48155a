import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { findDesign } from '../../host/node/store.ts'
import { answer, type Command, type World } from '../frame.ts'

export const serve: Command = {
  takes: [],
  options: {
    port: { value: 'N', help: 'Port; default: a free one.' },
    'no-open': { help: 'Do not open a browser.' },
    sample: { help: 'Open a fresh copy of the sample design; it is gone afterwards unless --keep.' },
    keep: { help: 'With --sample: keep the copy.' },
  },
  async run({ options, world }) {
    const port = Number(options.text('port') ?? 0)
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      return refuse({ code: 'serve.port', message: `"${options.text('port')}" is no port.`, cure: 'A number from 1 to 65535.' })
    const place = await placeOf(world, options.on('sample'))
    if (!place.ok) return place
    const { serveWorkbench } = await import('../../host/node/serve-workbench.ts')
    const served = await serveWorkbench({
      folder: place.value.folder,
      port,
      by: world.by,
      version: world.version,
      isSample: place.value.copy !== undefined,
    })
    if (!served.ok) return served
    const { address, close } = served.value
    process.stdout.write(`Skeptic: ${address}\n`)
    world.say('Ctrl+C stops it.')
    if (!options.on('no-open')) openBrowser(address)
    await world.stopped()
    await close()
    if (place.value.copy !== undefined && !options.on('keep')) await rm(place.value.copy, { recursive: true, force: true })
    return answer({ address }, '')
  },
}

/** The design to serve; a sample is copied first, so that trying things out changes nothing of it. */
async function placeOf(
  world: World,
  sample: boolean,
): Promise<Result<{ readonly folder: string; readonly copy: string | undefined }>> {
  if (!sample) {
    const folder = world.design ?? findDesign(world.cwd)
    return folder === undefined
      ? refuse({
          code: 'design.none',
          at: world.cwd,
          message: 'There is no design here or in a folder above.',
          cure: 'Make one here with: skeptic init. Or name one with --design, or look at the sample with --sample.',
        })
      : ok({ folder, copy: undefined })
  }
  const { copySample } = await import('../../host/node/sample-copy.ts')
  return copySample()
}

/** Opens the address in the person's browser where there is a screen; failing to is no error, the address is printed. */
function openBrowser(address: string): void {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address]
  spawn(command as string, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
