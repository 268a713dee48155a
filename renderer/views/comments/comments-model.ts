import { isAnchored, type Thread, threadsOf, type Waiting } from '../../../core/comments/threads.ts'
import type { Design } from '../../../core/model/types.ts'
import type { CommentsShown } from '../../state/session.ts'

/** What the list of comments shows, and how much there is of each kind. */
export type Listed = {
  readonly threads: readonly Thread[]
  /** Of those: what is about objects that are not in the design any more. */
  readonly removed: readonly Thread[]
  readonly counts: Readonly<Record<CommentsShown, number>>
}

/** The threads to list: those that wait for the person as they come, the others with the latest first. */
export function listedOf(design: Design, waiting: readonly Waiting[], shown: CommentsShown): Listed {
  const all = threadsOf(design)
  const open = all.filter(({ isOpen }) => isOpen)
  const asked = shown === 'waiting' ? waiting.map(({ thread }) => thread) : (shown === 'open' ? open : all).toReversed()
  return {
    threads: asked.filter(thread => isAnchored(design, thread)),
    removed: asked.filter(thread => !isAnchored(design, thread)),
    counts: { waiting: waiting.length, open: open.length, all: all.length },
  }
}
