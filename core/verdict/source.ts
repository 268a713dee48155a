import { shown } from '../evidence/show.ts'
import type { EvidenceItem, Facts } from '../evidence/types.ts'
import { by } from '../support/order.ts'
import { isLater, nowOf } from './clock.ts'
import type { Scene } from './context.ts'
import { daysBetween } from './days.ts'
import { type Judgement, open } from './judgement.ts'
import type { Citation } from './record.ts'

/** The reports of a slot that may speak for or against the change; otherwise why none may. */
export type Source = { readonly items: readonly EvidenceItem[] } | { readonly none: Judgement }

/**
 * Reports about other code are set aside: they prove nothing here, neither good nor bad. So are runs without a part of the change, unless
 * exactly those are asked for.
 */
export function sourceOf(slot: string, { evidence }: Scene, without?: string): Source {
  const inSlot = evidence.filter(item => item.slot === slot && item.without === without).sort(by(item => item.file))
  const items = inSlot.filter(({ binding: { state } }) => state === 'bound' || state === 'unbound')
  if (items.length > 0) return { items }
  const [aside] = inSlot
  if (!aside) {
    const what = without === undefined ? '' : ` of a run without ${shown(without)}`
    return { none: open('missing', `There is no evidence "${shown(slot)}"${what}.`) }
  }
  return { none: asideOf(aside) }
}

function asideOf(item: EvidenceItem): Judgement {
  const reason = item.binding.state === 'broken' ? 'contradictory' : 'stale-commit'
  return open(reason, `${shown(item.file)} does not count. ${item.binding.sentence}`, { evidence: [citation(item)] })
}

/** Why a report may not prove anything although it reads well; nothing when it may. */
export function doubtOf(item: EvidenceItem, { check, context }: Scene): Judgement | undefined {
  const evidence = [citation(item)]
  if (item.binding.state === 'unbound')
    return open('unbound', `${shown(item.file)} is not bound to the change. ${item.binding.sentence}`, { evidence })
  if (item.binding.reported !== 'signed' && check.allowSelfReported !== true)
    return open('self-reported', `${shown(item.file)} is self-reported, and this check asks for a signature.`, { evidence })
  if (item.endedAt !== undefined && isLater(item.endedAt, context.at))
    return open('stale-time', `${shown(item.file)} was made at ${shown(item.endedAt)}, after the time of this verdict.`, {
      evidence,
    })
  const age = item.endedAt === undefined ? undefined : daysBetween(item.endedAt, nowOf(context))
  if (context.maxAgeDays !== undefined && (age === undefined || age > context.maxAgeDays || age < 0))
    return open('stale-time', `${shown(item.file)} was not made in the last ${context.maxAgeDays} days.`, { evidence })
  return undefined
}

/** A report that cannot be read may hold anything, so nothing else in its slot can pass. */
export function unreadableOf(items: readonly EvidenceItem[]): Judgement | undefined {
  for (const item of items) {
    if (item.reading.ok) continue
    const [problem] = item.reading.problems
    const reason = LIMITS.includes(problem.code) ? 'limit-hit' : 'unreadable'
    return open(reason, `${shown(problem.at ?? item.file)} cannot be read. ${shown(problem.message, 300)}`, {
      evidence: [citation(item)],
    })
  }
  return undefined
}

const LIMITS: readonly string[] = ['file.large', 'json.deep', 'evidence.limit']

/** What a report says of one kind of thing; undefined where it cannot be read or does not speak of it. */
export function factsIn<K extends keyof Facts>({ reading }: EvidenceItem, kind: K): Facts[K] | undefined {
  return reading.ok ? reading.value.facts[kind] : undefined
}

/** Whether a report comes from the tool that is asked for, as its sidecar or the report itself names it. */
export function isFrom({ tool, reading }: EvidenceItem, wanted: string | undefined): boolean {
  if (wanted === undefined) return true
  const named = [tool, reading.ok ? reading.value.made.tool : undefined]
  return named.some(name => name?.toLowerCase() === wanted.toLowerCase())
}

export function citation(item: EvidenceItem, pointer = ''): Citation {
  return { digest: item.digest, pointer }
}
