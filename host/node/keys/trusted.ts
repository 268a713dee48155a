import path from 'node:path'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { countingKeys, type EnrolledKey } from '../../../core/signing/enrolled.ts'
import { signedEntries } from '../../../core/signing/entries.ts'
import type { Trust } from '../../../core/signing/standing.ts'
import type { Problem } from '../../../core/support/result.ts'
import type { CodeTree } from '../evidence/code-tree.ts'
import { verifyEd25519 } from './ed25519.ts'
import { enrolledAt, enrolledIn } from './enrolment.ts'

/** What signatures count for in one change. */
export type Trusted = {
  readonly trust: Trust
  /** Entries of the ledger that a key vouches for, by hash. */
  readonly signed: ReadonlyMap<string, EnrolledKey>
  readonly problems: readonly Problem[]
}

/**
 * Keys count as they were enrolled before the change: one that the change brings cannot vouch for it. Where no state before it is known,
 * or no key was enrolled then, nothing counts as signed, and a remark says so.
 */
export async function trustedFor(
  dir: string,
  {
    before,
    codeRoot,
    ledger,
  }: { readonly before: CodeTree | undefined; readonly codeRoot: string; readonly ledger: LedgerState },
): Promise<Trusted> {
  const folder = path.relative(codeRoot, dir).split(path.sep).join('/')
  const isOutside = folder === '..' || folder.startsWith('../') || path.isAbsolute(folder)
  const now = enrolledIn(dir)
  const old = before && !isOutside ? await enrolledAt(before, folder) : undefined
  const nowKeys = now.ok ? now.value : []
  const oldKeys = old?.ok ? old.value : []
  const trust = { keys: countingKeys(oldKeys, nowKeys), verify: verifyEd25519 }
  const faults = [now, old].flatMap(read => (read && !read.ok ? read.problems : []))
  return {
    trust,
    signed: signedEntries(ledger.entries, trust),
    problems: [
      ...faults.map(fault => ({ ...fault, severity: 'warning' as const })),
      ...notYet(nowKeys, oldKeys, old !== undefined),
    ],
  }
}

function notYet(now: readonly EnrolledKey[], old: readonly EnrolledKey[], isKnown: boolean): readonly Problem[] {
  const fresh = now.filter(key => !old.some(({ id }) => id === key.id))
  if (fresh.length === 0) return []
  const names = [...new Set(fresh.map(({ name }) => name))].join(', ')
  const message = !isKnown
    ? 'No state before the change is known, so no key counts and nothing is signed.'
    : old.length === 0
      ? `The first keys (${names}) were enrolled in this very change, so nothing counts as signed yet.`
      : `Keys that this very change enrols do not count for it: ${names}.`
  const cure = isKnown ? 'Merge keys.json by itself first.' : 'Judge it in a git repository that holds keys.json in the base.'
  return [{ code: 'keys.notYet', severity: 'info', at: 'keys.json', message, cure }]
}
