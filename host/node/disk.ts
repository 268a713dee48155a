import { isUtf8 } from 'node:buffer'
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { mkdir, open, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '../../core/support/result.ts'

export type DiskEntry = { readonly name: string; readonly kind: 'file' | 'folder' | 'link' | 'other' }

/** A file being written; nobody sees it under its final name yet. */
export type NewFile = {
  readonly write: (content: string | Uint8Array) => Promise<void>
  /** Returns once the content would survive a power cut. */
  readonly sync: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A file that grows at its end, by whoever knows where that is. */
export type LogFile = {
  /** All of the bytes at that place, or an error; then some of them may stand there. */
  readonly write: (bytes: Uint8Array, at: number) => Promise<void>
  /** Returns once what was written would survive a power cut. */
  readonly sync: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Every touch of the disk a design needs, so that a test can let any one of them fail. All throw Node's error codes. */
export type Disk = {
  /** Synchronous like `read`: thousands of small files are read several times faster so. */
  readonly list: (folder: string) => readonly DiskEntry[]
  /** Text of a regular file of at most `limit` bytes; throws EFBIG with its `size`, ENOTTEXT when it is no UTF-8. */
  readonly read: (file: string, limit: number) => string
  /** Bytes of a regular file of at most `limit` bytes. */
  readonly readBytes: (file: string, limit: number) => Uint8Array
  readonly modifiedAt: (file: string) => number
  /** A file that must not exist yet; never follows a link. */
  readonly create: (file: string) => Promise<NewFile>
  /** A log to write to, new or as it stands; never follows a link. */
  readonly openLog: (file: string, how: 'new' | 'existing') => Promise<LogFile>
  readonly rename: (from: string, to: string) => Promise<void>
  readonly remove: (file: string) => Promise<void>
  /** One folder; answers whether it had to be made. */
  readonly makeFolder: (folder: string) => Promise<boolean>
  /** Makes renames and removals in the folder survive a power cut. */
  readonly syncFolder: (folder: string) => Promise<void>
}

export const nodeDisk: Disk = {
  list: folder =>
    readdirSync(folder, { withFileTypes: true }).map(entry => ({
      name: entry.name,
      kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other',
    })),
  read: readBounded,
  readBytes: (file, limit) => {
    const handle = openSync(file, READ_FLAGS)
    try {
      return readLarge(handle, limit)
    } finally {
      closeSync(handle)
    }
  },
  modifiedAt: file => lstatSync(file).mtimeMs,
  create: async file => {
    const handle = await open(file, 'wx')
    return { write: content => handle.writeFile(content), sync: () => handle.sync(), close: () => handle.close() }
  },
  openLog: async (file, how) => {
    const handle = await open(
      file,
      constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) | (how === 'new' ? constants.O_CREAT | constants.O_EXCL : 0),
      0o600,
    )
    return {
      write: async (bytes, at) => {
        for (let done = 0; done < bytes.length; )
          done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
      },
      sync: () => handle.datasync(),
      close: () => handle.close(),
    }
  },
  rename,
  remove: unlink,
  makeFolder: async folder => {
    try {
      await mkdir(folder)
      return true
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    }
  },
  syncFolder: async folder => {
    if (process.platform === 'win32') return // Windows cannot open a folder for this; its renames are journalled
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
}

/** Opened without following a link and without waiting for a pipe's other end. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Most files of a design fit; one read into it is all they take. */
const SMALL = Buffer.allocUnsafe(64 * 1024)

function readBounded(file: string, limit: number): string {
  const handle = openSync(file, READ_FLAGS)
  try {
    const length = readSync(handle, SMALL, 0, SMALL.length, 0)
    return textOf(length < SMALL.length && length <= limit ? SMALL.subarray(0, length) : readLarge(handle, limit))
  } finally {
    closeSync(handle)
  }
}

function readLarge(handle: number, limit: number): Buffer {
  const stats = fstatSync(handle)
  if (!stats.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'ENOTFILE' })
  if (stats.size > limit) throw Object.assign(new Error('too large'), { code: 'EFBIG', size: stats.size })
  const bytes = Buffer.allocUnsafe(stats.size)
  let length = 0
  for (let read = -1; read !== 0 && length < bytes.length; length += read)
    read = readSync(handle, bytes, length, bytes.length - length, length)
  return bytes.subarray(0, length)
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw Object.assign(new Error('not UTF-8'), { code: 'ENOTTEXT' })
  return bytes.toString('utf8')
}

/** Code of a Node error, as ENOSPC. */
export function codeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | undefined)?.code
  return typeof code === 'string' ? code : 'UNKNOWN'
}

/** What a failed touch of the disk means to a person. `doing` is a verb, as "write" or "read". */
export function diskProblem(error: unknown, file: string, doing: string): Problem {
  const code = codeOf(error)
  const [kind, reason, cure] = REASONS[code] ?? ['error', `the system answered ${code}`, 'Check the disk, then try again.']
  const at = path.normalize(file)
  return { code: `disk.${kind}`, severity: 'error', at, message: `Could not ${doing} ${path.basename(at)}: ${reason}.`, cure }
}

const FULL = ['full', 'the disk is full', 'Free some space, then save again.'] as const
const DENIED = ['denied', 'this is not allowed to you', 'Give yourself the right to it, or copy the design elsewhere.'] as const
const REASONS: Readonly<Record<string, readonly [string, string, string]>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: ['readOnly', 'the disk is read-only', 'Copy the design to a disk that can be written.'],
  EIO: ['failing', 'the disk does not answer properly', 'Copy the design to another disk now.'],
  ENOENT: ['missing', 'it is not there', 'Check the name, or restore it from version control.'],
  ENOTDIR: ['notFolder', 'a folder is expected there', 'Check the name.'],
  EISDIR: ['folder', 'a folder is in its place', 'Move the folder away.'],
  ENOTFILE: ['notFile', 'it is no regular file', 'Remove it; a design holds only plain files.'],
  ELOOP: ['link', 'it is a symbolic link', 'Replace the link by the file it names.'],
  EFBIG: ['large', 'it is too large', 'Check that it is the right file.'],
  EMFILE: ['busy', 'too many files are open', 'Close other programs, then try again.'],
  ENAMETOOLONG: ['name', 'its path is too long', 'Move the design to a shorter path.'],
}
