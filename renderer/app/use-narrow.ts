import { useEffect, useSyncExternalStore } from 'react'
import { setSession, useSession } from '../state/session.ts'

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

/** A window that became narrow while another step was in view shows the model as outline first; what is in view stays as it is. */
export function useOutlineFirst(isSmall: boolean): void {
  useEffect(() => {
    const { step, modelView } = useSession.getState()
    if (isSmall && step !== 'model' && modelView === 'canvas') setSession({ modelView: 'outline' })
  }, [isSmall])
}
