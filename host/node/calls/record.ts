import type { EntryType, NamedEntry } from '../../../core/model/ledger.ts'
import type { Signer } from '../../../core/signing/standing.ts'
import type { Result } from '../../../core/support/result.ts'
import type { Desk } from '../handlers.ts'
import { noteEntry } from '../kept-states.ts'
import type { Room } from '../rooms.ts'

/** What noting something needs of a desk; who serves a coding tool has no windows, and no shared document. */
export type NotingDesk = Pick<Desk, 'by' | 'now'> & {
  readonly room: Pick<Room, 'folder' | 'design' | 'readOnly' | 'save' | 'announce'>
}

/** Adds to the ledger of the room and tells its windows. A read-only copy records nothing. */
export async function record(
  { room, by, now }: NotingDesk,
  type: EntryType,
  payload: Readonly<Record<string, unknown>>,
  signer?: Signer,
): Promise<Result<NamedEntry>> {
  if (room.readOnly) return { ok: false, problems: [room.readOnly] }
  // What is noted must be what a power cut leaves.
  const saved = await room.save()
  if (saved.kind === 'failed') return { ok: false, problems: [saved.problem] }
  const entry = await noteEntry(
    room.folder,
    { type, payload, design: room.design() },
    { at: now(), by, ...(signer ? { signer } : {}) },
  )
  if (entry.ok) room.announce('ledger.appended', { entry: entry.value.hash })
  return entry
}
