import { uuidOf } from '../writing/uuid.ts'

/** An id for a cell or threat: the one it had in a file of Threat Dragon if nothing else has it, else one computed from what it is. */
export type Claim = (original: string | undefined, ...seed: readonly string[]) => string

export function newClaims(designId: string): Claim {
  const used = new Set<string>()
  return (original, ...seed) => {
    const id = original !== undefined && original.length > 1 && !used.has(original) ? original : uuidOf(designId, ...seed)
    used.add(id)
    return id
  }
}
