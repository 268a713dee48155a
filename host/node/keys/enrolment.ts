import { existsSync } from 'node:fs'
import path from 'node:path'
import { type EnrolledKey, KEYS_FILE, keysText, readKeys } from '../../../core/signing/enrolled.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import { type Disk, nodeDisk } from '../disk.ts'
import type { CodeTree } from '../evidence/code-tree.ts'
import { READ_LIMITS, readText } from '../read-files.ts'
import { writeFiles } from '../write-files.ts'

/** The keys that the design folder enrols as it lies; no file, no keys. */
export function enrolledIn(dir: string, disk: Disk = nodeDisk): Result<readonly EnrolledKey[]> {
  const file = path.join(dir, KEYS_FILE)
  if (!existsSync(file)) return ok([])
  const text = readText(file, disk, READ_LIMITS.bytes)
  return text.ok ? readKeys(text.value) : text
}

/** Writes `keys.json` of a design folder. */
export async function writeEnrolled(dir: string, keys: readonly EnrolledKey[], disk: Disk = nodeDisk): Promise<Result<true>> {
  const written = await writeFiles(dir, new Map([[KEYS_FILE, keysText(keys)]]), { disk })
  return written.ok ? ok(true) : written
}

/** The keys that a state of the code enrolled; `folder` is the place of the design below it, with `/`. No file, no keys. */
export async function enrolledAt(tree: CodeTree, folder: string): Promise<Result<readonly EnrolledKey[]>> {
  const name = folder === '' ? KEYS_FILE : `${folder}/${KEYS_FILE}`
  const bytes = (await tree.read([name], READ_LIMITS.bytes)).get(name)
  return bytes === undefined ? ok([]) : readKeys(bytes.toString('utf8'), name)
}
