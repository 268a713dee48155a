import { useEffect } from 'react'
import { navigate, useHashLocation } from 'wouter/use-hash-location'
import { placeIn, restorePlace } from '../state/places.ts'
import { setSession, useSession } from '../state/session.ts'
import { firstStep, stepOf } from '../state/steps.ts'
import type { Workbench } from '../state/workbench.ts'

/** Before anything is drawn: an address without a place leads to where this person begins. */
export function settleAddress({ shared }: Pick<Workbench, 'shared'>): void {
  const isNowhere = /^#?\/?$/.test(location.hash)
  const step = isNowhere ? firstStep(shared.read(), useSession.getState().preferences.role) : stepOf(location.hash)
  if (isNowhere) navigate(`/${step}`, { replace: true })
  setSession({ step })
}

/** Keeps the step and the address the same, so that back, forward and links work, and a place left is found as it was. */
export function useAddress(): void {
  const [address] = useHashLocation()
  useEffect(() => {
    const step = stepOf(address)
    if (address !== `/${step}`) navigate(`/${step}`, { replace: true })
    if (useSession.getState().step !== step) setSession({ step, selection: [] })
  }, [address])
  useEffect(() => {
    function onPopState(event: PopStateEvent) {
      const place = placeIn(event.state)
      if (!place) return
      setSession({ step: stepOf(location.hash), selection: place.selection, absence: undefined })
      requestAnimationFrame(() => requestAnimationFrame(() => restorePlace(place)))
    }
    addEventListener('popstate', onPopState)
    return () => removeEventListener('popstate', onPopState)
  }, [])
}
