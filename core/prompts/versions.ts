import type { LedgerState } from '../model/ledger.ts'
import type { LedgerEntry } from '../model/types.ts'
import { type OwnTemplate, ownOfPayload } from './own-template.ts'
import { isUnedited } from './prompt-digest.ts'

/** One text that was issued for a work item, as the ledger keeps it. */
export type PromptVersion = {
  /** Counted from 1 over all targets of the work item, as the host counts. */
  readonly number: number
  readonly id: string
  readonly digest: string
  readonly slice: string
  readonly target: string
  readonly draft: boolean
  /** Somebody had edited it by hand. */
  readonly edited: boolean
  /** The team's template it was made with; undefined: the built-in one. */
  readonly template: OwnTemplate | undefined
  readonly at: string
  readonly by: string
  /** The text, where it is kept and still has its digest. */
  readonly text: string | undefined
  /** How often it was copied, and when last. */
  readonly copies: number
  readonly lastCopied: string | undefined
}

/** All versions of a work item's prompt, oldest first; a digest issued twice, as two branches may, is one version. */
export function promptVersions(workItem: string, { entries }: Pick<LedgerState, 'entries'>): readonly PromptVersion[] {
  const id = workItem.replace('W-', 'P-')
  const own = entries.map(({ entry }) => entry).filter(({ payload }) => payload.id === id)
  const issued = own.filter(({ type }) => type === 'prompt-issued')
  const first = new Map<unknown, number>()
  for (const [at, { payload }] of issued.entries()) if (!first.has(payload.digest)) first.set(payload.digest, at)
  return issued.flatMap((entry, at) => {
    const version = first.get(entry.payload.digest) === at ? versionOf(entry, at + 1) : undefined
    if (!version) return []
    const copied = own.filter(({ type, payload }) => type === 'prompt-copied' && payload.digest === version.digest)
    return [{ ...version, copies: copied.length, lastCopied: copied.at(-1)?.at }]
  })
}

/** What a payload says, as far as it says it in the right form: anybody can write a ledger file. */
function versionOf(
  { payload, at, actor }: LedgerEntry,
  number: number,
): Omit<PromptVersion, 'copies' | 'lastCopied'> | undefined {
  const { id, digest, slice, target, draft, text, edited } = payload
  if (typeof id !== 'string' || typeof digest !== 'string' || typeof slice !== 'string' || typeof target !== 'string')
    return undefined
  const kept = typeof text === 'string' && isUnedited(text, digest) ? text : undefined
  const flags = { draft: draft === true, edited: typeof edited === 'object' && edited !== null }
  const template = ownOfPayload(payload.template)
  return { number, id, digest, slice, target, ...flags, template, at, by: actor, text: kept }
}

/** The version before this one that was written for the same target with the same template; the newest one for a text not issued yet. */
export function versionBefore(
  versions: readonly PromptVersion[],
  of: { readonly target: string; readonly template?: string | undefined; readonly number?: number | undefined },
): PromptVersion | undefined {
  const { target, template, number } = of
  return versions.findLast(
    version =>
      version.target === target && version.template?.name === template && (number === undefined || version.number < number),
  )
}
