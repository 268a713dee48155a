import type { SignoffMatcher } from '../../schemas/generated/types.ts'
import type { LedgerState } from '../model/ledger.ts'
import type { Check, Expression } from '../model/types.ts'
import { type Answer, answersTo, staleness } from './answers.ts'
import type { JudgedChecklist, Scene, VerdictContext } from './context.ts'
import { expressionOf } from './evaluate.ts'
import type { ChangeLine } from './record.ts'

/** The people a check asks for, who answered, and what is still missing. */
export type People = {
  readonly asked: SignoffMatcher | undefined
  /** The latest answer of each person, in the order in which they gave it. */
  readonly answers: readonly PersonAnswer[]
  /** Different people who say yes to this design and this code; whether their yes counts is for the verdict to say. */
  readonly yes: number
  /** Different people whose yes is still to come. */
  readonly missing: number
}

/** An answer, and whether it is about this design and this code. */
export type PersonAnswer = Answer & { readonly stale: string | undefined }

export type Ground = {
  readonly checklist: Omit<JudgedChecklist, 'checks'>
  readonly ledger: LedgerState
  readonly change: ChangeLine
  /** Whose enrolled key signed which entry, by its hash; without, nothing counts as signed. */
  readonly signers?: NonNullable<VerdictContext['signers']>
}

/** Who answered a check so far. One person counts once, however often they answer. */
export function peopleOn(check: Check, ground: Ground): People {
  const scene = sceneOf(check, ground)
  const answers = answersTo(scene).map(answer => ({ ...answer, stale: staleness(answer, scene)?.[1] }))
  const asked = signoffIn(expressionOf(check))
  const yes = answers.filter(answer => answer.answer === 'pass' && answer.stale === undefined).length
  return { asked, answers, yes, missing: Math.max(0, (asked?.count ?? 0) - yes) }
}

function signoffIn(expression: Expression | undefined): SignoffMatcher | undefined {
  if (!expression || expression.signoff) return expression?.signoff
  return [...(expression.all ?? []), ...(expression.any ?? [])].map(signoffIn).find(found => found !== undefined)
}

function sceneOf(check: Check, { checklist, ledger, change, signers = new Map() }: Ground): Scene {
  const signed = new Set(signers.keys())
  return {
    check,
    checklist: { ...checklist, checks: [check] },
    evidence: [],
    context: { at: '', design: '', policy: '', ledger, signed, signers, change: { ...change, fileFacts: {} } },
  }
}
