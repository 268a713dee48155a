import { applyChanges, type Change } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import { AT, TRANSFERS } from '../gate/transfers.ts'

const provenance = { kind: 'human', at: AT, by: 'architect' } as const
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** So many threats, each with its own mitigation, at a place. */
function answered(place: string, count: number): readonly Change[] {
  const links = place.startsWith('F-') ? { flows: { [place]: true as const } } : { elements: { [place]: true as const } }
  return Array.from({ length: count }, (_, n) => {
    const key = `${place.slice(2, 5)}${DIGITS[n >> 5]}${DIGITS[n & 31]}`
    const threat = { id: `T-${key}`, statement: `Threat ${n} at ${place}.`, categories: { tampering: true as const }, ...links }
    const mitigation = {
      id: `M-${key}`,
      statement: `The Transfer API shall answer ${n}.`,
      threats: { [threat.id]: true as const },
      checks: { seen: { statement: `The answer to ${n} is seen.` } },
    }
    return [
      { kind: 'put', table: 'threats', row: { ...threat, provenance } },
      { kind: 'put', table: 'mitigations', row: { ...mitigation, status: 'planned', provenance } },
    ] satisfies readonly Change[]
  }).flat()
}

/** The transfers with so many more answered threats at these places: a work item too large for one prompt. */
export function withThreats(at: Readonly<Record<string, number>>): Design {
  return applyChanges(
    TRANSFERS,
    Object.entries(at).flatMap(([place, count]) => answered(place, count)),
  )
}
