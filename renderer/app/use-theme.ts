import { useEffect } from 'react'
import { useSession } from '../state/session.ts'

/** Puts the chosen theme on the page; without one the system decides. */
export function useTheme(): void {
  const theme = useSession(session => session.preferences.theme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
}
