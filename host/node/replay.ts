import type { Design } from '../../core/model/types.ts'
import { type SharedModel, shareModel } from '../../ydoc/shared-model.ts'
import { fitDesign } from './held.ts'
import type { Frame } from './journal/frames.ts'
import type { Recovered } from './journal/recover.ts'

/** A shared document as its log tells it. */
export type Replayed = {
  readonly shared: SharedModel
  /** What the text files held when they were last known to hold everything. */
  readonly base: Design
  /** What was about to be written since. */
  readonly pending: readonly Design[]
  /** The document as it was at the base, and the records after it: a new log begins with them. */
  readonly baseState: () => Uint8Array
  readonly since: readonly Frame[]
}

/** Plays a log back; undefined where the bytes are no document, as when another program wrote them. */
export function replay({ snapshot, frames }: Recovered): Replayed | undefined {
  const shared = shareModel()
  try {
    shared.load(snapshot)
    let base = fitDesign(shared, shared.read())
    let pending: readonly Design[] = []
    // The files were made equal to what was there at the mark before, not to what came while they were written.
    let [baseAt, lastAt] = [0, 0]
    frames.forEach(({ kind, content }, at) => {
      if (kind === 'update') shared.load(content)
      if (kind === 'projecting') {
        pending = [...pending, fitDesign(shared, base)]
        lastAt = at + 1
      }
      if (kind === 'projected') {
        base = pending.at(-1) ?? base
        pending = []
        baseAt = lastAt
      }
    })
    shared.read()
    const since = frames.slice(baseAt).filter(({ kind }) => kind !== 'snapshot')
    return { shared, base, pending, since, baseState: () => stateAt(snapshot, frames.slice(0, baseAt)) }
  } catch {
    shared.destroy()
    return undefined
  }
}

function stateAt(snapshot: Uint8Array, frames: readonly Frame[]): Uint8Array {
  const shared = shareModel()
  shared.load(snapshot)
  for (const { kind, content } of frames) if (kind === 'update') shared.load(content)
  const state = shared.state()
  shared.destroy()
  return state
}
