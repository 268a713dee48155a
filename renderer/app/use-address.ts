import { useEffect } from 'react'
import { navigate, useHashLocation } from 'wouter/use-hash-location'
import { setSession, useSession } from '../state/session.ts'
import { stepOf } from '../state/steps.ts'

/** Keeps the step and the address the same, so that back, forward and links work. */
export function useAddress(): void {
  const [address] = useHashLocation()
  useEffect(() => {
    const step = stepOf(address)
    if (address !== `/${step}`) navigate(`/${step}`, { replace: true })
    if (useSession.getState().step !== step) setSession({ step, selection: [] })
  }, [address])
}
