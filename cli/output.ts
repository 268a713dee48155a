import { copyFile, link, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ok, type Result, refuse } from '../core/support/result.ts'
import { makeFolders, removeFolders } from '../host/node/make-folders.ts'

export type OutText = string | Iterable<string> | Uint8Array

/** Writes a file the person asked for, whole or not at all, piece by piece where it comes in pieces; answers its path. */
export async function writeOut(file: string, text: OutText): Promise<Result<string>> {
  const written = await writeAllOut([{ file, text }])
  return written.ok ? ok(file) : written
}

/**
 * Writes several files, all or none: what stood there before stands there again when one of them cannot be written, and neither
 * halves nor folders made for them are left. Only a power cut between two renames leaves some new and some old.
 */
export async function writeAllOut(
  files: readonly { readonly file: string; readonly text: OutText }[],
): Promise<Result<readonly string[]>> {
  const made: string[] = []
  const places: Place[] = []
  const leftovers = () => Promise.all(places.flatMap(({ half, old }) => [half, old]).map(one => rm(one, { force: true })))
  let at = ''
  try {
    for (const { file, text } of files) {
      at = file
      made.push(...makeFolders(path.dirname(file)))
      const place = await placeOf(file)
      if (place === undefined) await writeFile(file, bodyOf(text))
      else {
        places.push(place)
        await writeFile(place.half, bodyOf(text), { flag: 'wx', mode: place.mode })
      }
    }
    for (const [index, place] of places.entries()) {
      at = place.target
      try {
        // A single file needs no way back: it is there or not.
        if (places.length > 1 && place.isThere) await link(place.target, place.old).catch(() => copyFile(place.target, place.old))
        await rename(place.half, place.target)
      } catch (error) {
        for (const before of places.slice(0, index))
          await (before.isThere ? rename(before.old, before.target) : rm(before.target))
        throw error
      }
    }
    await leftovers()
    return ok(files.map(({ file }) => file))
  } catch (error) {
    await leftovers()
    removeFolders(made)
    return refuse({
      code: 'out.write',
      at,
      message: `The file could not be written: ${reasonOf(error)}.`,
      cure: 'Name a place that you may write to with --out; nothing was left behind.',
    })
  }
}

type Place = {
  /** The file itself, where the name is a link to it. */
  readonly target: string
  readonly isThere: boolean
  readonly mode: number
  /** Beside the file, under names that nobody else gives. */
  readonly half: string
  readonly old: string
}

let count = 0

/** Where to write before the name is given; none for a pipe or a device, which is written into and must stay what it is. */
async function placeOf(file: string): Promise<Place | undefined> {
  const found = await stat(file).catch(error => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (found?.isDirectory()) throw Object.assign(new Error(`EISDIR: ${file}`), { code: 'EISDIR' })
  if (found && !found.isFile()) return undefined
  const target = found ? await realpath(file) : file
  const name = `${target}.${process.pid}-${++count}`
  return {
    target,
    isThere: found !== undefined,
    mode: found ? found.mode & 0o777 : 0o666,
    half: `${name}.part`,
    old: `${name}.old`,
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'nothing can be written there',
  ENOENT: 'there is no such place, and none can be made',
  EEXIST: 'a file stands where a folder would have to be',
  ENOTDIR: 'a file stands where a folder would have to be',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (code === undefined) return error instanceof Error ? error.message : String(error)
  return REASONS[code] === undefined ? code : `${REASONS[code]} (${code})`
}

function bodyOf(text: OutText) {
  return typeof text === 'string' || text instanceof Uint8Array ? text : inChunks(text)
}

/** Characters that go to the disk at a time. */
const CHUNK = 64_000

/** Many small pieces as few larger ones: every write costs a call of the system. */
function* inChunks(pieces: Iterable<string>): Generator<string> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}
