import path from 'node:path'
import type { Problem } from '../../../core/support/result.ts'
import { codeOf, type Disk, diskProblem } from '../disk.ts'
import { type Fault, type Frame, framesIn, readHead } from './frames.ts'

/** What the log holds of a design, ready to be replayed: the snapshot, then every record after it. */
export type Recovered = {
  /** Name of the shared document: edits made elsewhere belong to it or they do not. */
  readonly document: string
  readonly generation: number
  readonly snapshot: Uint8Array
  readonly frames: readonly Frame[]
  /** Where the newest log may be continued; nothing when a new generation must be begun. */
  readonly end: number | undefined
  /** What could not be read; its bytes are kept in recovery/. */
  readonly problems: readonly Problem[]
}

/** More than any log grows to before it is compacted. */
const MOST_BYTES = 1024 * 1024 * 1024

export function snapshotName(generation: number): string {
  return `snapshot.${generation}.bin`
}

export function logName(generation: number): string {
  return `updates.${generation}.log`
}

/** Generations of which the folder holds a file, newest first. */
export function generationsIn(dir: string, disk: Disk): readonly number[] {
  const names = disk.list(dir).flatMap(({ name, kind }) => (kind === 'file' ? [name] : []))
  const numbers = names.flatMap(name => /^(?:snapshot\.(\d{1,12})\.bin|updates\.(\d{1,12})\.log)$/.exec(name)?.slice(1) ?? [])
  return [...new Set(numbers.filter(found => found !== undefined).map(Number))].sort((a, b) => b - a)
}

/**
 * Reads what a design's log holds, whatever a crash left of it. The newest snapshot that is whole counts; when it is damaged, the one before
 * it and everything logged since say the same. Nothing is written. Undefined where there is no snapshot at all.
 */
export function recover(dir: string, disk: Disk): Recovered | undefined {
  const problems: Problem[] = []
  const generations = generationsIn(dir, disk)
  for (const generation of generations) {
    const snapshot = readSnapshot(dir, generation, disk)
    if (snapshot === undefined) continue
    if ('problem' in snapshot) {
      problems.push(snapshot.problem)
      continue
    }
    const told = replay(dir, { ...snapshot, generation, generations }, disk)
    const newest = generations[0] === generation ? generation : Math.max(generation, told.generation)
    const isWhole = told.end !== undefined && problems.length + told.problems.length === 0
    return {
      document: snapshot.document,
      snapshot: snapshot.snapshot,
      generation: newest,
      frames: told.frames,
      end: isWhole ? told.end : undefined,
      problems: [...problems, ...told.problems],
    }
  }
  return undefined
}

type Snapshot = { readonly document: string; readonly mark: string | undefined; readonly snapshot: Uint8Array }

/** A snapshot is whole or it is none: a rename puts it in its place only once it is durable. */
function readSnapshot(dir: string, generation: number, disk: Disk): Snapshot | { readonly problem: Problem } | undefined {
  const file = path.join(dir, snapshotName(generation))
  const bytes = bytesOf(file, disk)
  if (bytes === undefined) return undefined
  if ('problem' in bytes) return bytes
  const { frames } = framesIn(bytes.bytes)
  const [first, state, end] = frames
  const head = readHead(first)
  if (head?.generation !== generation || state?.kind !== 'update' || end?.kind !== 'end')
    return { problem: damaged(file, 'The snapshot of the design is damaged', 'The one before it was taken instead.') }
  return { document: head.document, mark: head.mark, snapshot: state.content }
}

type Replay = {
  readonly frames: readonly Frame[]
  readonly generation: number
  readonly end: number | undefined
  readonly problems: readonly Problem[]
}

type From = Pick<Snapshot, 'document' | 'mark'> & { readonly generation: number; readonly generations: readonly number[] }

/** Everything logged since a snapshot was taken, each record once, over as many logs as it takes. */
function replay(dir: string, { generation: from, document, mark, generations }: From, disk: Disk): Replay {
  const problems: Problem[] = []
  const read = (generation: number): Log | undefined => {
    const found = readLog(dir, generation, disk, problems)
    return found?.document === document && found.frames.some(({ kind }) => kind === 'taken') ? found : undefined
  }
  const own = read(from)
  // Until a new log repeats all that came before it counts for nothing, and so may one before it, from an earlier try.
  const older = own ? [] : generations.filter(found => found < from)
  const before = own ?? firstOf(older, read)
  let log = before
  let frames = own ? content(own) : content(before).slice(after(content(before), mark))
  let generation = own ? from : from - 1
  for (let next = from + 1; own; next++) {
    const newer = read(next)
    if (!newer) break
    const cut = after(frames, newer.mark)
    frames = [...(cut > 0 ? frames.slice(0, cut) : frames), ...content(newer)]
    generation = next
    log = newer
  }
  return { frames, generation, end: own ? log?.end : undefined, problems }
}

function firstOf(generations: readonly number[], read: (generation: number) => Log | undefined): Log | undefined {
  for (const generation of generations) {
    const log = read(generation)
    if (log) return log
  }
  return undefined
}

function content(log: Log | undefined): readonly Frame[] {
  return log?.frames.filter(({ kind }) => kind !== 'head' && kind !== 'taken') ?? []
}

/** Index behind the record at which a snapshot was taken; 0 when there is none. */
function after(frames: readonly Frame[], mark: string | undefined): number {
  if (mark === undefined) return 0
  return frames.findIndex(({ kind, content }) => kind === 'snapshot' && Buffer.from(content).toString() === mark) + 1
}

type Log = Pick<Snapshot, 'document' | 'mark'> & { readonly frames: readonly Frame[]; readonly end: number | undefined }

function readLog(dir: string, generation: number, disk: Disk, problems: Problem[]): Log | undefined {
  const file = path.join(dir, logName(generation))
  const bytes = bytesOf(file, disk)
  if (bytes === undefined) return undefined
  if ('problem' in bytes) {
    problems.push(bytes.problem)
    return undefined
  }
  const { frames, end, fault } = framesIn(bytes.bytes)
  const head = readHead(frames[0])
  if (head?.generation !== generation) return undefined
  const { document, mark } = head
  if (fault === undefined) return { document, mark, frames, end }
  problems.push(tailProblem(file, fault, bytes.bytes.length - end))
  return { document, mark, frames, end: undefined }
}

function bytesOf(file: string, disk: Disk): { readonly bytes: Uint8Array } | { readonly problem: Problem } | undefined {
  try {
    return { bytes: disk.readBytes(file, MOST_BYTES) }
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : { problem: diskProblem(error, file, 'read') }
  }
}

function tailProblem(file: string, fault: Fault, length: number): Problem {
  return {
    code: `journal.${fault}`,
    // A record cut off was never acknowledged: nothing that anybody was told is saved is missing.
    severity: fault === 'cut' ? 'info' : 'warning',
    at: path.basename(file),
    message:
      fault === 'cut'
        ? `The last edit was being written when Skeptic ended; ${length} bytes of it were left out.`
        : `The log of edits is damaged; its last ${length} bytes could not be read.`,
    cure: 'They are kept in .skeptic/recovery. Look through the last changes.',
  }
}

function damaged(file: string, message: string, cure: string): Problem {
  return { code: 'journal.damaged', severity: 'warning', at: path.basename(file), message: `${message}.`, cure }
}
