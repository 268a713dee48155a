import { useSyncExternalStore } from 'react'

/** Whether the window is narrower than so many pixels. */
export function useNarrow(below: number): boolean {
  const query = `(max-width: ${below - 1}px)`
  return useSyncExternalStore(
    listener => {
      const media = matchMedia(query)
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}
