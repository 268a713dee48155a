import { labelOf, policyOf, tableOf } from '../../core/model/lookup.ts'
import { rowAt } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { isTemplate } from '../../core/prompts/lines.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { findingOf } from '../../core/threats/engine.ts'
import { issueAfter, type Prompt, type PromptDesk, promptNow } from '../../host/node/calls/prompt.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { type AnswerOf, type CallOf, knownItem } from './answer-work.ts'
import { partsOf } from './pages.ts'
import { ABOUT, said } from './said.ts'
import type { Reading, Visit } from './visit.ts'

/** Delivered into a conversation, so nothing but text: the target whose neutraliser takes the active syntax of all tools away. */
const TARGET = 'markdown'

/** Hands out the guarded prompt like every copying: gate, policy, lint, scan, and one entry of the ledger that names the client. */
export async function getGuardedPrompt(
  visit: Visit,
  input: CallOf<'get_guarded_prompt'>,
): Promise<Result<AnswerOf<'get_guarded_prompt'>>> {
  const { workItem, part = 1, digest } = input
  const found = await placeFor(visit, workItem)
  if (!found.ok) return found
  const { folder, reading } = found.value
  if (part > 1 && digest === undefined) return refuse(PART_OF_WHAT)
  const draft = input.draft === true
  if (draft && policyOf(reading.design).agentDrafts !== true) return refuse(NO_DRAFTS(workItem))
  const desk = deskOf(visit, reading.design, folder)
  if (part > 1) return laterPart(visit, desk, { workItem, part, digest: digest ?? '', draft, folder })
  await visit.step(0, 3, 'Making the prompt')
  const issued = await visit.alone(() =>
    issueAfter(desk, { workItem, target: TARGET, draft, how: 'copied' }, async prompt => {
      await visit.step(1, 3, 'Noting it in the ledger')
      return sameText(prompt, digest)
    }),
  )
  if (!issued.ok) return issued
  return ok(answerOf(issued.value.prompt, issued.value.version, 1))
}

type Later = {
  readonly workItem: string
  readonly part: number
  readonly digest: string
  readonly draft: boolean
  readonly folder: string
}

/** The rest of a text that was noted when its first part went out. */
async function laterPart(
  visit: Visit,
  desk: PromptDesk,
  { workItem, part, digest, draft, folder }: Later,
): Promise<Result<AnswerOf<'get_guarded_prompt'>>> {
  await visit.step(0, 1, 'Making the prompt')
  const made = await promptNow(desk, { workItem, target: TARGET, draft })
  if (!made.ok) return made
  const same = sameText(made.value, digest)
  if (!same.ok) return same
  const version = await versionOf(folder, made.value)
  if (!version.ok) return version
  const parts = partsOf(made.value.text).length
  if (part > parts)
    return refuse({
      code: 'mcp.part',
      at: workItem,
      message: `The prompt has ${parts === 1 ? 'one part' : `${parts} parts`}; there is no part ${part}.`,
      cure: 'Ask for a part that is there.',
    })
  return ok(answerOf(made.value, version.value, part))
}

function answerOf(
  { id, digest, slice, decision, draft, text }: Prompt,
  version: number,
  part: number,
): AnswerOf<'get_guarded_prompt'> {
  const parts = partsOf(text)
  return { id, version, digest, slice, zone: decision.level, draft, part, parts: parts.length, text: parts[part - 1] ?? '' }
}

