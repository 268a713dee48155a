import { mkdirSync, rmdirSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder and those missing above it, and answers the ones it made, from above. One by one: Node's recursive way never ends
 * where a system shows a folder and lets nothing be made in it, as below /proc. Throws Node's error codes, leaving none behind.
 */
export function makeFolders(folder: string, mode = 0o777): readonly string[] {
  const missing: string[] = []
  const whole = path.resolve(folder)
  for (let at = whole; isMissing(at, whole); at = path.dirname(at)) missing.unshift(at)
  const made: string[] = []
  try {
    for (const at of missing) if (makeOne(at, mode)) made.push(at)
  } catch (error) {
    removeFolders(made)
    throw error
  }
  return made
}

/** Takes back folders that were made, as far as they are empty. */
export function removeFolders(made: readonly string[]): void {
  for (const folder of [...made].reverse())
    try {
      rmdirSync(folder)
    } catch {
      // somebody put something into it meanwhile
    }
}

function isMissing(at: string, whole: string): boolean {
  const found = statSync(at, { throwIfNoEntry: false })
  if (found === undefined) return path.dirname(at) !== at
  if (found.isDirectory()) return false
  const code = at === whole ? 'EEXIST' : 'ENOTDIR'
  throw Object.assign(new Error(`${code}: ${at}`), { code })
}

function makeOne(at: string, mode: number): boolean {
  try {
    mkdirSync(at, { mode })
    return true
  } catch (error) {
    // Somebody else made it in this moment.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && statSync(at).isDirectory()) return false
    throw error
  }
}
