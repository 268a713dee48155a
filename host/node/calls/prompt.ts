import type { LedgerState } from '../../../core/model/ledger.ts'
import type { makePrompt } from '../../../core/prompts/make.ts'
import { ok, type Problem, type Result } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import { readLedgerFolder } from '../ledger.ts'
import type { NotedFinding } from '../scan/final-gate.ts'
import { loadPacks } from './packs.ts'
import { type NotingDesk, record } from './record.ts'

export type Prompt = Extract<ReturnType<typeof makePrompt>, { ok: true }>['value']

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
  const saved = await desk.room.save()
  if (saved.kind !== 'saved') return { ok: false, problems: [unsaved(saved)] }
  const made = await promptNow(desk, input)
  if (!made.ok) return made
  const asked = await mayGo(made.value)
  if (!asked.ok) return asked
  const found = await lastLook(desk, made.value, input)
  if (!found.ok) return found
  const ledger = await readLedgerFolder(desk.room.folder)
  if (!ledger.ok) return ledger
  const noted = await note(desk, ledger.value, { prompt: made.value, input, scan: found.value })
  return noted.ok ? ok({ prompt: made.value, ...noted.value }) : noted
}

/** Nothing leaves unread: another text than the one made just now could never be copied. */
async function lastLook({ room, now }: PromptDesk, prompt: Prompt, { workItem, target }: Input<'prompt.issue'>) {
  const [{ finalGate, keepWithheld }, templates, packs] = await Promise.all([
    import('../scan/final-gate.ts'),
    import('../../../templates/generated/templates.js'),
    loadPacks(room.folder),
  ])
  const design = room.design()
  const found = await finalGate(design, prompt)
  if (found.ok && prompt.scan.length > 0)
    await keepWithheld(room.folder, { design, packs, templates }, { workItem, target, at: now(), isDraft: prompt.draft })
  return found
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

/** The prompt as it would be issued now; nothing is noted. */
export async function promptNow(
  { room, now, by }: Pick<NotingDesk, 'room' | 'now' | 'by'>,
  { workItem, target, draft }: Pick<Input<'prompt.issue'>, 'workItem' | 'target' | 'draft'>,
): Promise<Result<Prompt>> {
  const [{ evaluateGate }, { makePrompt }, { linearEngine }, templates, packs] = await Promise.all([
    import('../../../core/gate/evaluate.ts'),
    import('../../../core/prompts/make.ts'),
    import('../../../core/scan/linear.ts'),
    import('../../../templates/generated/templates.js'),
    loadPacks(room.folder),
  ])
  const at = now()
  const gate = evaluateGate(room.design(), packs, { at, workItem })
  const pass = gate.pass ?? (draft ? ('draft' as const) : undefined)
  if (pass) return makePrompt(room.design(), packs, templates, { workItem, target, at, pass, use: { by }, engine: linearEngine })
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
type Issue = { readonly prompt: Prompt; readonly input: Input<'prompt.issue'>; readonly scan: readonly NotedFinding[] }

async function note(desk: PromptDesk, { entries }: LedgerState, { prompt, input, scan }: Issue): Promise<Result<Noted>> {
  const { id, digest, slice, target, draft, text, decision, edited } = prompt
  const issued = entries.filter(({ entry }) => entry.type === 'prompt-issued' && entry.payload.id === id)
  const present = issued.findIndex(({ entry }) => entry.payload.digest === digest)
  const version = present < 0 ? issued.length + 1 : present + 1
  const whose = edited ? { edited: { by: edited.by, at: edited.at } } : {}
  const through = desk.client ? { client: { ...desk.client } } : {}
  const named = { workItem: input.workItem, id, digest, slice, target, draft, scan, ...whose, ...through }
  const first =
    present < 0 ? await record(desk, 'prompt-issued', { ...named, text, decision, use: { target, by: desk.by } }) : undefined
  if (first && !first.ok) return first
  const again = first === undefined || input.how === 'copied'
  const second = again ? await record(desk, input.how === 'copied' ? 'prompt-copied' : 'exported', { ...named, decision }) : first
  return second.ok ? ok({ version, entry: second.value.hash }) : second
}
