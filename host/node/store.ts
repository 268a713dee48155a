import { existsSync, realpathSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Explain, type ParsedFolder, parseFolder } from '../../core/model/parse.ts'
import type { Design } from '../../core/model/types.ts'
import { changedFiles, folderOf } from '../../core/model/write.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { codeOf, type Disk, diskProblem, nodeDisk } from './disk.ts'
import { ATTRIBUTES_FILE, attributesAfter } from './git-settings.ts'
import { READ_LIMITS, type ReadLimits, readFiles } from './read-files.ts'
import { type Known, type Written, writeFiles } from './write-files.ts'

export type OpenFolder = ParsedFolder & {
  /** The folder with every link on the way to it followed. */
  readonly dir: string
  /** The texts the design was read from, by path. */
  readonly texts: ReadonlyMap<string, string>
}

/** What git must not see: the lock, and later the log of edits. */
const PRIVATE = '.skeptic'

/** The nearest folder upward that holds skeptic.json, itself or in its child threat-model. */
export function findDesign(from: string): string | undefined {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    for (const place of [folder, path.join(folder, 'threat-model')])
      if (existsSync(path.join(place, 'skeptic.json'))) return place
    if (path.dirname(folder) === folder) return undefined
  }
}

/** Reads a design folder; one broken file refuses the whole, with its place and reason. Writes nothing. */
export async function openFolder(
  dir: string,
  { disk = nodeDisk, limits = READ_LIMITS }: { readonly disk?: Disk; readonly limits?: ReadLimits } = {},
): Promise<Result<OpenFolder>> {
  const place = realPath(dir)
  if (!place.ok) return place
  const texts = readFiles(place.value, disk, limits)
  if (!texts.ok) return texts
  const quick = parseFolder(texts.value)
  const read = quick.ok || !quick.problems.some(saysTooLittle) ? quick : parseFolder(texts.value, await explain())
  return read.ok ? ok({ ...read.value, dir: place.value, texts: texts.value }) : read
}

/** Makes the folder hold `after` where it held `before`; on any failure every file has its old or its new text. */
export function writeChanges(
  dir: string,
  before: Design,
  after: Design,
  { disk = nodeDisk, known }: { readonly disk?: Disk; readonly known?: Known } = {},
): Promise<Result<Written>> {
  return writeFiles(dir, changedFiles(before, after), known ? { disk, known } : { disk })
}

/** Makes a new design folder, and the folders around it; answers its files. Refuses one that holds anything. */
export async function createFolder(
  dir: string,
  design: Design,
  { disk = nodeDisk }: { readonly disk?: Disk } = {},
): Promise<Result<readonly string[]>> {
  try {
    await mkdir(dir, { recursive: true })
    if (disk.list(dir).length > 0)
      return refuse({
        code: 'folder.notEmpty',
        at: dir,
        message: 'The folder is not empty.',
        cure: 'Name an empty or new folder.',
      })
    await disk.syncFolder(path.dirname(path.resolve(dir)))
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, dir, 'make')] }
  }
  const written = await writeFiles(dir, new Map([...ignoreFile(), ...attributes(), ...folderOf(design)]), { disk })
  if (written.ok) return ok(written.value.files.filter(file => !file.startsWith('.')))
  // it was empty a moment ago, so what lies there is ours; left behind, it would stand in the way of the next try
  for (const { name } of disk.list(dir)) await rm(path.join(dir, name), { recursive: true, force: true })
  return written
}

/** Makes the private folder of a design, which ignores itself for git. */
export async function makePrivateFolder(dir: string, disk: Disk): Promise<Result<string>> {
  const place = path.join(dir, PRIVATE)
  if (existsSync(path.join(place, '.gitignore'))) return ok(place)
  const written = await writeFiles(dir, new Map(ignoreFile()), { disk })
  return written.ok ? ok(place) : written
}

function attributes(): [string, string][] {
  return [[ATTRIBUTES_FILE, attributesAfter('') ?? '']]
}

function ignoreFile(): [string, string][] {
  return [[`${PRIVATE}/.gitignore`, '*\n']]
}

/** The folder with every link on the way to it followed. */
export function realPath(dir: string): Result<string> {
  try {
    return ok(realpathSync(dir))
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return { ok: false, problems: [diskProblem(error, dir, 'open')] }
    return refuse({ code: 'folder.missing', at: dir, message: 'There is no such folder.', cure: 'Check the name.' })
  }
}

function saysTooLittle({ code }: { readonly code: string }): boolean {
  return code === 'schema.invalid'
}

/** The explaining validators weigh more than all else; they are loaded only when something is wrong. */
async function explain(): Promise<Explain> {
  return (await import('../../core/model/explain.ts')).explainRow
}
