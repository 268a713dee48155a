import { entityOf } from '../model/lookup.ts'
import { rowAt, rowsOf } from '../model/table.ts'
import type { Comment, Design } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { byText } from '../support/order.ts'
import { isMentioned } from './mentions.ts'

/** A first comment and what was answered, oldest first. */
export type Thread = {
  readonly first: Comment
  readonly replies: readonly Comment[]
  readonly isOpen: boolean
}

type Said = Pick<Design, 'comments'>

/** All threads, oldest first. An answer whose first comment a merge took away begins a thread of its own, so that nothing said is lost. */
export function threadsOf({ comments }: Said): readonly Thread[] {
  return grouped(comments)
}

const grouped = memoLast((comments: Design['comments']): readonly Thread[] => {
  const answers = new Map<string, Comment[]>()
  const firsts: Comment[] = []
  for (const row of rowsOf(comments).toSorted(byTime)) {
    const to = rowAt(comments, row.reply)
    // An answer to an answer is no thread of ours; what another program wrote is shown as one of its own.
    if (!to || to.reply !== undefined) firsts.push(row)
    else (answers.get(to.id) ?? newList(answers, to.id)).push(row)
  }
  return firsts.map(first => ({ first, replies: answers.get(first.id) ?? [], isOpen: first.resolved !== true }))
})

function newList(lists: Map<string, Comment[]>, id: string): Comment[] {
  const list: Comment[] = []
  lists.set(id, list)
  return list
}

/** The threads on one object, oldest first. */
export function threadsOn(design: Said, id: string): readonly Thread[] {
  return threadsOf(design).filter(({ first }) => first.anchor.id === id)
}

/** How many open threads each object has; objects without one are left out. */
export const openCounts = memoLast((comments: Design['comments']): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { first, isOpen } of grouped(comments))
    if (isOpen) counts.set(first.anchor.id, (counts.get(first.anchor.id) ?? 0) + 1)
  return counts
})

/** Whether what a thread is about is still in the design. Findings are computed and have no row; remarks on them stay with them. */
export function isAnchored(design: Design, { first }: Thread): boolean {
  return first.anchor.id.startsWith('N-') || entityOf(design, first.anchor.id) !== undefined
}

/** Why an open thread waits for a person: named in it, or answered in it, and silent since. */
export type Waiting = { readonly thread: Thread; readonly why: 'mention' | 'answer'; readonly last: Comment }

/**
 * Open threads that wait for a word of this person, the latest first. Derived from who said what when; nothing notes what was read,
 * so that a design is the same whoever looked at it. `people` are those known here, so that a name that begins another is not mistaken.
 */
export function waitingFor(design: Said, person: string, people: readonly string[]): readonly Waiting[] {
  return threadsOf(design)
    .flatMap((thread): readonly Waiting[] => {
      if (!thread.isOpen) return []
      const all = [thread.first, ...thread.replies]
      const spoke = all.findLastIndex(({ by }) => by === person)
      const since = all.slice(spoke + 1)
      const last = since.at(-1)
      if (!last) return []
      if (since.some(({ text }) => isMentioned(text, person, people))) return [{ thread, why: 'mention', last }]
      return spoke >= 0 ? [{ thread, why: 'answer', last }] : []
    })
    .toSorted((a, b) => byTime(b.last, a.last))
}

function byTime(a: Comment, b: Comment): number {
  return byText(a.at, b.at) || byText(a.id, b.id)
}
