import { byName, type Item } from '../reading/items.ts'
import { idOf, listOf, recordOf } from '../reading/json-fields.ts'
import { withoutOurs } from './ours.ts'
import type { Lists } from './read.ts'

const USE: ReadonlySet<string> = new Set(['threat', 'state', 'mitigations'])

/** Tells of a component or flow whether all it says of its threats becomes rows; what does not is kept as it was. */
export function wholeUses(lists: Lists): (item: Item) => boolean {
  const threats = byName(lists.threats)
  const mitigations = byName(lists.mitigations)
  const isMitigation = (value: unknown) => mitigations.has(idOf(recordOf(value)?.mitigation) ?? '')
  const isUse = (value: unknown) => {
    const given = recordOf(value)
    const use = given && withoutOurs(given).raw
    if (!use || !threats.has(idOf(use.threat) ?? '') || Object.keys(use).some(key => !USE.has(key))) return false
    return listOf(use.mitigations).every(isMitigation)
  }
  return ({ raw }) => Array.isArray(raw.threats) && raw.threats.every(isUse)
}
