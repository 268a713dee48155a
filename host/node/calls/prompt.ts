import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { ok, type Problem, type Result } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { readLedgerFolder } from '../ledger.ts'
import { loadPacks } from './packs.ts'
import { record } from './record.ts'

/**
 * Makes the prompt anew from what is in the room, never from what a window shows, and notes it in the ledger: its text
 * once, under `prompt-issued`, and every copying of it under `prompt-copied`.
 */
export async function issuePrompt(desk: Desk, input: Input<'prompt.issue'>): Promise<Result<Output<'prompt.issue'>>> {
  const made = await makeSaved(desk, input)
  if (!made.ok) return made
  const noted = await noteIssue(desk, made.value, input)
  if (!noted.ok) return noted
  const { id, digest, text } = made.value
  return ok({ id, digest, text, ...noted.value })
}

/** Makes the prompt of what stands on the disk. */
export async function makeSaved(desk: Desk, asked: Asked): Promise<Result<Prompt>> {
  const saved = await desk.room.save()
  if (saved.kind !== 'saved') return { ok: false, problems: [unsaved(saved)] }
  const [made, { whyNoFiles }] = await Promise.all([make(desk, asked), import('../../../core/prompts/make.ts')])
  const [barred, ...others] = made.ok ? whyNoFiles(made.value) : []
  return barred ? { ok: false, problems: [barred, ...others] } : made
}

/** Notes that a prompt goes out, and how. */
export async function noteIssue(desk: Desk, prompt: Prompt, input: Issue['input']): Promise<Result<Noted>> {
  const ledger = await readLedgerFolder(desk.room.folder)
  return ledger.ok ? note(desk, ledger.value, { prompt, input }) : ledger
}

/** The prompt as one of the team's templates makes it, final where it can be, else a draft, as a window shows it. */
export async function readPrompt(desk: Desk, input: Input<'prompt.read'>): Promise<Result<Output<'prompt.read'>>> {
  const final = await make(desk, { ...input, draft: false })
  return final.ok ? final : make(desk, { ...input, draft: true })
}

type Saved = Awaited<ReturnType<Desk['room']['save']>>

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

/** Makes the prompt of what is in the room now. */
async function make({ room, now }: Desk, { workItem, target, template, draft }: Asked): Promise<Result<Prompt>> {
  const [{ evaluateGate }, { makeTeamPrompt }, packs] = await Promise.all([
    import('../../../core/gate/evaluate.ts'),
    import('../templates/make-prompt.ts'),
    loadPacks(room.folder),
  ])
  const at = now()
  const gate = evaluateGate(room.design(), packs, { at, workItem })
  const pass = gate.pass ?? (draft ? ('draft' as const) : undefined)
  const { folder } = room
  if (pass) return makeTeamPrompt(room.design(), packs, { workItem, target, at, pass, folder, template })
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
type Issue = { readonly prompt: Prompt; readonly input: Pick<Input<'prompt.issue'>, 'workItem' | 'how'> }

async function note(desk: Desk, { entries }: LedgerState, { prompt, input }: Issue): Promise<Result<Noted>> {
  const { id, digest, slice, target, draft, text, decision, edited, template } = prompt
  const issued = entries.filter(({ entry }) => entry.type === 'prompt-issued' && entry.payload.id === id)
  const present = issued.findIndex(({ entry }) => entry.payload.digest === digest)
  const version = present < 0 ? issued.length + 1 : present + 1
  const whose = edited ? { edited: { by: edited.by, at: edited.at } } : {}
  const named = { workItem: input.workItem, id, digest, slice, target, draft, ...whose, ...(template ? { template } : {}) }
  const first = present < 0 ? await record(desk, 'prompt-issued', { ...named, text, decision }) : undefined
  if (first && !first.ok) return first
  const again = first === undefined || input.how === 'copied'
  const second = again ? await record(desk, input.how === 'copied' ? 'prompt-copied' : 'exported', { ...named, decision }) : first
  return second.ok ? ok({ version, entry: second.value.hash }) : second
}
