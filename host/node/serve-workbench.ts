import { existsSync } from 'node:fs'
import path from 'node:path'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { createHandlers } from './handlers.ts'
import { openRoom } from './rooms.ts'
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
  /** Default: the built workbench that comes with the program. */
  readonly site?: string
}): Promise<Result<ServedWorkbench>> {
  const site = input.site ?? PLACES.map(place => path.resolve(import.meta.dirname ?? __dirname, place)).find(holdsIndex)
  if (site === undefined)
    return refuse({ code: 'serve.notBuilt', message: 'The workbench is not built.', cure: 'Build it with: npm run build' })
  const room = await openRoom(input.folder)
  if (!room.ok) return room
  const handlers = createHandlers(room.value, { by: input.by })
  const served = await serveHttp({ room: room.value, handlers, site: readSite(site), port: input.port })
  if (!served.ok) {
    await room.value.close()
    return served
  }
  const { address, close } = served.value
  return ok({
    address,
    close: async () => {
      await close()
      await room.value.close()
    },
  })
}

function holdsIndex(folder: string): boolean {
  return existsSync(path.join(folder, 'index.html'))
}
