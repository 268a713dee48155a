import { type FSWatcher, watch } from 'node:fs'
import path from 'node:path'
import { TABLE_NAMES, TABLES } from '../../core/model/tables.ts'
import type { Disk } from './disk.ts'
import { isDesignFile, READ_LIMITS } from './read-files.ts'
import type { Known } from './write-files.ts'

export type WatchTools = {
  readonly dir: string
  readonly disk: Disk
  /** Text of each file as it was last read or written here. */
  readonly known: Known
  /** Whether something is waited for, so that a file put back as it was is worth telling. */
  readonly isWaiting: () => boolean
  /** Somebody else changed a file. */
  readonly onChange: () => void
  /** Milliseconds of quiet before it is told, so that a whole checkout comes as one. */
  readonly settle?: number
  /** Milliseconds between looks at the times of all files, for disks that tell nothing, as network shares do. */
  readonly poll: number
}

const FOLDERS = ['', ...TABLE_NAMES.flatMap(name => TABLES[name].folder ?? [])]

/** Watches the text files of a design; own writes are known and told to nobody. Answers how to stop. */
export function watchFolder({ dir, disk, known, isWaiting, onChange, settle = 200, poll }: WatchTools): () => void {
  const watchers = new Map<string, FSWatcher>()
  let suspects: Set<string> | 'all' = new Set()
  let timer: NodeJS.Timeout | undefined
  let times = timesIn(dir, disk)

  function look(): void {
    timer = undefined
    const names = suspects
    suspects = new Set()
    for (const folder of FOLDERS) watchOne(folder)
    if (names === 'all' || isWaiting() || [...names].some(name => textNow(name) !== known.get(name))) onChange()
  }

  function textNow(name: string): string | undefined {
    try {
      return disk.read(path.join(dir, name), READ_LIMITS.bytes)
    } catch {
      return undefined
    }
  }

  function suspect(name: string | 'all'): void {
    if (name === 'all') suspects = 'all'
    else if (suspects !== 'all') suspects.add(name)
    clearTimeout(timer)
    timer = setTimeout(look, settle)
    timer.unref()
  }

  /** A folder that is made later is watched from then on. */
  function watchOne(folder: string): void {
    if (watchers.has(folder)) return
    try {
      const watcher = watch(path.join(dir, folder), { persistent: false }, (_, file) => {
        if (file === null) return suspect('all')
        const name = folder === '' ? file : `${folder}/${file}`
        if (isDesignFile(name) || FOLDERS.includes(name)) suspect(isDesignFile(name) ? name : 'all')
      })
      watcher.on('error', () => {
        watcher.close()
        watchers.delete(folder)
      })
      watchers.set(folder, watcher)
    } catch {
      // Not there yet, or the system watches no more folders: the slow look finds it.
    }
  }

  function lookAtTimes(): void {
    const now = timesIn(dir, disk)
    for (const [name, at] of now) if (times.get(name) !== at) suspect(name)
    for (const name of times.keys()) if (!now.has(name)) suspect(name)
    times = now
  }

  for (const folder of FOLDERS) watchOne(folder)
  const pulse = setInterval(lookAtTimes, poll)
  pulse.unref()
  return () => {
    clearTimeout(timer)
    clearInterval(pulse)
    for (const watcher of watchers.values()) watcher.close()
  }
}

function timesIn(dir: string, disk: Disk): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const folder of FOLDERS)
    try {
      for (const { name } of disk.list(path.join(dir, folder))) {
        const file = folder === '' ? name : `${folder}/${name}`
        if (isDesignFile(file)) times.set(file, disk.modifiedAt(path.join(dir, file)))
      }
    } catch {
      // not there, or vanished between the two looks
    }
  return times
}
