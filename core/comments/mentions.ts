import { rowsOf } from '../model/table.ts'
import type { Design } from '../model/types.ts'
import { byText } from '../support/order.ts'

/**
 * Whether a text names a person, as `@Name`: whole, not as the beginning of a longer word, not inside an address, and not as the
 * beginning of another one of these people's names.
 */
export function isMentioned(text: string, person: string, people: readonly string[] = []): boolean {
  if (person === '' || !text.includes(`@${person}`)) return false
  return mentionsIn(text, [...people, person]).some(stretch => stretch.person === person)
}

/** A stretch of a text; with a person where it names one. */
export type Stretch = { readonly text: string; readonly person?: string }

/** A text cut where it names one of these people; of two names that begin alike the longer counts. */
export function mentionsIn(text: string, people: readonly string[]): readonly Stretch[] {
  const longest = people.filter(name => name !== '').toSorted((a, b) => b.length - a.length || byText(a, b))
  const taken: { readonly at: number; readonly end: number; readonly person: string }[] = []
  for (const person of longest)
    for (const at of placesOf(text, person)) {
      const end = at + 1 + person.length
      if (!taken.some(one => at < one.end && one.at < end)) taken.push({ at, end, person })
    }
  const stretches: Stretch[] = []
  let from = 0
  for (const { at, end, person } of taken.sort((a, b) => a.at - b.at)) {
    if (at > from) stretches.push({ text: text.slice(from, at) })
    stretches.push({ text: text.slice(at, end), person })
    from = end
  }
  if (from < text.length) stretches.push({ text: text.slice(from) })
  return stretches
}

/** Fields that hold the name of somebody who is answerable for a row or wrote it. */
const PERSON_FIELDS = ['by', 'owner', 'approver', 'assignee', 'approvedBy', 'resolvedBy'] as const

/** People the design names: owners, approvers, assignees and authors, ordered. Who is here now is added by whoever knows it. */
export function peopleOf(design: Design): readonly string[] {
  const people = new Set<string>()
  const tables = [
    'requirements',
    'assumptions',
    'triage',
    'threats',
    'mitigations',
    'acceptances',
    'workItems',
    'comments',
  ] as const
  for (const table of tables)
    for (const row of rowsOf<{ readonly id: string }>(design[table])) {
      for (const field of PERSON_FIELDS) note((row as Readonly<Record<string, unknown>>)[field])
      const { provenance } = row as { readonly provenance?: { readonly kind?: string; readonly by?: string } }
      if (provenance?.kind === 'human') note(provenance.by)
    }
  return [...people].sort(byText)

  function note(name: unknown): void {
    if (typeof name === 'string' && NAME.test(name)) people.add(name)
  }
}

/** A name on one line, short enough to be one. */
const NAME = /^\S.{0,79}$/u

/** The name being typed before the caret, from its @ on; nothing when none is, or when a word of it has just ended. */
export function mentionAt(text: string, caret: number): { readonly at: number; readonly typed: string } | undefined {
  const found = /(?:^|[^\p{L}\p{N}_@.])@([^@\n]{0,40})$/u.exec(text.slice(0, caret))
  const typed = found?.[1]
  return typed === undefined || typed.endsWith(' ') ? undefined : { at: caret - typed.length - 1, typed }
}

/** The people a typed beginning may mean: those whose name or a later word of it begins so. At most eight. */
export function peopleLike(people: readonly string[], typed: string): readonly string[] {
  const asked = typed.toLowerCase()
  return people
    .filter(name => {
      const low = name.toLowerCase()
      return low !== asked && (low.startsWith(asked) || (asked !== '' && low.includes(` ${asked}`)))
    })
    .slice(0, 8)
}

function placesOf(text: string, person: string): readonly number[] {
  const places: number[] = []
  const asked = `@${person}`
  for (let at = text.indexOf(asked); at >= 0; at = text.indexOf(asked, at + 1)) {
    const before = text.slice(0, at)
    const after = text.slice(at + asked.length)
    if (!/[\p{L}\p{N}_.]$/u.test(before.slice(-2)) && !/^[\p{L}\p{N}_]/u.test(after.slice(0, 2))) places.push(at)
  }
  return places
}
