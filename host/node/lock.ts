import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, rename, unlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { codeOf, type Disk, diskProblem } from './disk.ts'
import { makePrivateFolder } from './store.ts'

/** The right to write a design folder, held by one process at a time. */
export type Lock = {
  /** False once someone took it away, as a person who deleted the file by hand. */
  readonly isHeld: () => boolean
  readonly release: () => Promise<void>
}

type Holder = { readonly pid: number; readonly machine: string; readonly token: string; readonly started?: string }

/** Tokens this process holds: its own number in a lock file may also be that of a dead process of long ago. */
const held = new Set<string>()

/** Takes the lock of a folder, or says who has it. A lock whose process is gone is taken over. */
export async function lockFolder(dir: string, disk: Disk): Promise<Result<Lock>> {
  const place = await makePrivateFolder(dir, disk)
  if (!place.ok) return place
  const file = path.join(place.value, 'lock')
  const mine: Holder = { pid: process.pid, machine: hostname(), token: randomBytes(16).toString('hex'), ...startOf(process.pid) }
  held.add(mine.token)
  const lock = await takeLock(file, mine)
  if (!lock.ok) held.delete(mine.token)
  return lock
}

/** Takes a lock file of its own, in a folder that is there, and waits while another process that lives holds it. */
export async function lockFile(file: string): Promise<Result<Lock>> {
  const mine: Holder = { pid: process.pid, machine: hostname(), token: randomBytes(16).toString('hex'), ...startOf(process.pid) }
  held.add(mine.token)
  for (let round = 0; ; round++) {
    const lock = await takeLock(file, mine)
    if (lock.ok) return lock
    if (lock.problems[0].code !== 'folder.readOnly' || round >= ROUNDS) {
      held.delete(mine.token)
      return lock
    }
    await setTimeout(20)
  }
}

/** What is held so is held for the moments of two renames. */
const ROUNDS = 500

async function takeLock(file: string, mine: Holder): Promise<Result<Lock>> {
  try {
    for (let round = 0; round < 5; round++) {
      if (await create(file, mine)) {
        // someone who judged the same dead lock may be about to set ours aside, and will put it back
        if (round > 0) await setTimeout(25)
        if (readHolder(file)?.token === mine.token) return ok(lockOf(file, mine))
        continue
      }
      const other = readHolder(file)
      if (other && isAlive(other)) return taken(file, other)
      await setAside(file, other)
    }
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, file, 'write')] }
  }
  return refuse({
    code: 'folder.locked',
    at: file,
    message: 'Other programs keep taking this design.',
    cure: 'Close them, then try again.',
  })
}

function lockOf(file: string, mine: Holder): Lock {
  const isHeld = () => readHolder(file)?.token === mine.token
  return {
    isHeld,
    release: async () => {
      if (isHeld()) await unlink(file).catch(() => {})
      held.delete(mine.token)
    },
  }
}

/** The lock appears whole or not at all: a half-written one would look dead to whoever reads it then. */
async function create(file: string, mine: Holder): Promise<boolean> {
  const temporary = `${file}.${mine.token}.tmp`
  await writeFile(temporary, `${JSON.stringify(mine)}\n`)
  try {
    await link(temporary, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!NO_LINKS.has(codeOf(error))) throw error
    return await createWithoutLinks(file, mine)
  } finally {
    await unlink(temporary)
  }
}

/** What file systems answer that know no hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

async function createWithoutLinks(file: string, mine: Holder): Promise<boolean> {
  try {
    await writeFile(file, `${JSON.stringify(mine)}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead lock out of the way, unless another process has put a live one there since it was read. */
async function setAside(file: string, dead: Holder | undefined): Promise<void> {
  const aside = `${file}.${randomBytes(8).toString('hex')}.tmp`
  try {
    await rename(file, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  const moved = readHolder(aside)
  if (moved && moved.token !== dead?.token) await link(aside, file).catch(() => {})
  await unlink(aside)
}

function readHolder(file: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const { pid, machine, token, started } = value as Record<string, unknown>
    if (typeof pid !== 'number' || typeof machine !== 'string' || typeof token !== 'string') return undefined
    return { pid, machine, token, ...(typeof started === 'string' ? { started } : {}) }
  } catch {
    return undefined
  }
}

/** Whether a file of a lock is of a process that is gone. */
export function isLeftBehind(file: string): boolean {
  const holder = readHolder(file)
  return holder !== undefined && !isAlive(holder)
}

function isAlive({ pid, machine, token, started }: Holder): boolean {
  if (machine !== hostname()) return true // nobody here can tell
  if (pid === process.pid) return held.has(token)
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  const now = startOf(pid).started
  return started === undefined || now === undefined || started === now
}

/** When a process began, where the system says so: numbers of processes are given out again. */
function startOf(pid: number): { readonly started?: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return started === undefined ? {} : { started }
  } catch {
    return {}
  }
}

function taken(file: string, { pid, machine }: Holder): Result<never> {
  const where = machine === hostname() ? '' : ` on ${machine}`
  return refuse({
    code: 'folder.readOnly',
    at: file,
    message: `Read-only copy: process ${pid}${where} has this design open.`,
    cure:
      where === '' ? 'Close the other window to edit here.' : `Close it there; delete ${path.basename(file)} only if it is gone.`,
  })
}
