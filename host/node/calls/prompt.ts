import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { ok, type Problem, type Result } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import { readLedgerFolder } from '../ledger.ts'
import type { NotedFinding } from '../scan/final-gate.ts'
import { loadPacks } from './packs.ts'
import { type NotingDesk, record } from './record.ts'

/** Who fetches a prompt for itself, in its own words: name and version are what it says of itself. */
export type PromptClient = { readonly name: string; readonly version: string }

/** Where a prompt is issued; a coding tool that fetches it is noted with it. */
export type PromptDesk = NotingDesk & { readonly client?: PromptClient }

/**
 * Makes the prompt anew from what is in the room, never from what a window shows, and notes it in the ledger: its text
 * once, under `prompt-issued`, and every copying of it under `prompt-copied`.
 */
export async function issuePrompt(desk: PromptDesk, input: Input<'prompt.issue'>): Promise<Result<Output<'prompt.issue'>>> {
  const issued = await issueAfter(desk, input, async () => ok(true))
  if (!issued.ok) return issued
  const { prompt, version, entry } = issued.value
  return ok({ id: prompt.id, digest: prompt.digest, text: prompt.text, version, entry })
}

/** The same, with a last question between making and noting: what it refuses is not noted, and not handed out. */
export async function issueAfter(
  desk: PromptDesk,
  input: Input<'prompt.issue'>,
  mayGo: (prompt: Prompt) => Promise<Result<true>>,
): Promise<Result<{ readonly prompt: Prompt } & Noted>> {
  const made = await makeSaved(desk, input)
  if (!made.ok) return made
  const asked = await mayGo(made.value)
  if (!asked.ok) return asked
  const noted = await noteIssue(desk, made.value, input)
  return noted.ok ? ok({ prompt: made.value, ...noted.value }) : noted
}

/** Makes the prompt of what stands on the disk. */
export async function makeSaved(desk: PromptDesk, asked: Asked): Promise<Result<Prompt>> {
  const saved = await desk.room.save()
  return saved.kind === 'saved' ? promptNow(desk, asked) : { ok: false, problems: [unsaved(saved)] }
}

/** Notes that a prompt goes out, and how, after the last look at it. */
export async function noteIssue(desk: PromptDesk, prompt: Prompt, input: Issue['input']): Promise<Result<Noted>> {
  const found = await lastLook(desk, prompt, input.workItem)
  if (!found.ok) return found
  const ledger = await readLedgerFolder(desk.room.folder)
  return ledger.ok ? note(desk, ledger.value, { prompt, input, scan: found.value }) : ledger
}

/** Nothing leaves unread: another text than the one made just now could never be copied. */
async function lastLook({ room, now }: PromptDesk, prompt: Prompt, workItem: string) {
  const [{ finalGate, keepWithheld }, templates, packs] = await Promise.all([
    import('../scan/final-gate.ts'),
    import('../../../templates/generated/templates.js'),
    loadPacks(room.folder),
  ])
  const design = room.design()
  const { target } = prompt
  const found = await finalGate(design, prompt)
  if (found.ok && prompt.scan.length > 0)
    await keepWithheld(room.folder, { design, packs, templates }, { workItem, target, at: now(), isDraft: prompt.draft })
  return found
}

/** The prompt as one of the team's templates makes it, final where it can be, else a draft, as a window shows it. */
export async function readPrompt(desk: PromptDesk, input: Input<'prompt.read'>): Promise<Result<Output<'prompt.read'>>> {
  const final = await promptNow(desk, { ...input, draft: false })
  return final.ok ? final : promptNow(desk, { ...input, draft: true })
}

type Saved = Awaited<ReturnType<NotingDesk['room']['save']>>

/** What is issued must be what is on the disk: else the ledger would speak of a design nobody can find. */
function unsaved(saved: Saved): Problem {
  if (saved.kind === 'failed' || saved.kind === 'readOnly') return saved.problem
  return {
    code: 'prompt.unsaved',
    severity: 'error',
    message: 'The design is still being saved.',
    cure: 'Try again in a moment.',
  }
}

