import type { LedgerState } from '../../../core/model/ledger.ts'
import type { makePrompt } from '../../../core/prompts/make.ts'
import { ok, type Problem, type Result } from '../../../core/support/result.ts'
import type { Input, Output } from '../../contract.ts'
import type { Desk } from '../handlers.ts'
import { readLedgerFolder } from '../ledger.ts'
import { loadPacks } from './packs.ts'
import { record } from './record.ts'

type Prompt = Extract<ReturnType<typeof makePrompt>, { ok: true }>['value']

/**
 * Makes the prompt anew from what is in the room, never from what a window shows, and notes it in the ledger: its text
 * once, under `prompt-issued`, and every copying of it under `prompt-copied`.
 */
export async function issuePrompt(desk: Desk, input: Input<'prompt.issue'>): Promise<Result<Output<'prompt.issue'>>> {
  const saved = await desk.room.save()
  if (saved.kind !== 'saved') return { ok: false, problems: [unsaved(saved)] }
  const made = await make(desk, input)
  if (!made.ok) return made
  const ledger = await readLedgerFolder(desk.room.folder)
  if (!ledger.ok) return ledger
  const noted = await note(desk, ledger.value, { ...made.value, input })
  if (!noted.ok) return noted
  const { id, digest, text } = made.value.prompt
  return ok({ id, digest, text, ...noted.value })
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

/** A prompt and what the ledger keeps of it. */
type Made = { readonly prompt: Prompt; readonly payload: Readonly<Record<string, unknown>> }

async function make({ room, now }: Desk, { workItem, target, draft }: Input<'prompt.issue'>): Promise<Result<Made>> {
  const [{ evaluateGate }, { issuedPayload }, { makePrompt }, templates, packs] = await Promise.all([
    import('../../../core/gate/evaluate.ts'),
    import('../../../core/prompts/issued.ts'),
    import('../../../core/prompts/make.ts'),
    import('../../../templates/generated/templates.js'),
    loadPacks(room.folder),
  ])
  const at = now()
  const gate = evaluateGate(room.design(), packs, { at, workItem })
  const pass = gate.pass ?? (draft ? ('draft' as const) : undefined)
  if (pass) {
    const design = room.design()
    const made = makePrompt(design, packs, templates, { workItem, target, at, pass })
    if (!made.ok) return made
    return ok({ prompt: made.value, payload: issuedPayload(made.value, { design, packs, templates }, { workItem, target, at }) })
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
type Issue = Made & { readonly input: Input<'prompt.issue'> }

async function note(desk: Desk, { entries }: LedgerState, { prompt, payload, input }: Issue): Promise<Result<Noted>> {
  const { id, digest, slice, target, draft, decision, edited } = prompt
  const issued = entries.filter(({ entry }) => entry.type === 'prompt-issued' && entry.payload.id === id)
  const present = issued.findIndex(({ entry }) => entry.payload.digest === digest)
  const version = present < 0 ? issued.length + 1 : present + 1
  const whose = edited ? { edited: { by: edited.by, at: edited.at } } : {}
  const named = { workItem: input.workItem, id, digest, slice, target, draft, ...whose }
  const first = present < 0 ? await record(desk, 'prompt-issued', payload) : undefined
  if (first && !first.ok) return first
  const again = first === undefined || input.how === 'copied'
  const second = again ? await record(desk, input.how === 'copied' ? 'prompt-copied' : 'exported', { ...named, decision }) : first
  return second.ok ? ok({ version, entry: second.value.hash }) : second
}
