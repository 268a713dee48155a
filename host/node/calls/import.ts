import { ok, refuse } from '../../../core/support/result.ts'
import type { Handlers } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { inWorker } from '../import/in-worker.ts'
import { type ImportNote, notesOf } from '../import/noted.ts'
import { plainDesign } from '../import/plain-design.ts'
import { type StartImporter, watchedImport } from '../import/watched.ts'
import { record } from './record.ts'

/** Reads foreign models apart and says what they would change; the window writes it, as one step that can be undone. */
export function importCalls(
  desk: Desk,
  start: StartImporter = inWorker,
): Pick<Handlers, 'import.read' | 'import.cancel' | 'import.note'> {
  const { room, by, now } = desk
  const runs = new Map<string, AbortController>()
  const notes = new Map<string, readonly ImportNote[]>()
  return {
    'import.read': async ({ run, files, partial = false, prefer = 'design' }) => {
      if (runs.has(run)) return refuse({ ...RUNNING, at: run })
      const stop = new AbortController()
      runs.set(run, stop)
      void room.keep('import')
      try {
        const models = files.map(({ name, text }) => ({ name, text }))
        const order = { design: plainDesign(room.design()), files: models, partial, prefer, by, at: now() }
        const answer = await watchedImport(start, order, {
          signal: stop.signal,
          onStep: step => room.announce('import.progress', { run, ...step }),
        })
        if (answer.ok) keep(notes, run, notesOf(files, answer.value.files))
        return answer
      } finally {
        runs.delete(run)
      }
    },
    'import.cancel': async ({ run }) => {
      const stop = runs.get(run)
      stop?.abort()
      return ok({ cancelled: stop !== undefined })
    },
    'import.note': async ({ run }) => {
      const entries: string[] = []
      const noted = notes.get(run)
      if (!noted) return refuse({ ...UNKNOWN, at: run })
      notes.delete(run)
      for (const note of noted) {
        const entry = await record(desk, 'imported', note)
        if (!entry.ok) return entry
        entries.push(entry.value.hash)
      }
      return ok({ entries })
    },
  }
}

/** Keeps what was read last; an import that is never written leaves nothing behind for long. */
function keep(notes: Map<string, readonly ImportNote[]>, run: string, noted: readonly ImportNote[]): void {
  notes.set(run, noted)
  for (const old of [...notes.keys()].slice(0, -KEPT)) notes.delete(old)
}

const KEPT = 8

const RUNNING = {
  code: 'import.running',
  message: 'An import runs under this name already.',
  cure: 'Wait until it is through, or cancel it.',
}

const UNKNOWN = {
  code: 'import.unknownRun',
  message: 'No import was read under this name, or it was noted before.',
  cure: 'The design is as it is; only the note in the history is missing. Import the file again to have it.',
}
