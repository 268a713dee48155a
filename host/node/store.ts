import { existsSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Explain, type ParsedFolder, parseFolder } from '../../core/model/parse.ts'
import type { Design } from '../../core/model/types.ts'
import { changedFiles, folderOf } from '../../core/model/write.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { codeOf, type Disk, diskProblem, nodeDisk } from './disk.ts'
import { ATTRIBUTES_FILE, attributesAfter } from './git-settings.ts'
import { makeFolders, removeFolders } from './make-folders.ts'
import { isOlderText, READ_LIMITS, type ReadLimits, readFiles, readText, STAGED_FILE } from './read-files.ts'
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
  const texts = await readTexts(place.value, disk, limits)
  if (!texts.ok) return texts
  const quick = parseFolder(texts.value)
  const read = quick.ok || !quick.problems.some(saysTooLittle) ? quick : parseFolder(texts.value, await explain())
  return read.ok ? ok({ ...read.value, dir: place.value, texts: texts.value }) : read
}

/** The texts of a folder, also while another process brings it over to a newer format: never some of the old and some of the new. */
async function readTexts(dir: string, disk: Disk, limits: ReadLimits): Promise<Result<ReadonlyMap<string, string>>> {
  for (let round = 0; ; round++) {
    const before = formatState(dir, disk, limits)
    const texts = before.isStaged ? await stagedTexts(dir, disk) : readFiles(dir, disk, limits)
    const after = formatState(dir, disk, limits)
    const isStill = before.isStaged === after.isStaged && before.settings === after.settings
    if (texts && (isStill || round >= READ_ROUNDS)) return texts
  }
}

const READ_ROUNDS = 5

/** The last file that gets a newer format, and whether that is under way. */
function formatState(dir: string, disk: Disk, limits: ReadLimits) {
  const settings = readText(path.join(dir, 'skeptic.json'), disk, limits.bytes)
  return { isStaged: existsSync(path.join(dir, STAGED_FILE)), settings: settings.ok ? settings.value : undefined }
}

/** Nothing where what was staged has come into place meanwhile. */
async function stagedTexts(dir: string, disk: Disk): Promise<Result<ReadonlyMap<string, string>> | undefined> {
  const staged = (await import('./staged-format.ts')).readStaged(dir, disk)
  return staged.ok ? staged.value && ok(staged.value.texts) : staged
}

/** Makes the folder hold `after` where it held `before`; on any failure every file has its old or its new text. */
export async function writeChanges(
  dir: string,
  before: Design,
  after: Design,
  { disk = nodeDisk, known }: { readonly disk?: Disk; readonly known?: Known } = {},
): Promise<Result<Written>> {
  // Written row by row, it would hold two formats: a folder that is to be brought over is written by that alone.
  const { isStaged, settings } = formatState(dir, disk, READ_LIMITS)
  if (isStaged || isOlderText(settings)) return refuse(OLDER)
  return writeFiles(dir, changedFiles(before, after), known ? { disk, known } : { disk })
}

/** Makes a new design folder, and the folders around it; answers its files. Refuses one that holds anything. */
export async function createFolder(
  dir: string,
  design: Design,
  { disk = nodeDisk }: { readonly disk?: Disk } = {},
): Promise<Result<readonly string[]>> {
  let made: readonly string[] = []
  try {
    made = makeFolders(dir)
    if (disk.list(dir).length > 0)
      return refuse({
        code: 'folder.notEmpty',
        at: dir,
        message: 'The folder is not empty.',
        cure: 'Name an empty or new folder.',
      })
    await disk.syncFolder(path.dirname(path.resolve(dir)))
  } catch (error) {
    removeFolders(made)
    return { ok: false, problems: [diskProblem(error, dir, 'make')] }
  }
  const written = await writeFiles(dir, new Map([...ignoreFile(), ...attributes(), ...folderOf(design)]), { disk })
  if (written.ok) return ok(written.value.files.filter(file => !file.startsWith('.')))
  // it was empty a moment ago, so what lies there is ours; left behind, it would stand in the way of the next try
  for (const { name } of disk.list(dir)) await rm(path.join(dir, name), { recursive: true, force: true })
  removeFolders(made)
  return written
}

/** Makes the private folder of a design, which ignores itself for git. */
export async function makePrivateFolder(dir: string, disk: Disk): Promise<Result<string>> {
  const place = path.join(dir, PRIVATE)
  if (existsSync(path.join(place, '.gitignore'))) return ok(place)
  const written = await writeFiles(dir, new Map(ignoreFile()), { disk })
  return written.ok ? ok(place) : written
}

const OLDER = {
  code: 'format.older',
  at: 'skeptic.json',
  message: 'The design folder has an older format than this program writes; nothing was written.',
  cure: 'Close the design and open it again in a window: it is brought over then.',
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