/** What put a line into a prompt that was handed out before; a prompt nobody fetched is not told line by line. */
export async function explainLine(visit: Visit, input: CallOf<'explain_line'>): Promise<Result<AnswerOf<'explain_line'>>> {
  const { workItem, digest, line } = input
  const found = await placeFor(visit, workItem)
  if (!found.ok) return found
  const { folder, reading } = found.value
  await visit.step(0, 1, 'Making the prompt')
  const desk = deskOf(visit, reading.design, folder)
  const draft = policyOf(reading.design).agentDrafts === true
  const made = await promptNow(desk, { workItem, target: TARGET, draft })
  if (!made.ok) return made
  const same = sameText(made.value, digest)
  if (!same.ok) return same
  const version = await versionOf(folder, made.value)
  if (!version.ok) return version
  const lines = made.value.text.split('\n')
  const text = lines[line - 1]
  if (text === undefined)
    return refuse({
      code: 'mcp.line',
      at: workItem,
      message: `The prompt has ${lines.length} lines; there is no line ${line}.`,
      cure: 'Ask for a line that is there.',
    })
  const origin = made.value.lines.find(one => one.line === line)
  const ids = (origin?.from ?? []).filter(one => !isTemplate(one))
  return ok({
    about: ABOUT,
    line,
    text,
    template: ids.length === 0,
    from: ids.slice(0, 100).map(id => originOf(reading, id)),
    ...(origin?.edited ? { edited: said(origin.edited.was ?? '') } : {}),
  })
}

function originOf({ design, packs }: Reading, id: string): AnswerOf<'explain_line'>['from'][number] {
  const finding = tableOf(id) === 'threats' ? firstFinding(design, id) : undefined
  const why = finding === undefined ? undefined : findingOf(design, packs.rules, finding)?.reason
  return { id, kind: tableOf(id) ?? 'other', label: said(labelOf(design, id)), ...(why === undefined ? {} : { why: said(why) }) }
}

function firstFinding(design: Design, threat: string): string | undefined {
  return Object.keys(rowAt(design.threats, threat)?.findings ?? {}).sort()[0]
}

async function placeFor(visit: Visit, workItem: string): Promise<Result<{ readonly folder: string; readonly reading: Reading }>> {
  const read = await visit.read()
  if (!read.ok) return read
  const { design, folder } = read.value
  if (folder === undefined) return refuse(BUNDLE)
  const known = knownItem(design, workItem)
  return known.ok ? ok({ folder, reading: read.value }) : known
}

/** The design has no shared document here, and nobody to tell: what lies on the disk is what counts. */
function deskOf({ by, now, client }: Visit, design: Design, folder: string): PromptDesk {
  const at = now()
  return {
    by,
    now: () => at,
    client,
    room: { folder, design: () => design, readOnly: undefined, save: async () => ({ kind: 'saved', at }), announce: () => {} },
  }
}

function sameText(prompt: Prompt, digest: string | undefined): Result<true> {
  if (digest === undefined || digest === prompt.digest) return ok(true)
  return refuse({
    code: 'mcp.changed',
    at: prompt.id,
    message: 'The prompt is another one by now: the design, its packs or an edit by hand changed since.',
    cure: 'Fetch it anew with get_guarded_prompt, and put away what you have.',
  })
}

async function versionOf(folder: string, { id, digest }: Prompt): Promise<Result<number>> {
  const ledger = await readLedgerFolder(folder)
  if (!ledger.ok) return ledger
  const issued = ledger.value.entries.filter(({ entry }) => entry.type === 'prompt-issued' && entry.payload.id === id)
  const at = issued.findIndex(({ entry }) => entry.payload.digest === digest)
  if (at >= 0) return ok(at + 1)
  return refuse({
    code: 'mcp.notIssued',
    at: id,
    message: 'This prompt was never handed out.',
    cure: 'Fetch it first with get_guarded_prompt.',
  })
}

const PART_OF_WHAT = {
  code: 'mcp.part',
  message: 'A later part needs the digest of the text it belongs to.',
  cure: 'Hand in `digest` as part 1 gave it.',
}

const BUNDLE = {
  code: 'mcp.bundle',
  message: 'A bundle is read-only, and a prompt that nobody can note is not handed out.',
  cure: 'A person makes a folder of it: skeptic import FILE --into DIR',
}

function NO_DRAFTS(at: string) {
  return {
    code: 'mcp.drafts',
    at,
    message: 'The policy of this design does not let coding tools fetch drafts.',
    cure: 'gate_status names what keeps the gate closed. A person can set "agentDrafts": true in policy.json.',
  }
}
