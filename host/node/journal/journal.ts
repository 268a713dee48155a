import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { codeOf, type Disk, diskProblem } from '../disk.ts'
import { type Appender, appendTo, newLog } from './appender.ts'
import { type Frame, frameOf, framesIn, type Head, headOf, readHead } from './frames.ts'
import { generationsIn, logName, type Recovered, recover, snapshotName } from './recover.ts'

/** The log of one open design. */
export type Journal = {
  /** Takes an edit in; it is on its way to the disk at once. */
  readonly append: (update: Uint8Array) => void
  /** Notes that the text files are about to get, or have got, everything appended so far. */
  readonly mark: (what: 'projecting' | 'projected') => void
  /** Answers once everything appended so far would survive a power cut. */
  readonly durable: () => Promise<Result<true>>
  /** Bytes logged since the snapshot. */
  readonly size: () => number
  /** Begins a new generation from the whole state, which must hold everything appended so far and nothing the text files do not. */
  readonly compact: (state: Uint8Array) => Promise<Result<true>>
  readonly close: () => Promise<void>
}

export type JournalTools = {
  /** The private folder of the design, which is there. */
  readonly dir: string
  readonly disk: Disk
  /** Whether a snapshot that was written says what the document says: it is loaded back and compared before anything depends on it. */
  readonly verify: (state: Uint8Array) => boolean
}

/** The snapshot a log begins with, and the records that came after it: they are in the log before it counts. */
export type Begin = {
  readonly document: string
  readonly state: Uint8Array
  readonly since?: readonly Frame[]
  readonly generation?: number
}

/** Begins the first log of a design, or a new generation of one that was recovered with something broken. */
export async function beginJournal(
  tools: JournalTools,
  { document, state, since = [], generation = 1 }: Begin,
): Promise<Result<Journal>> {
  const written = await writeSnapshot(tools, { document, state, generation })
  if (!written.ok) return written
  const repeated = since.map(({ kind, content }) => frameOf(kind, content))
  const log = await openGeneration(tools, { document, generation, since: repeated })
  if (!log.ok) return log
  log.value.append(frameOf('taken'))
  const settled = await log.value.durable()
  if (!settled.ok) {
    await log.value.close().catch(() => {})
    return settled
  }
  await dropBefore(tools, generation - 1)
  return ok(journalOf(tools, { document, generation, log: log.value }))
}

/** Goes on where a design's log ended, or begins a new generation where it cannot be continued; what could not be read is kept first. */
export async function continueJournal(
  tools: JournalTools,
  recovered: Recovered,
  state: () => Uint8Array,
  since: () => readonly Frame[] = () => [],
): Promise<Result<Journal>> {
  const { document, generation, end } = recovered
  if (end === undefined) {
    const kept = await keepUnreadable(tools)
    if (!kept.ok) return kept
    const newest = Math.max(generation, ...generationsIn(tools.dir, tools.disk))
    return beginJournal(tools, { document, state: state(), since: since(), generation: newest + 1 })
  }
  const file = path.join(tools.dir, logName(generation))
  try {
    const log = appendTo(await tools.disk.openLog(file, 'existing'), file, end)
    return ok(journalOf(tools, { document, generation, log }))
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, file, 'open')] }
  }
}

/** What a design's log holds; nothing when it has none yet. */
export function readJournal({ dir, disk }: Pick<JournalTools, 'dir' | 'disk'>): Recovered | undefined {
  return recover(dir, disk)
}

type Open = { readonly document: string; readonly generation: number; readonly log: Appender }

function journalOf(tools: JournalTools, opened: Open): Journal {
  const { document } = opened
  let { generation, log } = opened
  /** Records since the snapshot that is being written; the next log begins with them. */
  let since: Uint8Array[] | undefined

  function put(frame: Uint8Array): void {
    log.append(frame)
    since?.push(frame)
  }

  async function compact(state: Uint8Array): Promise<Result<true>> {
    if (since) return ok(true)
    const next = generation + 1
    // Named anew at every try: behind one that failed stand edits that this snapshot holds, and the log of that try does not.
    const mark = randomBytes(8).toString('hex')
    log.append(frameOf('snapshot', Buffer.from(mark)))
    since = []
    try {
      const settled = await log.durable()
      if (!settled.ok) return settled
      const written = await writeSnapshot(tools, { document, state, generation: next, mark })
      if (!written.ok) return written
      const repeated = since.length
      const opened = await openGeneration(tools, { document, generation: next, mark, since: [...since] })
      if (!opened.ok) return opened
      // What came meanwhile is durable in the old log only. The new one counts from the record that says it is complete, which stands
      // behind all of that and before everything that will be acknowledged through the new log alone.
      const before = log
      log = opened.value
      generation = next
      for (const frame of since.slice(repeated)) log.append(frame)
      log.append(frameOf('taken'))
      const complete = await log.durable()
      await before.close().catch(() => {})
      if (!complete.ok) return complete
      await dropBefore(tools, next - 1)
      return ok(true)
    } finally {
      since = undefined
    }
  }

  return {
    append: update => put(frameOf('update', update)),
    mark: what => put(frameOf(what)),
    durable: () => log.durable(),
    size: () => log.size(),
    compact,
    close: () => log.close(),
  }
}

