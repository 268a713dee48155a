import { rowsOf } from '../../core/model/table.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { AnyRow, Design, Table } from '../../core/model/types.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Present } from '../../ydoc/presence.ts'

/** A person the design names or whose window is open, with the ids of what they own. */
export type PersonItem = {
  readonly kind: 'person'
  /** The name, as it is written: the design knows nothing else of a person. */
  readonly id: string
  readonly text: string
  readonly owns: readonly string[]
  readonly isHere: boolean
}

/** Everybody who owns, does, agreed, decided or waived something, and who else is here; by name. */
export const personItems = memoLast((design: Design, here: readonly Present[]): readonly PersonItem[] => {
  const owned = new Map<string, string[]>()
  const known = (name: unknown) => {
    if (typeof name !== 'string' || name.trim() === '') return undefined
    const ids = owned.get(name) ?? []
    owned.set(name, ids)
    return ids
  }
  for (const table of TABLE_NAMES)
    for (const row of rowsOf(design[table] as Table<AnyRow>)) {
      const { owner, assignee, approver, by } = row as Readonly<Record<string, unknown>>
      for (const name of new Set([owner, assignee])) known(name)?.push(row.id)
      for (const name of [approver, by]) known(name)
    }
  for (const policy of rowsOf(design.policy)) for (const { by } of Object.values(policy.waivers ?? {})) known(by)
  const windows = new Set(here.map(one => one.person))
  for (const name of windows) known(name)
  return [...owned]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, owns]) => ({ kind: 'person', id: name, text: name, owns, isHere: windows.has(name) }))
})
