import type { Gate } from '../../core/gate/evaluate.ts'
import type { Design, Packs } from '../../core/model/types.ts'
import { makePrompt, type Prompt } from '../../core/prompts/make.ts'
import { promptSlice } from '../../core/prompts/slice-now.ts'
import { type Split, splitOf } from '../../core/prompts/split.ts'
import { type PromptToEdit, promptToEdit } from '../../core/prompts/to-edit.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Result } from '../../core/support/result.ts'
import * as templates from '../../templates/generated/templates.js'

/** The prompt as it would be issued now: final behind an open gate, else a draft that says it is one. */
export const promptNow = memoLast(
  (design: Design, packs: Packs, workItem: string, target: string, at: string, gate: Gate): Result<Prompt> => {
    const final = gate.pass ? makePrompt(design, packs, templates, { workItem, target, at, pass: gate.pass }) : undefined
    return final?.ok ? final : makePrompt(design, packs, templates, { workItem, target, at, pass: 'draft' })
  },
)

/** The same prompt as it is edited by hand: with blank seals, and with how an edit that stands goes with the text of now. */
export const promptToEditNow = memoLast(
  (design: Design, packs: Packs, workItem: string, target: string, at: string): Result<PromptToEdit> =>
    promptToEdit(design, packs, templates, { workItem, target, at }),
)

/** How the work item could be cut, where its prompt is more than one carries. */
export const splitNow = memoLast(
  (design: Design, packs: Packs, workItem: string, target: string, at: string): Result<Split> =>
    splitOf(design, packs, templates, { workItem, target, at }),
)

/** Slice digest that the prompt of a work item would carry now, for seals that need no text. */
export function promptSliceNow(
  design: Design,
  packs: Packs,
  input: { readonly workItem: string; readonly target: string; readonly at: string },
): string | undefined {
  return promptSlice(design, packs, templates, input)
}
