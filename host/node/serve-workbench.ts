import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { createHandlers } from './handlers.ts'
import { openRoom } from './rooms.ts'
import { copySample } from './sample-copy.ts'
import { serveHttp } from './serve-http.ts'
import { readSite } from './site.ts'

export type ServedWorkbench = { readonly address: string; readonly close: () => Promise<void> }

/** Where the built workbench lies: beside the built program, or in dist of the sources. */
const PLACES = ['../renderer', '../../renderer', '../../dist/renderer']

/** Opens a design and serves the workbench for it on loopback, until closed. */
export async function serveWorkbench(input: {
  readonly folder: string
  readonly port: number
  readonly by: string
  readonly version: string
  /** Default: the built workbench that comes with the program. */
  readonly site?: string
  /** Whether the folder is a copy of the sample; beside any other design the sample can be opened. */
  readonly isSample?: boolean
}): Promise<Result<ServedWorkbench>> {
  const site = input.site ?? PLACES.map(place => path.resolve(import.meta.dirname ?? __dirname, place)).find(holdsIndex)
  if (site === undefined)
    return refuse({ code: 'serve.notBuilt', message: 'The workbench is not built.', cure: 'Build it with: npm run build' })
  const room = await openRoom(input.folder)
  if (!room.ok) return room
  const { by, version, isSample = false } = input
  const beside = sampleBeside({ by, version, site })
  const handlers = createHandlers(room.value, { by, version, isSample, ...(isSample ? {} : { openSample: beside.open }) })
  const served = await serveHttp({ room: room.value, handlers, site: readSite(site), port: input.port })
  if (!served.ok) {
    await room.value.close()
    return served
  }
  const { address, close } = served.value
  return ok({
    address,
    close: async () => {
      await beside.close()
      await close()
      await room.value.close()
    },
  })
}

type Beside = { readonly open: () => Promise<Result<{ readonly address: string }>>; readonly close: () => Promise<void> }

type SampleAbout = { readonly by: string; readonly version: string; readonly site: string }

/** The sample on a port of its own: opened when first asked for, once, and gone with the design it was opened beside. */
function sampleBeside(about: SampleAbout): Beside {
  let opened: Promise<Result<ServedWorkbench>> | undefined
  return {
    open: async () => {
      opened ??= serveSample(about)
      const served = await opened
      if (!served.ok) opened = undefined
      return served.ok ? ok({ address: served.value.address }) : served
    },
    close: async () => {
      const served = await opened
      if (served?.ok) await served.value.close()
    },
  }
}

async function serveSample(input: SampleAbout): Promise<Result<ServedWorkbench>> {
  const copied = await copySample()
  if (!copied.ok) return copied
  const { folder, copy } = copied.value
  const takeAway = () => rm(copy, { recursive: true, force: true })
  const served = await serveWorkbench({ ...input, folder, port: 0, isSample: true })
  if (!served.ok) {
    await takeAway()
    return served
  }
  const { address, close } = served.value
  return ok({ address, close: () => close().then(takeAway) })
}

function holdsIndex(folder: string): boolean {
  return existsSync(path.join(folder, 'index.html'))
}
