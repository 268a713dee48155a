import { canonicalJson } from './canonical.ts'
import { same } from './diff.ts'
import type { Provenance } from './types.ts'

/**
 * Where a row came from, when both sides changed that; undefined is for people to decide. Its origin and who stood in for it are
 * merged apart. Of two imports the later one counts, with its note of what the file gave: the next import starts from that.
 */
export function mergeProvenance(base: Provenance | undefined, ours: Provenance, theirs: Provenance): Provenance | undefined {
  const [origin, stand] = [merged(base, ours, theirs, originOf, laterImport), merged(base, ours, theirs, confirmationOf)]
  return origin && stand && ({ ...origin, ...stand } as Provenance)
}

type Part = Partial<Provenance>

function merged(
  base: Provenance | undefined,
  ours: Provenance,
  theirs: Provenance,
  partOf: (provenance: Provenance) => Part,
  decide: (ours: Part, theirs: Part) => Part | undefined = () => undefined,
): Part | undefined {
  const [before, mine, their] = [base && partOf(base), partOf(ours), partOf(theirs)]
  if (same(mine, their) || same(before, their)) return mine
  return same(before, mine) ? their : decide(mine, their)
}

function confirmationOf({ confirmedBy, confirmedAt }: Provenance): Part {
  return { ...(confirmedBy === undefined ? {} : { confirmedBy }), ...(confirmedAt === undefined ? {} : { confirmedAt }) }
}

function originOf({ confirmedBy: _by, confirmedAt: _at, ...origin }: Provenance): Part {
  return origin
}

/** At the same instant the text decides, so that both directions of a merge agree. */
function laterImport(ours: Part, theirs: Part): Part | undefined {
  if (ours.kind !== 'import' || theirs.kind !== 'import') return undefined
  const [a, b] = [ours, theirs].map(part => Date.parse(part.at ?? ''))
  if (a !== b) return (a ?? 0) > (b ?? 0) ? ours : theirs
  return canonicalJson(ours) > canonicalJson(theirs) ? ours : theirs
}
