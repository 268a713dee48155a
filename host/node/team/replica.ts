import path from 'node:path'
import { canonicalJson } from '../../../core/model/canonical.ts'
import type { Design } from '../../../core/model/types.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { type SharedModel, shareModel } from '../../../ydoc/shared-model.ts'
import { type Disk, diskProblem } from '../disk.ts'
import { beginJournal, continueJournal, type Journal, readJournal } from '../journal/journal.ts'
import { makePrivateFolder } from '../store.ts'

/**
 * The team's design as it is known here, in a log of its own. It is another document than the room's, for a room is opened anew from text
 * every time, while what two machines have edited is merged only where both continue the same document.
 */
export type Replica = {
  readonly shared: SharedModel
  /** What the text files may hold when nobody edited them: the team's design when they were last written, and each state since. */
  readonly bases: readonly Design[]
  readonly journal: Journal
  /** The text files hold everything that is known; a log that has grown long begins anew. */
  readonly noteProjected: () => void
  readonly close: () => Promise<void>
}

/** States that are remembered after the last one that the text files hold for certain. */
const MOST_BASES = 500

/** Bytes of edits after which the log begins anew from the whole. */
const LONG = 4 * 1024 * 1024

/** Opens what is known of the team's document, or begins with nothing. */
export async function openReplica(dir: string, document: string, disk: Disk): Promise<Result<Replica>> {
  const hidden = await makePrivateFolder(dir, disk)
  if (!hidden.ok) return hidden
  const place = path.join(hidden.value, 'team')
  try {
    if (await disk.makeFolder(place)) await disk.syncFolder(hidden.value)
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, place, 'make')] }
  }
  const recovered = readJournal({ dir: place, disk })
  if (recovered && recovered.document !== document) return refuse({ ...OTHER, at: place })
  const shared = shareModel()
  const bases: Design[] = []
  if (recovered) {
    shared.load(recovered.snapshot)
    bases.push(shared.read())
    for (const { kind, content } of recovered.frames) {
      if (kind === 'update') shared.load(content)
      if (kind === 'projected') bases.length = 0
      if (kind === 'projected' || (kind === 'update' && bases.length < MOST_BASES)) bases.push(shared.read())
    }
  }
  let expected = ''
  const tools = { dir: place, disk, verify: (state: Uint8Array) => textOf(state) === expected }
  const expectNow = () => {
    expected = canonicalJson(shared.read())
    return shared.state()
  }
  const opened = recovered
    ? await continueJournal(tools, recovered, expectNow)
    : await beginJournal(tools, { document, state: expectNow() })
  if (!opened.ok) return opened
  const journal = opened.value
  let compacting: Promise<unknown> | undefined
  shared.onUpdate(update => journal.append(update))
  return ok({
    shared,
    bases,
    journal,
    noteProjected: () => {
      journal.mark('projected')
      if (journal.size() < LONG || compacting) return
      compacting = journal.compact(expectNow()).finally(() => {
        compacting = undefined
      })
    },
    close: async () => {
      await compacting
      await journal.durable()
      await journal.close()
      shared.destroy()
    },
  })
}

function textOf(state: Uint8Array): string {
  const read = shareModel()
  read.load(state)
  const text = canonicalJson(read.read())
  read.destroy()
  return text
}

const OTHER = {
  code: 'team.other',
  message: 'What is known here of the team belongs to another document than the one that is joined.',
  cure: 'Leave and join again: skeptic leave, then skeptic join',
}
