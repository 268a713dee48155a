import type { Disk, LogFile, NewFile } from '../../host/node/disk.ts'

export type Fault = { readonly at: number; readonly code: string }

/** A disk whose n-th touch fails; `touches` says how many there were. Writing fails half-way, as a full disk does. */
export function faultyDisk(disk: Disk, fault?: Fault): { readonly disk: Disk; readonly touches: () => number } {
  let count = 0
  const strike = (): Error | undefined =>
    ++count === fault?.at ? Object.assign(new Error(fault.code), { code: fault.code }) : undefined
  const guard = <T>(work: () => Promise<T>): Promise<T> => {
    const error = strike()
    return error ? Promise.reject(error) : work()
  }
  const guardFile = (file: NewFile): NewFile => ({
    write: async text => {
      const error = strike()
      await file.write(error ? text.slice(0, Math.floor(text.length / 2)) : text)
      if (error) throw error
    },
    sync: () => guard(file.sync),
    close: async () => {
      const error = strike()
      await file.close()
      if (error) throw error
    },
  })
  const guardLog = (log: LogFile): LogFile => ({
    write: async (bytes, at) => {
      const error = strike()
      await log.write(error ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes, at)
      if (error) throw error
    },
    sync: () => guard(log.sync),
    close: log.close,
  })
  return {
    touches: () => count,
    disk: {
      ...disk,
      create: file => guard(async () => guardFile(await disk.create(file))),
      openLog: (file, how) => guard(async () => guardLog(await disk.openLog(file, how))),
      rename: (from, to) => guard(() => disk.rename(from, to)),
      remove: file => guard(() => disk.remove(file)),
      makeFolder: folder => guard(() => disk.makeFolder(folder)),
      syncFolder: folder => guard(() => disk.syncFolder(folder)),
    },
  }
}
