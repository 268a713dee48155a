import { checklistMarkdown } from '../../core/checklists/render.ts'
import { rowIds } from '../../core/model/table.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { getGuardedPrompt } from './answer-prompt.ts'
import { checklistNow, gateStatus, listWorkItems } from './answer-work.ts'
import { pageOf } from './pages.ts'
import { ABOUT, saidPage } from './said.ts'
import { checkedInput } from './tools.ts'
import type { Visit } from './visit.ts'

const WORK_ITEM = { name: 'workItem', description: 'Id of a work item, as W-7K3Q2.', required: true } as const

/** The tools once more, for clients that show prompts in a menu. */
export const PROMPTS = [
  {
    name: 'guarded-prompt',
    title: 'Guarded prompt of a work item',
    description: 'Only behind an open gate; noted in the ledger.',
    arguments: [WORK_ITEM],
  },
  {
    name: 'acceptance-checklist',
    title: 'What a change will be judged by',
    description: 'The checklist of a work item.',
    arguments: [WORK_ITEM],
  },
]

export const TEMPLATES = [
  {
    name: 'prompt',
    title: 'Guarded prompt',
    uriTemplate: 'skeptic://work-items/{workItem}/prompt',
    description: 'Only behind an open gate; each reading is noted in the ledger.',
    mimeType: 'text/markdown',
  },
  {
    name: 'checklist',
    title: 'Checklist',
    uriTemplate: 'skeptic://work-items/{workItem}/checklist',
    description: 'What a change will be judged by.',
    mimeType: 'text/markdown',
  },
  {
    name: 'gate',
    title: 'Gate',
    uriTemplate: 'skeptic://work-items/{workItem}/gate',
    description: 'Whether it may be prompted, and what would open the gate.',
    mimeType: 'application/json',
  },
]

const FIXED = [
  { name: 'work-items', title: 'Work items', uri: 'skeptic://work-items', mimeType: 'application/json' },
  { name: 'gate', title: 'Gate of the design', uri: 'skeptic://gate', mimeType: 'application/json' },
]

type Listed = {
  readonly resources: { name: string; title: string; uri: string; mimeType: string }[]
  readonly next: number | undefined
}

/** What can be read, a page at a time: what is about the whole design, then three for each work item. Names are ids: the design's own texts come only when they are asked for. */
export async function listResources(visit: Visit, from: number): Promise<Result<Listed>> {
  const read = await visit.read()
  if (!read.ok) return read
  const { rows, next } = pageOf(rowIds(read.value.design.workItems), { from })
  const own = rows.flatMap(id =>
    TEMPLATES.map(({ name, title, uriTemplate, mimeType }) => ({
      name: `${name} ${id}`,
      title: `${title} of ${id}`,
      uri: uriTemplate.replace('{workItem}', id),
      mimeType,
    })),
  )
  return ok({ resources: [...(from === 0 ? FIXED : []), ...own], next })
}

/** The content of a resource; undefined when there is none of this name. */
export async function readResource(
  visit: Visit,
  uri: string,
): Promise<Result<{ readonly mimeType: string; readonly text: string }> | undefined> {
  if (uri === 'skeptic://work-items') return asJson(await listWorkItems(visit, {}))
  if (uri === 'skeptic://gate') return asJson(await gateStatus(visit, {}))
  const [, workItem, what] = /^skeptic:\/\/work-items\/(W-[0-9A-HJKMNP-TV-Z]{5})\/(prompt|checklist|gate)$/.exec(uri) ?? []
  if (workItem === undefined) return undefined
  if (what === 'gate') return asJson(await gateStatus(visit, { workItem }))
  const text = what === 'prompt' ? await wholePrompt(visit, workItem) : await wholeChecklist(visit, workItem)
  return text.ok ? ok({ mimeType: 'text/markdown', text: text.value }) : text
}

function asJson(answer: Result<unknown>): Result<{ readonly mimeType: string; readonly text: string }> {
  return answer.ok ? ok({ mimeType: 'application/json', text: JSON.stringify(answer.value) }) : answer
}

/** The text of one of the prompts; undefined when there is none of this name. */
export async function promptText(visit: Visit, name: string, input: unknown): Promise<Result<string> | undefined> {
  if (!PROMPTS.some(prompt => prompt.name === name)) return undefined
  const checked = await checkedInput('get_checklist', input)
  if (!checked.ok) return checked
  const { workItem } = checked.value
  return name === 'guarded-prompt' ? wholePrompt(visit, workItem) : wholeChecklist(visit, workItem)
}

async function wholePrompt(visit: Visit, workItem: string): Promise<Result<string>> {
  const first = await getGuardedPrompt(visit, { workItem })
  if (!first.ok) return first
  const { parts, digest } = first.value
  const texts = [first.value.text]
  for (let part = 2; part <= parts; part++) {
    const next = await getGuardedPrompt(visit, { workItem, part, digest })
    if (!next.ok) return next
    texts.push(next.value.text)
  }
  return ok(texts.join(''))
}

/** Characters of a page that is handed out in one piece. */
const PAGE_LIMIT = 100_000

async function wholeChecklist(visit: Visit, workItem: string): Promise<Result<string>> {
  const read = await visit.read()
  if (!read.ok) return read
  await visit.step(0, 1, 'Checklist')
  const derived = checklistNow(read.value, workItem, visit.now())
  if (!derived.ok) return derived
  const page = saidPage(checklistMarkdown(read.value.design, derived.value))
  if (page.length > PAGE_LIMIT)
    return refuse({
      code: 'mcp.long',
      at: workItem,
      message: `The checklist has ${page.length} characters; at most ${PAGE_LIMIT} are handed out in one piece.`,
      cure: 'get_checklist hands it out in pages.',
    })
  return ok(`${ABOUT}\n\n${page}`)
}

/** Ids of work items that begin so, for a client that completes what a person types. */
export async function completions(visit: Visit, begun: string): Promise<{ values: string[]; total: number; hasMore: boolean }> {
  const read = await visit.read()
  const fitting = read.ok ? rowIds(read.value.design.workItems).filter(id => id.startsWith(begun.toUpperCase())) : []
  return { values: fitting.slice(0, 100), total: fitting.length, hasMore: fitting.length > 100 }
}
