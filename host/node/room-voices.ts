import path from 'node:path'
import { settingsOf } from '../../core/model/lookup.ts'
import { toBase64 } from '../../ydoc/base64.ts'
import { piecesOf } from '../../ydoc/pieces.ts'
import type { SharedModel } from '../../ydoc/shared-model.ts'
import { openPresence, type PresenceDesk } from './presence.ts'
import type { Announce, Room } from './rooms.ts'

/** Who is told of what happens in a room. */
export type Voices = {
  readonly announce: Announce
  readonly listen: (announce: Announce) => () => void
  readonly presence: PresenceDesk
  /** Tells every edit of the document, in parts that windows take. */
  readonly follow: (shared: SharedModel) => void
  readonly close: () => void
}

export function openVoices(): Voices {
  const announcers = new Set<Announce>()
  const presence = openPresence()
  const announce: Announce = (name, payload) => {
    for (const tell of [...announcers]) tell(name, payload)
  }
  return {
    announce,
    presence,
    listen: tell => {
      announcers.add(tell)
      return () => void announcers.delete(tell)
    },
    follow: shared =>
      void shared.onUpdate(update => {
        for (const piece of piecesOf(update)) announce('room.update', { update: toBase64(piece) })
      }),
    close: () => {
      announcers.clear()
      presence.close()
    },
  }
}

type Own = Omit<Room, 'name' | 'design' | 'state' | 'listen' | 'announce' | 'presence'> & { readonly shared: SharedModel }

/** What all rooms do alike, added to what one does in its own way. */
export function roomWith(voices: Voices, { shared, ...own }: Own): Room {
  return {
    ...own,
    name: () => settingsOf(shared.read())?.name ?? path.basename(own.folder),
    design: shared.read,
    state: () => toBase64(shared.state()),
    listen: voices.listen,
    announce: voices.announce,
    presence: voices.presence,
    close: async () => {
      const last = await own.close()
      voices.close()
      shared.destroy()
      return last
    },
  }
}
