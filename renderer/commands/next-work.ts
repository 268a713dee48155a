import { sliceOf } from '../../core/gate/slice.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { WorkItem } from '../../core/model/types.ts'
import { ownNow, promptSliceNow } from '../state/prompt-now.ts'
import type { NotedVerdict, Recorded, TakenPrompt } from '../state/recorded.ts'
import { t } from '../words/translate.ts'
import { type Context, type Effect, plan, session } from './command.ts'
import { goToEvidence } from './definitions/evidence.ts'
import { copyFor, startReview } from './definitions/home.ts'
import { showWorkItem, workItemShown } from './definitions/prompts.ts'
import type { NextAction, Seen } from './next-action.ts'

/** How far one work item is, by what the ledger notes and whether the design moved on since. */
type Stage =
  | { readonly at: 'begin' | 'again' | 'verify' | 'verifyAgain' | 'done' }
  | { readonly at: 'judged'; readonly verdict: NotedVerdict }

function stageOf({ design, facts, session: { teamTemplates } }: Seen, id: string, noted: Recorded | undefined): Stage {
  const { packs, at } = facts
  const isAsBefore = ({ slice, target, template }: TakenPrompt) =>
    promptSliceNow(design, packs, { workItem: id, target, at, own: ownNow(template, teamTemplates) }) === slice
  const { prompt, verdict } = noted ?? {}
  if (!prompt && !verdict) return { at: 'begin' }
  if (prompt?.isDraft && noted?.last === 'prompt') return { at: 'begin' }
  if (prompt && !isAsBefore(prompt)) return { at: 'again' }
  if (!verdict || noted?.last === 'prompt') return { at: 'verify' }
  const slice = sliceOf(design, packs, { workItem: id, at })
  if (slice.ok && slice.value.digest !== verdict.slice) return { at: 'verifyAgain' }
  return verdict.verdict === 'pass' ? { at: 'done' } : { at: 'judged', verdict }
}

type Staged = { readonly item: WorkItem; readonly stage: Stage }

/** The work items in this order with how far each is; each is looked at only when it is asked for. */
function* staged(seen: Seen, items: readonly WorkItem[]): Iterable<Staged> {
  for (const item of items) yield { item, stage: stageOf(seen, item.id, seen.session.recorded.get(item.id)) }
}

function firstOf(all: Iterable<Staged>, fits: (one: Staged) => boolean): Staged | undefined {
  for (const one of all) if (fits(one)) return one
  return undefined
}

/** What a developer goes on with: the first work item whose prompt may go out and whose change has not passed. */
export function nextToBuild(seen: Seen, items: readonly WorkItem[]): NextAction | undefined {
  const ready = items.filter(({ id }) => seen.facts.gateFor(id).open)
  const found = firstOf(staged(seen, ready), ({ stage }) => stage.at !== 'done')
  if (!found) return ready[0] && readReview(ready[0].id)
  const { id } = found.item
  if (found.stage.at === 'begin')
    return { text: t('Copy the prompt of {{id}}', { id }), plan: context => copyFor.plan(context, id) }
  return goOn(id, found.stage, context => copyFor.plan(context, id))
}

/** What a reviewer goes on with. How a check came out is not said here: the change is looked at first. */
export function nextToReview(seen: Seen, items: readonly WorkItem[]): NextAction | undefined {
  const begun = items.filter(({ id }) => seen.session.recorded.has(id))
  const found =
    firstOf(staged(seen, begun), ({ stage }) => stage.at !== 'done') ??
    firstOf(staged(seen, items), ({ stage }) => stage.at !== 'done')
  if (!found) return items[0] && readReview(items[0].id)
  const { id } = found.item
  const { stage } = found
  if (stage.at !== 'judged') return { text: t('Review {{id}}', { id }), plan: context => startReview.plan(context, id) }
  return { text: t('Continue the review of {{id}}', { id }), plan: context => toCheck(context, id, stage.verdict) }
}

/** What is left once the design lacks nothing: the prompt, the verdict on what came of it, and what that verdict names. */
export function nextInDesign(seen: Seen): NextAction {
  const shown = workItemShown(seen)
  const all = rowsOf(seen.design.workItems)
  const items = [...all.filter(({ id }) => id === shown), ...all.filter(({ id }) => id !== shown && seen.facts.gateFor(id).open)]
  const found = firstOf(staged(seen, items), ({ stage }) => stage.at !== 'done')
  if (found === undefined) return items[0] ? readReview(items[0].id) : { text: t('Copy the prompt'), plan: toCopy() }
  const { id } = found.item
  if (found.stage.at !== 'begin') return goOn(id, found.stage, toCopy(id))
  return { text: id === shown ? t('Copy the prompt') : t('Copy the prompt of {{id}}', { id }), plan: toCopy(id) }
}

function goOn(id: string, stage: Stage, copy: NextAction['plan']): NextAction {
  if (stage.at === 'again') return { text: t('{{id}} changed: copy its prompt again', { id }), plan: copy }
  if (stage.at === 'judged') return { text: judgedWords(id, stage.verdict), plan: context => toCheck(context, id, stage.verdict) }
  const text = stage.at === 'verifyAgain' ? t('{{id}} changed: verify it again', { id }) : t('Verify {{id}}', { id })
  return { text, plan: context => startReview.plan(context, id) }
}

function judgedWords(id: string, { verdict, failed, open }: NotedVerdict): string {
  if (failed.length > 0) return t('{{id}}: {{count}} checks fail', { id, count: failed.length })
  if (open.length > 0) return t('{{id}}: {{count}} checks undecided', { id, count: open.length })
  return verdict === 'fail' ? t('{{id}} fails: see why', { id }) : t('{{id}} is undecided: see why', { id })
}

/** To the first check that fails, else to the first that nobody could tell. */
function toCheck(context: Context, id: string, { failed, open }: NotedVerdict) {
  const check = failed[0] ?? open[0]
  return check === undefined ? startReview.plan(context, id) : goToEvidence.plan(context, { workItem: id, check })
}

function toCopy(id?: string): NextAction['plan'] {
  const focus: Effect = { kind: 'focus', name: 'copy' }
  return context => {
    const shown = id === undefined || id === workItemShown(context) ? undefined : showWorkItem.plan(context, id)
    return plan(...(shown?.ok ? shown.value : []), session({ step: 'prompts' }), focus)
  }
}

function readReview(id: string): NextAction {
  return {
    text: t('Read the review of {{id}}', { id }),
    plan: () =>
      plan(session({ step: 'reports', workItem: id, reportsView: 'report', report: { kind: 'review', format: 'md' } }), {
        kind: 'focus',
        name: 'main',
      }),
  }
}
