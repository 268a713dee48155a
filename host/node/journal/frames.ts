import { crc32 } from 'node:zlib'

/**
 * One record of a log or a snapshot: length (u32), CRC-32 of kind and content (u32), kind (u8), content; little-endian. `head` opens every
 * file. In a log, `projecting` and `projected` say that the text files were about to get, and have got, everything before them; `snapshot`
 * is where the next generation's snapshot was taken, and `taken` ends what a new log repeats from its predecessor. `end` closes a snapshot.
 */
export const KINDS = ['head', 'update', 'projecting', 'projected', 'snapshot', 'taken', 'end'] as const
export type Kind = (typeof KINDS)[number]

export type Frame = { readonly kind: Kind; readonly content: Uint8Array }

const BEFORE = 9

/** The bytes of a record. */
export function frameOf(kind: Kind, content: Uint8Array = NOTHING): Uint8Array {
  const bytes = Buffer.allocUnsafe(BEFORE + content.length)
  bytes.writeUInt32LE(content.length, 0)
  bytes.writeUInt8(KINDS.indexOf(kind), 8)
  bytes.set(content, BEFORE)
  bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4)
  return bytes
}

const NOTHING = new Uint8Array(0)

/** The whole records from the front of a file, where the last of them ends, and what stopped the reading. */
export type Framed = { readonly frames: readonly Frame[]; readonly end: number; readonly fault?: Fault }

/** `cut`: the file ends within a record, as after a crash. `damaged`: the bytes are not what was written. */
export type Fault = 'cut' | 'damaged'

/** Reads records until the first that is not whole. Contents are views into the bytes. */
export function framesIn(file: Uint8Array): Framed {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const frames: Frame[] = []
  let at = 0
  while (at < bytes.length) {
    if (at + BEFORE > bytes.length) return { frames, end: at, fault: 'cut' }
    const next = at + BEFORE + bytes.readUInt32LE(at)
    if (next > bytes.length) return { frames, end: at, fault: 'cut' }
    const kind = KINDS[bytes.readUInt8(at + 8)]
    if (kind === undefined || crc32(bytes.subarray(at + 8, next)) !== bytes.readUInt32LE(at + 4))
      return { frames, end: at, fault: 'damaged' }
    frames.push({ kind, content: bytes.subarray(at + BEFORE, next) })
    at = next
  }
  return { frames, end: at }
}

/**
 * What the first record of a file says. `mark` names the record in the log before it at which the snapshot was taken; one that was not
 * taken while a log went on has none.
 */
export type Head = { readonly format: 1; readonly document: string; readonly generation: number; readonly mark?: string }

export function headOf({ document, generation, mark }: Omit<Head, 'format'>): Uint8Array {
  const head: Head = { format: 1, document, generation, ...(mark === undefined ? {} : { mark }) }
  return frameOf('head', Buffer.from(JSON.stringify(head)))
}

/** The head of a file that has one we can read. */
export function readHead(frame: Frame | undefined): Head | undefined {
  if (frame?.kind !== 'head') return undefined
  try {
    const { format, document, generation, mark } = JSON.parse(Buffer.from(frame.content).toString('utf8')) as Partial<Head>
    const isMark = mark === undefined || typeof mark === 'string'
    const isOurs = format === 1 && typeof document === 'string' && Number.isSafeInteger(generation) && isMark
    return isOurs ? ({ format, document, generation, ...(mark === undefined ? {} : { mark }) } as Head) : undefined
  } catch {
    return undefined
  }
}