type Generation = Omit<Head, 'format'>

/** Written under another name, read back and compared, and only then given its own. */
async function writeSnapshot(
  { dir, disk, verify }: JournalTools,
  { state, ...head }: Generation & { readonly state: Uint8Array },
): Promise<Result<true>> {
  const { generation } = head
  const file = path.join(dir, snapshotName(generation))
  const temporary = path.join(dir, `.${snapshotName(generation)}.tmp`)
  try {
    await disk.remove(temporary).catch(ignoreMissing)
    const handle = await disk.create(temporary)
    try {
      await handle.write(Buffer.concat([headOf(head), frameOf('update', state), frameOf('end')]))
      await handle.sync()
    } finally {
      await handle.close()
    }
    const { frames } = framesIn(disk.readBytes(temporary, state.length + 4096))
    const [first, content, end] = frames
    const isWhole = readHead(first)?.generation === generation && end?.kind === 'end' && content !== undefined
    if (!isWhole || !verify(content.content)) {
      await disk.remove(temporary).catch(ignoreMissing)
      return refuse({
        code: 'journal.unverified',
        at: file,
        message: 'A snapshot of the design did not read back as it was written; the one before it stays.',
        cure: 'Check the disk. Nothing is lost: the log before it is whole.',
      })
    }
    await disk.rename(temporary, file)
    await disk.syncFolder(dir)
    return ok(true)
  } catch (error) {
    await disk.remove(temporary).catch(() => {})
    return { ok: false, problems: [diskProblem(error, file, 'write')] }
  }
}

async function openGeneration(
  { dir, disk }: JournalTools,
  { since, ...head }: Generation & { readonly since: readonly Uint8Array[] },
): Promise<Result<Appender>> {
  const file = path.join(dir, logName(head.generation))
  try {
    // A log that an earlier try left half-written counts for nothing, for it does not say that it is complete.
    await disk.remove(file).catch(ignoreMissing)
    const begin = Buffer.concat([headOf(head), ...since])
    const log = await newLog(disk, file, begin)
    try {
      await disk.syncFolder(dir)
    } catch (error) {
      await log.close().catch(() => {})
      throw error
    }
    return ok(appendTo(log, file, begin.length))
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, file, 'write')] }
  }
}

/** Two generations stay: the newest, and the one it was made from. Those before serve nobody. */
async function dropBefore({ dir, disk }: JournalTools, generation: number): Promise<void> {
  for (const old of generationsIn(dir, disk).filter(found => found < generation))
    for (const name of [snapshotName(old), logName(old)]) await disk.remove(path.join(dir, name)).catch(() => {})
}

/** Copies of what could not be read, named by their place, so that a person or a later program may look at them. */
async function keepUnreadable({ dir, disk }: JournalTools): Promise<Result<true>> {
  const folder = path.join(dir, 'recovery')
  try {
    for (const generation of generationsIn(dir, disk))
      for (const name of [snapshotName(generation), logName(generation)]) {
        const bytes = readOrNothing(disk, path.join(dir, name))
        if (bytes === undefined) continue
        const { end, fault } = framesIn(bytes)
        if (fault === undefined) continue
        if (await disk.makeFolder(folder)) await disk.syncFolder(dir)
        const file = path.join(folder, `${name}.from-${end}`)
        await disk.remove(file).catch(ignoreMissing)
        const copy = await disk.create(file)
        try {
          await copy.write(bytes.subarray(end))
          await copy.sync()
        } finally {
          await copy.close()
        }
        await disk.syncFolder(folder)
      }
    return ok(true)
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, folder, 'keep what could not be read in')] }
  }
}

function readOrNothing(disk: Disk, file: string): Uint8Array | undefined {
  try {
    return disk.readBytes(file, 1024 * 1024 * 1024)
  } catch {
    return undefined
  }
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error
}
