import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, readFile, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { digestOfText } from '../../../core/model/digest.ts'
import { makeFolders } from '../make-folders.ts'

/** Where this person's own things lie, outside of every design: SKEPTIC_LOCAL, else the place the system has for it. */
export function localFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.SKEPTIC_LOCAL) return path.resolve(env.SKEPTIC_LOCAL)
  if (process.platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'), 'skeptic')
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'skeptic')
  return path.join(env.XDG_STATE_HOME || path.join(homedir(), '.local', 'state'), 'skeptic')
}

const KEY_BYTES = 32

/** The key of the fingerprints, made when it is first needed. Undefined where nothing can be kept: then findings go without. */
export async function localKey(folder: string = localFolder()): Promise<Uint8Array | undefined> {
  const file = path.join(folder, 'fingerprint.key')
  try {
    const kept = await readFile(file).catch(() => undefined)
    if (kept?.length === KEY_BYTES) return kept
    if (kept) return undefined // broken: another key would make the same value look like another
    await makeFolder(folder)
    await writeFile(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return undefined
  }
  const made = await readFile(file).catch(() => undefined)
  return made?.length === KEY_BYTES ? made : undefined
}

/** Which prompt of which design on this machine. */
export type PromptPlace = { readonly design: string; readonly workItem: string; readonly target: string }

/** Keeps what the placeholders of a prompt stand for, readable by this person alone; answers whether it could. */
export async function keepValues(
  place: PromptPlace,
  values: ReadonlyMap<string, string>,
  folder: string = localFolder(),
): Promise<boolean> {
  if (values.size === 0) return true
  const file = fileOf(place, folder)
  const half = `${file}.part`
  try {
    await makeFolder(folder)
    makeFolders(path.dirname(file), 0o700)
    await writeFile(half, `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`, { mode: 0o600 })
    await chmod(half, 0o600)
    await rename(half, file)
    return true
  } catch {
    return false
  }
}

/** What the placeholders of a prompt stand for; empty when nothing was kept here. */
export async function keptValues(place: PromptPlace, folder: string = localFolder()): Promise<ReadonlyMap<string, string>> {
  try {
    const kept: unknown = JSON.parse(await readFile(fileOf(place, folder), 'utf8'))
    const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : []
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  } catch {
    return new Map()
  }
}

/** The folder ignores itself for git, should somebody keep their home in a repository. */
async function makeFolder(folder: string): Promise<void> {
  makeFolders(folder, 0o700)
  const ignore = path.join(folder, '.gitignore')
  if (!existsSync(ignore)) await writeFile(ignore, '*\n')
}

function fileOf({ design, workItem, target }: PromptPlace, folder: string): string {
  const name = digestOfText(`${path.resolve(design)}\n${workItem}\n${target}`).slice(7, 39)
  return path.join(folder, 'values', `${name}.json`)
}
