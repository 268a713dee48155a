/** Folders that a person chose in a dialog of the system. The page holds names for them that say nothing about where they lie. */
export type Handles = {
  readonly grant: (folder: string) => string
  readonly folderOf: (handle: unknown) => string | undefined
}

const MOST = 64

/** `random` must give at least 128 bits as text; the oldest handles are forgotten once there are 64. */
export function newHandles(random: () => string): Handles {
  const granted = new Map<string, string>()
  return {
    grant: folder => {
      const handle = random()
      granted.set(handle, folder)
      for (const oldest of [...granted.keys()].slice(0, Math.max(0, granted.size - MOST))) granted.delete(oldest)
      return handle
    },
    folderOf: handle => (typeof handle === 'string' ? granted.get(handle) : undefined),
  }
}
