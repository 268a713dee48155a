import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ModelFile } from '../../../core/interop/import-files.ts'
import { type IncludesOf, includesIn } from '../../../core/interop/includes.ts'
import { JSON_LIMITS, tooLarge } from '../../../core/model/json.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { decodeModel } from './decode.ts'

/** A file from the disk, with the digest of its bytes. */
export type FileFound = ModelFile & { readonly sha256: string }

/** More than anybody spreads a model over. */
const MOST = 1000

/**
 * Reads the named files, and those that they include from beside them: an include is followed only inside the folder of its model, links
 * resolved, and one that is not there is left to the reader to tell. A folder is no file.
 */
export async function readModels(
  cwd: string,
  names: readonly string[],
  includes: IncludesOf = includesIn,
): Promise<Result<{ readonly named: readonly FileFound[]; readonly beside: readonly FileFound[] }>> {
  const named: FileFound[] = []
  for (const name of names) {
    const file = path.resolve(cwd, name)
    const found = await readOne(file, names.length === 1 ? path.basename(file) : slashed(name))
    if (!found.ok) return found
    named.push(found.value)
  }
  const taken = new Set(named.map(({ name }) => name))
  const beside: FileFound[] = []
  for (const [i, file] of named.entries()) {
    const folder = path.dirname(path.resolve(cwd, names[i] as string))
    for (const part of await partsOf(file, folder, { includes, taken })) beside.push(part)
  }
  return ok({ named, beside })
}

type Walk = { readonly includes: IncludesOf; readonly taken: Set<string> }

async function partsOf(model: FileFound, folder: string, { includes, taken }: Walk): Promise<readonly FileFound[]> {
  const parts: FileFound[] = []
  const open = [...includes(model.text)]
  for (let inside = open.pop(); inside !== undefined && taken.size < MOST; inside = open.pop()) {
    const name = before(model.name) + inside
    if (taken.has(name) || !isInside(folder, path.join(folder, inside))) continue
    taken.add(name)
    const found = await readOne(path.join(folder, inside), name)
    if (!found.ok) continue
    parts.push(found.value)
    open.push(...includes(found.value.text, true).map(deeper => before(inside ?? '') + deeper))
  }
  return parts
}

async function readOne(file: string, name: string): Promise<Result<FileFound>> {
  const stats = await stat(file).catch(() => undefined)
  if (!stats?.isFile())
    return refuse({
      code: 'file.missing',
      at: file,
      message: stats?.isDirectory() ? 'This is a folder, not a file.' : 'There is no such file.',
      cure: stats?.isDirectory() ? 'Name the files in it.' : 'Check the name.',
    })
  if (stats.size > JSON_LIMITS.length) return tooLarge(file, stats.size, JSON_LIMITS.length)
  const bytes = await readFile(file)
  return ok({ name, text: decodeModel(bytes), sha256: `sha256:${createHash('sha256').update(bytes).digest('hex')}` })
}

/** Whether a path leads to something in the folder, links followed; what is not there leads nowhere. */
function isInside(folder: string, file: string): boolean {
  try {
    const way = path.relative(realpathSync(folder), realpathSync(file))
    return way !== '' && !way.startsWith('..') && !path.isAbsolute(way)
  } catch {
    return false
  }
}

function before(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1)
}

function slashed(name: string): string {
  return name.replaceAll('\\', '/')
}
