import { entitiesOf, withoutProgress } from '../gate/slice.ts'
import type { SliceParts } from '../gate/slice-parts.ts'
import { counted, digestOf } from '../model/digest.ts'
import { rowAt } from '../model/table.ts'
import type { AnyRow, Design, Table } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'

/** Digests of the entities a prompt was made from, by id. */
type Entities = Readonly<Record<string, string>>

/** Every entity of a slice by its id, and the digest of what counts of it: two of these name what changed between them. */
export function entityDigests(design: Design, parts: SliceParts): Entities {
  const slice = withoutProgress(design, parts)
  return Object.fromEntries(
    entitiesOf(design, parts).map(([table, id]) => {
      const row = rowAt(slice[table] as Table<AnyRow>, id)
      return [id, digestOf(row ? counted(row) : null)]
    }),
  )
}

/** Which objects of the slice came, went or say something else since a prompt was issued, whether or not its words show it. */
export type SliceSince = {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
}

/** Compares what the ledger kept of an issued prompt with the slice of now; ids in order. */
export function sliceSince(before: Entities, now: Entities): SliceSince {
  const [were, are] = [new Set(idsOf(before)), new Set(idsOf(now))]
  return {
    added: [...are].filter(id => !were.has(id)).sort(byText),
    removed: [...were].filter(id => !are.has(id)).sort(byText),
    changed: [...are].filter(id => were.has(id) && before[id] !== now[id]).sort(byText),
  }
}