type Asked = Pick<Input<'prompt.issue'>, 'workItem' | 'target' | 'template' | 'draft'>

/** The prompt as it would be issued now; nothing is noted. */
export async function promptNow(
  { room, now, by }: Pick<NotingDesk, 'room' | 'now' | 'by'>,
  { workItem, target, template, draft }: Asked,
): Promise<Result<Prompt>> {
  const [{ evaluateGate }, { makeTeamPrompt }, { linearEngine }, { whyNoFiles }, packs] = await Promise.all([
    import('../../../core/gate/evaluate.ts'),
    import('../templates/make-prompt.ts'),
    import('../../../core/scan/linear.ts'),
    import('../../../core/prompts/make.ts'),
    loadPacks(room.folder),
  ])
  const at = now()
  const gate = evaluateGate(room.design(), packs, { at, workItem })
  const pass = gate.pass ?? (draft ? ('draft' as const) : undefined)
  if (pass) {
    const made = await makeTeamPrompt(room.design(), packs, {
      ...{ workItem, target, at, pass, folder: room.folder, template, use: { by } },
      engine: linearEngine,
    })
    const [barred, ...others] = made.ok ? whyNoFiles(made.value) : []
    return barred ? { ok: false, problems: [barred, ...others] } : made
  }
  const [first, ...rest] = gate.problems
  return { ok: false, problems: [first ?? closed(workItem), ...rest] }
}

function closed(workItem: string): Problem {
  return {
    code: 'gate.closed',
    severity: 'error',
    at: workItem,
    message: 'The gate is closed.',
    cure: 'Open the gate, or make a draft.',
  }
}

type Noted = { readonly version: number; readonly entry: string }
type Issue = {
  readonly prompt: Prompt
  readonly input: Pick<Input<'prompt.issue'>, 'workItem' | 'how'>
  readonly scan: readonly NotedFinding[]
}

async function note(desk: PromptDesk, { entries }: LedgerState, { prompt, input, scan }: Issue): Promise<Result<Noted>> {
  const { id, digest, slice, target, draft, decision, edited, template } = prompt
  const issued = entries.filter(({ entry }) => entry.type === 'prompt-issued' && entry.payload.id === id)
  const present = issued.findIndex(({ entry }) => entry.payload.digest === digest)
  const version = present < 0 ? issued.length + 1 : present + 1
  const whose = edited ? { edited: { by: edited.by, at: edited.at } } : {}
  const through = desk.client ? { client: { ...desk.client } } : {}
  const named = {
    workItem: input.workItem,
    id,
    digest,
    slice,
    target,
    draft,
    scan,
    ...whose,
    ...through,
    ...(template ? { template } : {}),
  }
  const first = present < 0 ? await record(desk, 'prompt-issued', await payloadOf(desk, prompt, { input, scan })) : undefined
  if (first && !first.ok) return first
  const again = first === undefined || input.how === 'copied'
  const second = again ? await record(desk, input.how === 'copied' ? 'prompt-copied' : 'exported', { ...named, decision }) : first
  return second.ok ? ok({ version, entry: second.value.hash }) : second
}

/** What the ledger keeps of a prompt that is issued for the first time. */
async function payloadOf(
  { room, now, by, client }: PromptDesk,
  prompt: Prompt,
  { input, scan }: Pick<Issue, 'input' | 'scan'>,
): Promise<Readonly<Record<string, unknown>>> {
  const [{ issuedPayload }, templates, packs] = await Promise.all([
    import('../../../core/prompts/issued.ts'),
    import('../../../templates/generated/templates.js'),
    loadPacks(room.folder),
  ])
  const { target } = prompt
  const issue = { workItem: input.workItem, target, at: now(), use: { target, by }, found: scan }
  return {
    ...issuedPayload(prompt, { design: room.design(), packs, templates }, issue),
    ...(client ? { client: { ...client } } : {}),
  }
}
