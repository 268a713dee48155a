import type { Gate } from '../../core/gate/evaluate.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import type { Prompt } from '../../core/prompts/make.ts'
import type { OwnTemplate } from '../../core/prompts/own-template.ts'
import type { Split } from '../../core/prompts/split.ts'
import type { PromptToEdit } from '../../core/prompts/to-edit.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Result } from '../../core/support/result.ts'
import type { TeamTemplate } from '../../host/contract.ts'

type PromptPart = typeof import('./prompt-part.ts')['promptPart']

let read: PromptPart | undefined

/** Reads what writes prompts; awaited before any view is shown, so that everything here answers at once. */
export async function readPromptPart(): Promise<void> {
  read = (await import('./prompt-part.ts')).promptPart
}

function part(): PromptPart {
  if (!read) throw new Error('prompt-now: asked before the part that writes prompts was read')
  return read
}

/** The prompt as it would be issued now: final behind an open gate, else a draft that says it is one. */
export const promptNow = memoLast(
  (design: Design, packs: Packs, workItem: string, target: string, at: string, gate: Gate): Result<Prompt> => {
    const { makePrompt, templates } = part()
    const final = gate.pass ? makePrompt(design, packs, templates, { workItem, target, at, pass: gate.pass }) : undefined
    return final?.ok ? final : makePrompt(design, packs, templates, { workItem, target, at, pass: 'draft' })
  },
)

/** The same prompt as it is edited by hand: with blank seals, and with how an edit that stands goes with the text of now. */
export const promptToEditNow = memoLast(
  (design: Design, packs: Packs, workItem: string, target: string, at: string): Result<PromptToEdit> =>
    part().promptToEdit(design, packs, part().templates, { workItem, target, at }),
)

/** How the work item could be cut, where its prompt is more than one carries. */
export const splitNow = memoLast(
  (design: Design, packs: Packs, workItem: string, target: string, at: string): Result<Split> =>
    part().splitOf(design, packs, part().templates, { workItem, target, at }),
)

/** Slice digest that the prompt of a work item would carry now, for seals that need no text. */
export function promptSliceNow(
  design: Design,
  packs: Packs,
  input: { readonly workItem: string; readonly target: string; readonly at: string; readonly own?: OwnHash | undefined },
): string | undefined {
  return part().promptSlice(design, packs, part().templates, input)
}

type OwnHash = Pick<OwnTemplate, 'hash'>

/** What a prompt made with a template of the team would be made with today: one that is gone has no hash that any prompt has. */
export function ownNow(made: OwnTemplate | undefined, team: readonly TeamTemplate[]): OwnHash | undefined {
  return made && (team.find(({ name }) => name === made.name) ?? { hash: '' })
}
