import path from 'node:path'
import type { Disk, LogFile } from '../../../host/node/disk.ts'

type Write = { readonly at: number; readonly bytes: Uint8Array }
/** What a file holds for those who look now, and what of it a power cut cannot take. */
type Inode = { now: Uint8Array; durable: Uint8Array; pending: Write[] }
type Operation = (entries: Map<string, Inode>) => void

/** A disk in memory that knows what a power cut may take: writes not synced, whole or in blocks, and the last changes of a folder. */
export type MemoryDisk = {
  readonly disk: Disk
  /** What a power cut at this moment may leave, by chance; the disk itself goes on. */
  readonly cut: (random: () => number) => MemoryDisk
  /** After so many touches every further one fails, as for a process that is gone. */
  readonly endAfter: (touches: number) => void
  readonly touches: () => number
}

const BLOCK = 64

export function memoryDisk(from: ReadonlyMap<string, Uint8Array> = new Map()): MemoryDisk {
  const fresh = (bytes: Uint8Array): Inode => ({ now: bytes, durable: bytes, pending: [] })
  const entries = new Map([...from].map(([name, bytes]) => [name, fresh(bytes)]))
  const settled = new Map(entries)
  let operations: Operation[] = []
  let count = 0
  let last = Number.POSITIVE_INFINITY

  const touch = async (): Promise<void> => {
    if (++count > last) throw Object.assign(new Error('the process is gone'), { code: 'EGONE' })
    await Promise.resolve()
  }
  const change = (operation: Operation) => {
    operation(entries)
    operations.push(operation)
  }
  const nodeAt = (file: string): Inode => {
    const node = entries.get(file)
    if (!node) throw Object.assign(new Error(file), { code: 'ENOENT' })
    return node
  }
  const write = (node: Inode, bytes: Uint8Array, at: number) => {
    const copy = Uint8Array.from(bytes)
    node.now = placed(node.now, copy, at)
    node.pending.push({ at, bytes: copy })
  }
  const sync = (node: Inode) => {
    node.durable = node.now
    node.pending = []
  }
  const create = (file: string): Inode => {
    if (entries.has(file)) throw Object.assign(new Error(file), { code: 'EEXIST' })
    const node = fresh(new Uint8Array(0))
    change(all => void all.set(file, node))
    return node
  }
  const logOn = (node: Inode): LogFile => ({
    write: async (bytes, at) => {
      await touch()
      write(node, bytes, at)
    },
    sync: async () => {
      await touch()
      sync(node)
    },
    close: touch,
  })

  const disk: Disk = {
    list: folder =>
      [...entries.keys()]
        .filter(file => path.dirname(file) === folder)
        .map(file => ({ name: path.basename(file), kind: 'file' as const })),
    read: file => Buffer.from(nodeAt(file).now).toString('utf8'),
    readBytes: file => Uint8Array.from(nodeAt(file).now),
    modifiedAt: () => 0,
    create: async file => {
      await touch()
      const node = create(file)
      const log = logOn(node)
      return { write: content => log.write(Buffer.from(content as string), node.now.length), sync: log.sync, close: log.close }
    },
    openLog: async (file, how) => {
      await touch()
      return logOn(how === 'new' ? create(file) : nodeAt(file))
    },
    rename: async (from, to) => {
      await touch()
      const node = nodeAt(from)
      change(all => {
        all.delete(from)
        all.set(to, node)
      })
    },
    remove: async file => {
      await touch()
      nodeAt(file)
      change(all => void all.delete(file))
    },
    makeFolder: async () => true,
    syncFolder: async () => {
      await touch()
      for (const operation of operations) operation(settled)
      operations = []
    },
  }

  return {
    disk,
    touches: () => count,
    endAfter: touches => {
      last = touches
    },
    cut: random => {
      const left = new Map(settled)
      for (const operation of operations.slice(0, Math.floor(random() * (operations.length + 1)))) operation(left)
      return memoryDisk(new Map([...left].map(([name, node]) => [name, remains(node, random)])))
    },
  }
}

/** Of what was not synced, each write is there, is not, or is there in some of its blocks. */
function remains(node: Inode, random: () => number): Uint8Array {
  let bytes = node.durable
  for (const { at, bytes: written } of node.pending) {
    const fate = random()
    if (fate < 0.3) continue
    if (fate < 0.6) {
      bytes = placed(bytes, written, at)
      continue
    }
    for (let from = 0; from < written.length; from += BLOCK)
      if (random() < 0.6) bytes = placed(bytes, written.subarray(from, from + BLOCK), at + from)
  }
  return bytes
}

/** Bytes with others written over them at a place; what lies between reads as zeros. */
function placed(bytes: Uint8Array, written: Uint8Array, at: number): Uint8Array {
  const result = new Uint8Array(Math.max(bytes.length, at + written.length))
  result.set(bytes)
  result.set(written, at)
  return result
}
