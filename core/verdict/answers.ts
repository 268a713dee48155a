import type { NamedEntry } from '../model/ledger.ts'
import type { EnrolledKey } from '../signing/enrolled.ts'
import type { Scene, VerdictContext } from './context.ts'

/** What a person said of one check, from a ledger entry. */
export type Answer = {
  readonly hash: string
  readonly payloadDigest: string
  readonly by: string
  readonly at: string
  readonly answer: 'pass' | 'fail' | 'cannotTell'
  readonly observation: string
  readonly slice: string | undefined
  /** Digest of the changed files that were looked at; an answer without it names no code. */
  readonly change: string | undefined
  readonly role: string | undefined
  readonly signed: boolean
  /** Address and roles of the key it is signed with. */
  readonly signer: Pick<EnrolledKey, 'email' | 'roles'> | undefined
  /** What they wrote to each question of the check. */
  readonly answers: readonly { readonly question: string; readonly answer: string }[]
}

/**
 * The latest answer of each person to this check; entries come parents first. What is not signed takes back nothing that was: anybody can
 * write a name. It still stands beside it when it is no yes.
 */
export function answersTo({ check, checklist, context }: Scene): readonly Answer[] {
  const latest = new Map<string, Answer>()
  for (const entry of context.ledger.entries) {
    const answer = answerOf(entry, context)
    const { workItem, check: id } = entry.entry.payload
    if (!answer || workItem !== checklist.workItem || id !== check.id) continue
    const [signed, unsigned] = [`signed ${answer.by}`, `unsigned ${answer.by}`]
    latest.delete(unsigned)
    if (answer.signed) latest.delete(signed)
    if (answer.signed) latest.set(signed, answer)
    else if (answer.answer !== 'pass' || !latest.has(signed)) latest.set(unsigned, answer)
  }
  return [...latest.values()]
}

function answerOf({ hash, entry }: NamedEntry, { signed, signers }: VerdictContext): Answer | undefined {
  const { answer, observation, slice, change, role } = entry.payload
  if (entry.type !== 'signed-off' || (answer !== 'pass' && answer !== 'fail' && answer !== 'cannotTell')) return undefined
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return {
    hash,
    payloadDigest: entry.payloadDigest,
    by: entry.actor,
    at: entry.at,
    answer,
    observation: text(observation)?.trim() ?? '',
    slice: text(slice),
    change: text(change),
    role: text(role),
    signed: signed.has(hash),
    signer: signers?.get(hash),
    answers: answersIn(entry.payload.answers),
  }
}

function answersIn(value: unknown): Answer['answers'] {
  return (Array.isArray(value) ? value : []).flatMap((one: unknown) => {
    const { question, answer } = (one ?? {}) as { readonly question?: unknown; readonly answer?: unknown }
    return typeof question === 'string' && typeof answer === 'string' ? [{ question, answer }] : []
  })
}

/** Whether an answer is about this design and this code; otherwise the reason and the words. */
export function staleness(
  answer: Answer,
  { check, checklist, context }: Scene,
): readonly ['stale-model' | 'stale-commit' | 'unbound', string] | undefined {
  if (answer.slice !== check.slice && answer.slice !== checklist.slice) return ['stale-model', 'the design changed since']
  if (answer.change === undefined) return answer.signed ? ['unbound', 'it names no code'] : undefined
  if (context.change.digest === undefined) return ['unbound', 'nobody knows what changed']
  return answer.change === context.change.digest ? undefined : ['stale-commit', 'the code changed since']
}
