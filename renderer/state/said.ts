import { useMemo, useSyncExternalStore } from 'react'
import { peopleOf } from '../../core/comments/mentions.ts'
import { openCounts, type Waiting, waitingFor } from '../../core/comments/threads.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { memoLast } from '../../core/support/memo.ts'
import { useSession } from './session.ts'
import { useDesign, useWorkbench } from './workbench.ts'

/** The people who can be named: those the design knows, those who are here, and oneself, ordered. */
export function usePeople(): readonly string[] {
  const design = useDesign()
  const here = useHere()
  return useMemo(() => together(peopleOf(design), here), [design, here])
}

/** How many open threads an object has; drawn again only when that number changes. */
export function useOpenComments(id: string): number {
  const { shared } = useWorkbench()
  return useSyncExternalStore(shared.subscribe, () => openCounts(shared.read().comments).get(id) ?? 0)
}

/** The threads that wait for a word of this person, the latest first; the same list while nothing is said. */
export function useWaiting(): readonly Waiting[] {
  const { shared } = useWorkbench()
  const person = useSession(session => session.preferences.person)
  const here = useHere()
  return useSyncExternalStore(shared.subscribe, () => waitingHere(shared.read().comments, person, here))
}

const waitingHere = memoLast((comments: Design['comments'], person: string, here: string) => {
  const authors = rowsOf(comments).map(({ by }) => by)
  return waitingFor({ comments }, person, together(authors, here))
})

/** Who is here, as one text, so that it is the same while nobody comes or goes. */
function useHere(): string {
  return useSession(({ others, preferences }) => [preferences.person, ...others.map(({ person }) => person)].join('\n'))
}

function together(people: readonly string[], here: string): readonly string[] {
  return [...new Set([...people, ...here.split('\n')])].filter(Boolean).sort((a, b) => a.localeCompare(b))
}
