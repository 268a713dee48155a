import { ok, type Problem, type Result } from '../core/support/result.ts'

/** Whose hand wrote under which client number of a document. */
export type Writers = ReadonlyMap<number, string>

/** A state kept for being brought back. */
export type Kept = { readonly id: string; readonly at: string; readonly bytes: number }

/** One document as it is kept; open in one place at a time. */
export type StoredDocument = {
  /** Everything that was acknowledged, in an order in which it can be taken in; given once, and not held on to. */
  readonly takeUpdates: () => readonly Uint8Array[]
  readonly writers: Writers
  /** What could not be read of it. */
  readonly problems: readonly Problem[]
  /** Answers once the update, and who its new client numbers belong to, would survive a power cut. */
  readonly append: (update: Uint8Array, writers?: Writers) => Promise<Result<true>>
  /** Bytes since the last compaction. */
  readonly size: () => number
  /** Begins anew from one state, which must hold everything appended so far. */
  readonly compact: (state: Uint8Array, writers: Writers) => Promise<Result<true>>
  readonly close: () => Promise<void>
}

/**
 * Where documents are kept. The embedded default is the crash-safe log of the desktop (log-storage.ts); a database is another one of these.
 */
export type Storage = {
  /** Opens a document, new where there is none; waits until whoever has it open has closed it. */
  readonly open: (name: string) => Promise<Result<StoredDocument>>
  /** Keeps a state of a document apart, durable; answers its id. */
  readonly keep: (name: string, state: Uint8Array, at: string) => Promise<Result<string>>
  readonly kept: (name: string) => Promise<readonly Kept[]>
  readonly readKept: (name: string, id: string) => Promise<Result<Uint8Array>>
  readonly close: () => Promise<void>
}

/** An update together with whose client numbers are new in it: one record, so that neither is ever there without the other. */
export function recordOf(update: Uint8Array, writers: Writers = new Map()): Uint8Array {
  const head = Buffer.from(JSON.stringify({ writers: [...writers] }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  return Buffer.concat([length, head, update])
}

/** What a record holds; a record that is no such thing is a fault of the disk that its checksum did not find. */
export function readRecord(record: Uint8Array): Result<{ readonly update: Uint8Array; readonly writers: Writers }> {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength)
  try {
    const end = 4 + bytes.readUInt32LE(0)
    const head = JSON.parse(bytes.toString('utf8', 4, end)) as { readonly writers: readonly (readonly [number, string])[] }
    return ok({ update: bytes.subarray(end), writers: new Map(head.writers) })
  } catch {
    return {
      ok: false,
      problems: [
        {
          code: 'hub.record',
          severity: 'error',
          message: 'A record of the log is not one that this hub writes.',
          cure: 'Restore the folder from a back-up.',
        },
      ],
    }
  }
}
