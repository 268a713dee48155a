import { settingsOf } from '../../../core/model/lookup.ts'
import type { Design } from '../../../core/model/types.ts'
import type { Problem } from '../../../core/support/result.ts'
import { type HubLine, type HubLineTools, joinHub } from '../../../ydoc/hub-line.ts'
import type { SharedModel } from '../../../ydoc/shared-model.ts'
import type { TeamOptions } from './desk.ts'
import { type HubPlace, tokenOf } from './place.ts'
import { openSocket } from './socket.ts'

/** A line from a document to its hub, with this machine's clock, chance and sockets. */
export function connect({
  place,
  shared,
  options,
  ...rest
}: {
  readonly place: HubPlace
  readonly shared: SharedModel
  readonly options: TeamOptions | undefined
  readonly token?: string
} & Pick<HubLineTools, 'refusal' | 'waiting' | 'changed' | 'refused' | 'presence'>): HubLine {
  return joinHub({
    ...rest,
    shared,
    document: place.document,
    token: async () => {
      if (rest.token !== undefined) return rest.token
      const kept = await tokenOf(place)
      return kept.ok ? kept.value : ''
    },
    open: events => openSocket(place.address, events),
    random: options?.random ?? Math.random,
    after: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds)
      return () => clearTimeout(timer)
    },
    ...(options?.pace ? { pace: options.pace } : {}),
  })
}

/** Why what the hub has may not be merged into this design: it is another one, or the same one begun anew. */
export function differentDesign(mine: Design | undefined, theirs: Design): Problem | undefined {
  const [own, other] = [mine && settingsOf(mine), settingsOf(theirs)]
  if (!own || !other) return undefined
  if (own.designId !== other.designId)
    return {
      code: 'hub.otherDesign',
      severity: 'error',
      message: `The hub keeps another design under this address: “${other.name}”, not “${own.name}”.`,
      cure: 'Nothing was merged. Check the address, or join that design in a folder of its own: skeptic join URL DIR',
    }
  if (own.epoch !== other.epoch)
    return {
      code: 'hub.otherEpoch',
      severity: 'error',
      message: 'The design was begun anew on the hub, so what is known here does not continue it.',
      cure: 'Nothing was merged. Leave and join again: skeptic leave, then skeptic join. Your text files stay.',
    }
  return undefined
}
