import type { LedgerState, NamedEntry } from '../../core/model/ledger.ts'
import { type OwnTemplate, ownOfPayload } from '../../core/prompts/own-template.ts'
import { memoLast } from '../../core/support/memo.ts'

/** A prompt that went out for a work item. */
export type TakenPrompt = {
  readonly target: string
  readonly slice: string
  readonly isDraft: boolean
  /** The team's template it was made with. */
  readonly template?: OwnTemplate
}

/** A verdict as the ledger notes it: over which slice, and which checks failed or stay open, in the order of the record. */
export type NotedVerdict = {
  readonly verdict: 'pass' | 'fail' | 'inconclusive'
  readonly slice: string
  readonly failed: readonly string[]
  readonly open: readonly string[]
  readonly evidence: readonly CitedCheck[]
}

/** A check that the verdict cites evidence for, whatever it says: what the check comes from, and the names of the reports. */
export type CitedCheck = { readonly check: string; readonly from: readonly string[]; readonly files: readonly string[] }

/** What the ledger knows of one work item: the last prompt, the last verdict, and which of them came later. */
export type Recorded = {
  readonly prompt?: TakenPrompt
  readonly verdict?: NotedVerdict
  readonly last: 'prompt' | 'verdict'
}

/** What is recorded, by the id of the work item; work nobody noted anything about is not in it. */
export const recordedIn = memoLast(({ entries }: Pick<LedgerState, 'entries'>): ReadonlyMap<string, Recorded> => {
  const all = new Map<string, Recorded>()
  for (const { entry } of entries) {
    const { workItem } = entry.payload
    if (typeof workItem !== 'string') continue
    const before = all.get(workItem)
    const prompt = promptIn(entry)
    const verdict = prompt ? undefined : verdictIn(entry)
    if (prompt) all.set(workItem, { ...before, prompt, last: 'prompt' })
    else if (verdict) all.set(workItem, { ...before, verdict, last: 'verdict' })
  }
  return all
})

const TAKEN: readonly string[] = ['prompt-issued', 'prompt-copied', 'exported']

/** Anybody can write a ledger file: what has not the form says nothing. */
function promptIn({ type, payload }: NamedEntry['entry']): TakenPrompt | undefined {
  const { target, slice, draft } = payload
  const template = ownOfPayload(payload.template)
  if (!TAKEN.includes(type) || typeof target !== 'string' || typeof slice !== 'string') return undefined
  return { target, slice, isDraft: draft === true, ...(template ? { template } : {}) }
}

type JudgedCheck = {
  readonly id: string
  readonly verdict: string
  readonly from?: readonly string[]
  readonly evidence?: readonly { readonly digest: string }[]
}

type Judged = {
  readonly verdict: unknown
  readonly slice: unknown
  readonly checks: readonly (JudgedCheck | null)[]
  readonly evidence?: readonly { readonly digest: string; readonly file: string }[]
}

function verdictIn({ type, payload }: NamedEntry['entry']): NotedVerdict | undefined {
  const record = type === 'verdict' ? (payload.record as Partial<Judged> | undefined) : undefined
  const { verdict, slice, checks } = record ?? {}
  if (verdict !== 'pass' && verdict !== 'fail' && verdict !== 'inconclusive') return undefined
  if (typeof slice !== 'string' || !Array.isArray(checks)) return undefined
  const all = (checks as Judged['checks']).flatMap(check => check ?? [])
  const of = (word: string) => all.filter(check => check.verdict === word).map(check => String(check.id))
  const reports = Array.isArray(record?.evidence) ? record.evidence : []
  return { verdict, slice, failed: of('fail'), open: of('inconclusive'), evidence: all.flatMap(one => citedBy(one, reports)) }
}

/** Answers of people are cited too; they are no reports and have no name. */
function citedBy({ id, from, evidence }: JudgedCheck, reports: NonNullable<Judged['evidence']>): readonly CitedCheck[] {
  if (!Array.isArray(from) || !Array.isArray(evidence)) return []
  const digests = new Set(evidence.map(cited => cited?.digest))
  const files = reports.filter(report => digests.has(report?.digest)).map(report => String(report.file))
  return files.length > 0 ? [{ check: String(id), from: from.map(String), files }] : []
}

/** Where evidence speaks of one of these objects: the work item, the check, and the reports it cites. */
export function evidenceOn(
  recorded: ReadonlyMap<string, Recorded>,
  ids: readonly string[],
): readonly (CitedCheck & { readonly workItem: string })[] {
  return [...recorded].flatMap(([workItem, { verdict }]) =>
    (verdict?.evidence ?? []).filter(({ from }) => from.some(id => ids.includes(id))).map(one => ({ ...one, workItem })),
  )
}
