import { existsSync } from 'node:fs'
import path from 'node:path'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { type Disk, nodeDisk } from './disk.ts'
import { openRepository } from './git.ts'
import { git } from './git-run.ts'
import { readText } from './read-files.ts'
import { writeFiles } from './write-files.ts'

/** The file of a design folder that tells git how to merge it. */
export const ATTRIBUTES_FILE = '.gitattributes'

/** Without the driver git merges these as it merges any text; evidence is bound by digests, so no byte of it may be converted. */
const ATTRIBUTES = [
  '# Merged field by field where git knows the driver: skeptic init --git',
  '*.json merge=skeptic text eol=lf',
  'evidence/** -text !eol !merge',
]

const NAME = 'Skeptic, field by field'
/** A merge must never fetch a program: where none is installed the driver fails, and git leaves the path unmerged. */
export const DRIVER = 'npx --no-install skeptic merge %O %A %B --path %P'

/** The same as a person would type it. */
export const DRIVER_COMMAND = `git config merge.skeptic.driver '${DRIVER}'`

/** The attributes for a design folder, after whatever stands there; undefined when nothing is missing. */
export function attributesAfter(present: string): string | undefined {
  const lines = present.split(/\r?\n/).map(line => line.trim())
  const missing = ATTRIBUTES.filter(
    line => !lines.includes(line) && !(line.startsWith('#') && lines.includes(ATTRIBUTES[1] ?? '')),
  )
  if (missing.length === 0) return undefined
  const before = present === '' || present.endsWith('\n') ? present : `${present}\n`
  return `${before}${missing.join('\n')}\n`
}

/** Gives a design folder the attributes that it lacks; answers whether any were. */
export async function addAttributes(design: string, disk: Disk = nodeDisk): Promise<Result<boolean>> {
  const file = path.join(design, ATTRIBUTES_FILE)
  const present = existsSync(file) ? readText(file, disk, MOST_BYTES) : ok('')
  if (!present.ok) return present
  const text = attributesAfter(present.value)
  if (text === undefined) return ok(false)
  const written = await writeFiles(design, new Map([[ATTRIBUTES_FILE, text]]), { disk })
  return written.ok ? ok(true) : written
}

const MOST_BYTES = 1024 * 1024

/** Refuses a place that lies in no repository, although it need not be there yet. */
export async function inRepository(place: string): Promise<Result<string>> {
  let folder = path.resolve(place)
  while (!existsSync(folder) && path.dirname(folder) !== folder) folder = path.dirname(folder)
  const opened = await openRepository(folder)
  if (opened.kind === 'repository') return ok(folder)
  const isNone = opened.why === 'noRepository'
  return refuse({
    code: `git.${opened.why}`,
    at: place,
    message: isNone ? 'This is in no git repository.' : `git cannot be used here: ${opened.message}`,
    cure: isNone ? 'Make one first with: git init' : 'Set git right, then try again.',
  })
}

/** `other`: somebody set a driver of their own, and it was left as it is. */
export type DriverState = 'set' | 'present' | 'other'

/** Makes this program the merge driver of the repository around a folder, in its own configuration and nobody else's. */
export async function setDriver(folder: string): Promise<Result<DriverState>> {
  const asked = await git(folder, ['config', '--local', '--get', 'merge.skeptic.driver'])
  const present = asked?.out.toString().trim() ?? ''
  if (present !== '') return ok(present === DRIVER ? 'present' : 'other')
  for (const [key, value] of [
    ['merge.skeptic.name', NAME],
    ['merge.skeptic.driver', DRIVER],
  ] as const) {
    const done = await git(folder, ['config', '--local', key, value])
    if (done?.code !== 0)
      return refuse({
        code: 'git.config',
        at: folder,
        message: `git did not take the setting: ${done?.error.trim() || 'it could not be started'}.`,
        cure: `Set it yourself: ${DRIVER_COMMAND}`,
      })
  }
  return ok('set')
}
