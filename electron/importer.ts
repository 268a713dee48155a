import { readImport } from '../host/node/calls/import.ts'
import { type Room, timeNow } from '../host/node/rooms.ts'

/** What the process that imports is told: the design as it stands, who asks, and the stranger's file. */
type Order = {
  readonly design: ReturnType<Room['design']>
  readonly by: string
  readonly input: Parameters<typeof readImport>[1]
}

process.parentPort.once('message', async ({ data }) => {
  const { design, by, input } = data as Order
  // Of the room, an import looks at the design and nothing else.
  const room = { design: () => design } as Room
  process.parentPort.postMessage(await readImport({ room, by, now: timeNow }, input))
})
