import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { byText } from '../../../core/support/order.ts'

/** Folders that are never part of the code under judgement. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules', '.skeptic'])

export type Walked = { readonly paths: readonly string[]; readonly complete: boolean }

/** Files below a folder, relative, sorted; links are not followed. Stops at a number of files rather than walk a whole disk. */
export async function walkFolder(folder: string, most: number, skip: ReadonlySet<string> = SKIPPED): Promise<Walked> {
  const paths: string[] = []
  const waiting = ['']
  while (waiting.length > 0) {
    const below = waiting.pop() as string
    for (const entry of await entriesOf(path.join(folder, below))) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory() && !skip.has(entry.name)) waiting.push(name)
      else if (entry.isFile()) paths.push(name)
    }
    if (paths.length > most) return { paths: paths.sort(byText).slice(0, most), complete: false }
  }
  return { paths: paths.sort(byText), complete: true }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** Content of a file as git would store it: of a link its target. Undefined when there is none or it is over the limit. */
export async function readDisk(file: string, limit: number): Promise<Buffer | undefined> {
  try {
    const stats = await lstat(file)
    if (stats.isSymbolicLink()) return Buffer.from(await readlink(file))
    return stats.isFile() && stats.size <= limit ? await readFile(file) : undefined
  } catch {
    return undefined
  }
}

/** `sha256:` and the hash of bytes. */
export function sha256Of(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** The id git gives a file of this content. */
export function blobId(bytes: Uint8Array, objects: 'sha1' | 'sha256'): string {
  return createHash(objects).update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
