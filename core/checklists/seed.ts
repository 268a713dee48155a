import type { Slice } from '../gate/slice.ts'
import { sliceDigest } from '../model/digest.ts'
import { computedId } from '../model/identity.ts'
import { policyOf } from '../model/lookup.ts'
import type { Check, ControlPack, Design, Expression, TableName } from '../model/types.ts'

/** What the derivations read. */
export type Ground = { readonly design: Design; readonly controls: readonly ControlPack[]; readonly slice: Slice }

/** A check before it has an id: `key` tells it from others of the same origin and never changes with the words. */
export type Seed = {
  readonly key: string
  readonly from: readonly string[]
  readonly group: NonNullable<Check['group']>
  readonly severity: Check['severity']
  readonly statement: string
  readonly verify?: Expression
  readonly question?: string
  /** The entities it was built from; a change to one of them makes it stale. */
  readonly builtFrom?: readonly (readonly [TableName, string])[]
  /** Versions of the rules and controls it was built with. */
  readonly versions?: unknown
  /** Only the signature of an enrolled key will do, whatever the policy says. */
  readonly asksSignature?: boolean
}

/** People other than those who made the change, the usual answer to "who looks?". */
export const OTHERS: readonly ('commit.author' | 'prompt.author')[] = ['commit.author', 'prompt.author']

/** One person other than the author looks and answers. */
export const ONE_OTHER: Expression = { signoff: { role: 'reviewer', count: 1, notBy: [...OTHERS] } }

/** The finished check: an id computed from what it came from, and the digest of exactly that. */
export function checkOf({ design, slice }: Ground, seed: Seed): Check {
  const { workItem } = slice
  const verify = seed.verify ?? ONE_OTHER
  const how = isForPerson(verify) ? 'person' : 'machine'
  const selfReported = seed.asksSignature !== true && allowsSelfReported(design, slice)
  return {
    id: computedId('C', { workItem: workItem.id, key: seed.key, from: seed.from }),
    statement: seed.statement.slice(0, 4000),
    from: seed.from,
    group: seed.group,
    severity: seed.severity,
    how,
    verify,
    ...(selfReported ? { allowSelfReported: true } : {}),
    slice: sliceDigest(undated(design, slice), seed.builtFrom ?? [], {
      workItem: workItem.id,
      versions: seed.versions ?? null,
      verify,
    }),
    ...(how === 'person' ? { question: (seed.question ?? `Is it so: ${seed.statement}`).slice(0, 4000) } : {}),
  }
}

/** Whether the policy takes evidence that nobody signed; by default only where AI works under one reviewer's eyes. */
export function allowsSelfReported(design: Design, slice: Pick<Slice, 'decision'>): boolean {
  const mode = policyOf(design).selfReported ?? 'assisted'
  return mode === 'always' || (mode === 'assisted' && slice.decision.level === 'assisted')
}

/** How far a mitigation is and who does it change nothing that has to be proven. */
function undated(design: Design, slice: Slice): Design {
  const rows = slice.threats.flatMap(state => state.mitigations)
  return {
    ...design,
    mitigations: Object.fromEntries(
      rows.map(({ owner: _owner, status: _status, ...row }) => [row.id, row]),
    ) as Design['mitigations'],
  }
}

function isForPerson(expression: Expression): boolean {
  const { signoff, newDependencies } = expression
  return (
    signoff !== undefined ||
    newDependencies?.orSignoff === true ||
    [...(expression.all ?? []), ...(expression.any ?? [])].some(isForPerson)
  )
}
