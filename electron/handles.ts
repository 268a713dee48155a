/** What a person chose a path for; a handle given for one use is worth nothing for another. */
export type Use = 'design'

/** Paths that a person chose in a dialog of the system. The page holds names for them that say nothing about where they lie. */
export type Handles = {
  readonly grant: (use: Use, path: string) => string
  readonly pathOf: (use: Use, handle: unknown) => string | undefined
}

const MOST = 64

/** `random` must give at least 128 bits as text; the oldest handles are forgotten once there are 64. */
export function newHandles(random: () => string): Handles {
  const granted = new Map<string, { readonly use: Use; readonly path: string }>()
  return {
    grant: (use, path) => {
      const handle = random()
      granted.set(handle, { use, path })
      for (const oldest of [...granted.keys()].slice(0, Math.max(0, granted.size - MOST))) granted.delete(oldest)
      return handle
    },
    pathOf: (use, handle) => {
      const found = typeof handle === 'string' ? granted.get(handle) : undefined
      return found?.use === use ? found.path : undefined
    },
  }
}
