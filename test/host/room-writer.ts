import { MessageChannel } from 'node:worker_threads'
import type { Change } from '../../core/model/change.ts'
import { type ClientPort, hostOverPort } from '../../host/client/port.ts'
import { createHandlers } from '../../host/node/handlers.ts'
import { openRoom } from '../../host/node/rooms.ts'
import { type PortLike, servePort } from '../../host/node/serve-port.ts'
import { fromBase64, toBase64 } from '../../ydoc/base64.ts'
import { shareModel } from '../../ydoc/shared-model.ts'
import { editOf } from './room-edits.ts'

/**
 * Runs in a process of its own until it is killed: opens the design as the program does, joins over a port as a window does, edits, and
 * says the number of each edit that the host acknowledged. The log is compacted every few edits.
 */
async function editForEver(dir: string, first: number): Promise<void> {
  const room = await openRoom(dir, { delay: 3, logLimit: 3000 })
  if (!room.ok) throw new Error(room.problems[0].message)
  if (room.value.readOnly) throw new Error(room.value.readOnly.message)
  const { port1, port2 } = new MessageChannel()
  servePort(port2 as unknown as PortLike, { room: room.value, handlers: createHandlers(room.value, { by: 'writer' }) })
  const host = hostOverPort(port1 as unknown as ClientPort)
  const joined = await host.call('room.join', {})
  const window = shareModel()
  if (joined.ok) window.load(fromBase64(joined.value.state) as Uint8Array)
  const updates: string[] = []
  window.onUpdate(update => updates.push(toBase64(update)))
  for (let edit = first; ; edit++) {
    const changes: readonly Change[] = editOf(edit)
    const written = window.write(changes)
    if (!written.ok) throw new Error(written.problems[0].message)
    process.stdout.write(`begun ${edit}\n`)
    for (const update of updates.splice(0)) {
      const pushed = await host.call('room.push', { update })
      if (!pushed.ok) throw new Error(pushed.problems[0].message)
    }
    process.stdout.write(`done ${edit}\n`)
  }
}

await editForEver(process.argv[2] as string, Number(process.argv[3]))
