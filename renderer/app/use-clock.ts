import { useEffect } from 'react'
import { minuteOf, setSession, useSession } from '../state/session.ts'

/** Moves the session's minute on; what depends on time is derived again then, and only then. */
export function useClock(): void {
  useEffect(() => {
    const timer = setInterval(() => {
      const now = minuteOf(new Date())
      if (useSession.getState().now !== now) setSession({ now })
    }, 5000)
    return () => clearInterval(timer)
  }, [])
}
