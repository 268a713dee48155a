import path from 'node:path'
import { TABLE_NAMES, TABLES } from '../../core/model/tables.ts'
import { codeOf, type Disk } from './disk.ts'
import { isLeftBehind } from './lock.ts'

const LEFTOVER = /^\..+\.tmp$/
const OF_PROCESS = /\.(\d+)-[0-9a-z]+-\d+\.tmp$/
const OF_LOCK = /^lock\..+\.tmp$/
const OF_SNAPSHOT = /^\.snapshot\.\d+\.bin\.tmp$/

/**
 * Removes temporary files of a process that was killed while writing. Those of one that writes now are left: its number says that it
 * lives, or they are younger than a minute. Called by whoever holds the lock, before the log is open.
 */
export async function clearLeftovers(dir: string, disk: Disk): Promise<void> {
  const folders = ['', '.skeptic', '.skeptic/states', 'ledger', ...TABLE_NAMES.flatMap(name => TABLES[name].folder ?? [])]
  for (const folder of folders.map(name => path.join(dir, name))) {
    try {
      for (const { name, kind } of disk.list(folder)) {
        const file = path.join(folder, name)
        const isOurs = kind === 'file' && (LEFTOVER.test(name) || OF_LOCK.test(name))
        if (isOurs && isLeft(file, disk)) await disk.remove(file)
      }
    } catch {
      // not there, or not ours to clear: it does no harm
    }
  }
}

function isLeft(file: string, disk: Disk): boolean {
  const name = path.basename(file)
  // Only who holds the lock writes snapshots.
  if (OF_SNAPSHOT.test(name)) return true
  const pid = OF_PROCESS.exec(name)?.[1]
  // What this process left here it left before: it has only just taken the lock.
  if (pid !== undefined && (Number(pid) === process.pid || isGone(Number(pid)))) return true
  if (OF_LOCK.test(name) && isLeftBehind(file)) return true
  return Date.now() - disk.modifiedAt(file) > 60_000
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return codeOf(error) === 'ESRCH'
  }
}
