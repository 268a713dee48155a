import path from 'node:path'
import { byText } from '../../core/support/order.ts'
import { ok, type Problem, type Result } from '../../core/support/result.ts'
import { codeOf, type Disk, diskProblem } from './disk.ts'
import { READ_LIMITS } from './read-files.ts'

/** Path in the design folder to new text, or undefined to delete. */
export type FileChanges = ReadonlyMap<string, string | undefined>

export type Written = {
  readonly files: readonly string[]
  /** Files that changed on the disk since they were last read or written here; they were left as they are. */
  readonly conflicts: readonly Problem[]
}

/** Text of each file as it was last read or written; given, no file that differs from it is overwritten. */
export type Known = Map<string, string>

const AT_ONCE = 16

/**
 * Writes all or says what kept it: each file goes to a temporary one in the same folder, is made durable, and then
 * takes its name. Until the last file is durable nothing is renamed, so a full disk changes nothing. After a cut at any
 * point every file has either its old or its new text.
 */
export async function writeFiles(
  dir: string,
  changes: FileChanges,
  tools: { disk: Disk; known?: Known },
): Promise<Result<Written>> {
  const { disk, known } = tools
  const run: Run = { dir, disk, known, staged: [], touched: new Set(), done: [] }
  const { wanted, conflicts } = known ? withoutConflicts(run, changes, known) : { wanted: changes, conflicts: [] }
  const puts = [...wanted].filter((change): change is [string, string] => change[1] !== undefined).sort(byName)
  const removals = [...wanted.keys()].filter(name => wanted.get(name) === undefined).sort(byText)
  const problem =
    (await makeFolders(run, puts)) ??
    (await inParallel(puts, put => stage(run, put))) ??
    (await oneByOne(run.staged.sort(byName), file => takeName(run, file))) ??
    (await oneByOne(removals, name => removeOne(run, name)))
  if (problem) await Promise.all(run.staged.map(([, , temporary]) => disk.remove(temporary).catch(() => {})))
  const unsynced = await oneByOne([...run.touched].sort(byText), folder =>
    attempt(path.join(dir, folder), 'make durable', () => disk.syncFolder(path.join(dir, folder))),
  )
  const failed = problem ?? unsynced
  return failed ? { ok: false, problems: [failed] } : ok({ files: run.done.sort(byText), conflicts })
}

type Run = {
  readonly dir: string
  readonly disk: Disk
  readonly known: Known | undefined
  readonly staged: [name: string, text: string, temporary: string][]
  readonly touched: Set<string>
  readonly done: string[]
}

/** Name order, skeptic.json last: until it stands, a new folder is no design. */
function byName([a]: readonly [string, ...unknown[]], [b]: readonly [string, ...unknown[]]): number {
  return Number(a === 'skeptic.json') - Number(b === 'skeptic.json') || byText(a, b)
}

function withoutConflicts(run: Run, changes: FileChanges, known: Known): { wanted: FileChanges; conflicts: Problem[] } {
  const wanted = new Map<string, string | undefined>()
  const conflicts: Problem[] = []
  for (const [name, text] of changes) {
    const now = textOnDisk(run, name)
    if (now === text) settle(known, name, text)
    else if (now === known.get(name)) wanted.set(name, text)
    else conflicts.push(conflict(name, now, text))
  }
  return { wanted, conflicts }
}

function textOnDisk({ dir, disk }: Run, name: string): string | undefined {
  try {
    return disk.read(path.join(dir, name), READ_LIMITS.bytes)
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : `unreadable: ${codeOf(error)}`
  }
}

function settle(known: Known | undefined, name: string, text: string | undefined): void {
  if (text === undefined) known?.delete(name)
  else known?.set(name, text)
}

function conflict(name: string, now: string | undefined, text: string | undefined): Problem {
  const outside = now === undefined ? 'was deleted' : 'was changed'
  const here = text === undefined ? 'deleted' : 'changed'
  return {
    code: 'file.conflict',
    severity: 'error',
    at: name,
    message: `The file ${outside} outside while it was ${here} here; the one on the disk was left as it is.`,
    cure: 'Open the design again to see the other version, then make the change anew.',
  }
}

async function makeFolders(
  { dir, disk, touched }: Run,
  puts: readonly (readonly [string, string])[],
): Promise<Problem | undefined> {
  const folders = new Set(puts.flatMap(([name]) => foldersAbove(name)))
  return oneByOne([...folders].sort(byText), folder =>
    attempt(path.join(dir, folder), 'make', async () => {
      if (await disk.makeFolder(path.join(dir, folder))) touched.add(path.posix.dirname(folder))
    }),
  )
}

/** `a/b/c.md` lies in `a` and `a/b`. */
function foldersAbove(name: string): readonly string[] {
  const parts = name.split('/').slice(0, -1)
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

let count = 0

function stage(run: Run, [name, text]: readonly [string, string]): Promise<Problem | undefined> {
  const file = path.join(run.dir, name)
  const temporary = path.join(
    path.dirname(file),
    `.${path.basename(file)}.${process.pid}-${Date.now().toString(36)}-${count++}.tmp`,
  )
  return attempt(file, 'write', async () => {
    const handle = await run.disk.create(temporary)
    run.staged.push([name, text, temporary])
    try {
      await handle.write(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}

function takeName(run: Run, [name, text, temporary]: Run['staged'][number]): Promise<Problem | undefined> {
  const file = path.join(run.dir, name)
  return attempt(file, 'write', async () => {
    await run.disk.rename(temporary, file)
    run.touched.add(path.posix.dirname(name))
    run.done.push(name)
    settle(run.known, name, text)
  })
}

function removeOne(run: Run, name: string): Promise<Problem | undefined> {
  const file = path.join(run.dir, name)
  return attempt(file, 'delete', async () => {
    await run.disk.remove(file).catch(error => {
      if (codeOf(error) !== 'ENOENT') throw error
    })
    run.touched.add(path.posix.dirname(name))
    run.done.push(name)
    settle(run.known, name, undefined)
  })
}

async function attempt(file: string, doing: string, work: () => Promise<void>): Promise<Problem | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return diskProblem(error, file, doing)
  }
}

async function oneByOne<T>(items: readonly T[], work: (item: T) => Promise<Problem | undefined>): Promise<Problem | undefined> {
  for (const item of items) {
    const problem = await work(item)
    if (problem) return problem
  }
  return undefined
}

/** Syncs of many files at once share the disk's waiting time. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<Problem | undefined>): Promise<Problem | undefined> {
  let next = 0
  let first: Problem | undefined
  const worker = async (): Promise<void> => {
    while (first === undefined && next < items.length) {
      const problem = await work(items[next++] as T)
      first ??= problem
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker))
  return first
}
