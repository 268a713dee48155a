import { rowsOfSlice } from '../gate/control-rows.ts'
import { type Slice, sliceOf, withTemplate } from '../gate/slice.ts'
import type { Design, Packs, PromptEdit, Target } from '../model/types.ts'
import { by } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { contextOf, type PromptParts } from './context.ts'
import { editOf, withEdit } from './edit-of.ts'
import { type EditedText, editedText, type Sealed } from './edited.ts'
import { linesOf } from './lines.ts'
import { type Applied, applyOverlay } from './overlay.ts'
import { NO_DIGEST } from './prompt-digest.ts'
import { fenced } from './reference.ts'
import { renderTemplate, type Templates, templateHash } from './render.ts'
import { type Bound, slotsFor } from './slots.ts'
import { slugOf } from './slug.ts'
import type { Stretch } from './tags.ts'
import { layoutOf, targetNames, targetOf } from './targets.ts'
import { untagged } from './untagged.ts'
import { type Band, type Woven, weave, wovenText } from './weave.ts'

/** What one prompt is written from. */
export type Ingredients = {
  readonly design: Design
  readonly packs: Packs
  readonly templates: Templates
  /** With the template in its digest, and without any edit by hand. */
  readonly slice: Slice
  /** What the gate passes: the digest of the slice alone. */
  readonly gated: string
  readonly target: Target
  readonly edit: PromptEdit | undefined
  readonly isDraft: boolean
}

/** One way to write the prompt; `file` renders one of the target's templates with the digest to show. */
export type Rendering = {
  readonly parts: PromptParts
  readonly bound: readonly Bound[]
  readonly file: (name: string, shown: string) => ReturnType<typeof untagged>
}

export type RenderInput = { readonly workItem: string; readonly target: string; readonly at: string }

/** Looks up target and work item, and takes the slice. */
export function ingredientsOf(
  design: Design,
  packs: Packs,
  templates: Templates,
  input: RenderInput & { readonly isDraft: boolean },
): Result<Ingredients> {
  const target = targetOf(packs.targets, input.target)
  if (!target) return unknownTarget(packs, input.target)
  const sliced = sliceOf(design, packs, { workItem: input.workItem, at: input.at })
  if (!sliced.ok) return sliced
  const template = templateHash(templates, Object.values(layoutOf(target.name).templates))
  const slice = { ...sliced.value, digest: withTemplate(sliced.value.digest, template) }
  const edit = editOf(slice.workItem, target.name)
  return ok({ design, packs, templates, slice, gated: sliced.value.digest, target, edit, isDraft: input.isDraft })
}

/** The prompt as it is issued: of this slice, with this edit laid over it. */
export function sealedRendering(from: Ingredients): Rendering {
  const { slice, edit, isDraft } = from
  return renderingOf(from, { slice: slice.digest, shown: withEdit(slice.digest, edit), isDraft, isEdited: edit !== undefined })
}

/** The same words with blank seals: what edits by hand begin from, and are compared by. */
export function blankRendering(from: Ingredients): Rendering {
  return renderingOf(from, { slice: BLANK, shown: BLANK, isDraft: false, isEdited: false, isBlank: true })
}

const BLANK = `sha256:${'0'.repeat(64)}`

type Seals = {
  /** Of this the mark around fenced material is made; an edit does not move it. */
  readonly slice: string
  /** Slice digest as it stands in the text. */
  readonly shown: string
} & Pick<PromptParts, 'isDraft' | 'isEdited' | 'isBlank'>

function renderingOf({ design, packs, templates, slice, target }: Ingredients, seals: Seals): Rendering {
  const item = slice.workItem
  const id = item.id.replace('W-', 'P-')
  const { slice: marks, shown: sliceDigest, ...flags } = seals
  const reference =
    item.reference === undefined ? undefined : fenced(item.id, item.reference, { slice: marks, active: target.active ?? [] })
  const rows = rowsOfSlice(slice)
  const parts: PromptParts = {
    design,
    controls: packs.controls,
    slice,
    rows,
    reference,
    id,
    slug: slugOf(id, item.name),
    sliceDigest,
    ...flags,
  }
  const slots = slotsFor(target)
  // Read from the design once: a prompt is written at least twice, with its digest blank and filled in.
  let context: ReturnType<typeof contextOf> | undefined
  const file = (name: string, shown: string) => {
    context ??= contextOf(parts, slots)
    return untagged(renderTemplate(templates, name, { ...context, digest: shown }))
  }
  return { parts, bound: slots.bound, file }
}

/** An edit laid over the prompt of now. */
export type Overlaid = {
  /** The generated text with blank seals. */
  readonly generated: string
  readonly applied: Applied
  /** Undefined while a conflict is open. */
  readonly woven: Woven | undefined
}

/** Lays the edit over the text of now; without one the generated text is taken as it is. */
export function overlaid(from: Ingredients, sealed: Rendering): Overlaid {
  const name = layoutOf(from.target.name).templates.prompt
  const blank = blankRendering(from)
  const generated = blank.file(name, NO_DIGEST).text
  const applied = applyOverlay(generated, from.edit ?? { generated, text: generated })
  if (applied.kind === 'conflict') return { generated, applied, woven: undefined }
  const { text, stretches } = sealed.file(name, SOME_DIGEST)
  const texts = { blank: generated, sealed: text, band: bandOf(text, stretches), nonce: blank.parts.reference?.nonce }
  return { generated, applied, woven: weave(texts, applied.text) }
}

/** Unlike the blank one, so that every line that shows a digest is seen to be filled in. */
const SOME_DIGEST = 'f'.repeat(NO_DIGEST.length)

/** The lines that the template puts into drafts only. */
function bandOf(text: string, stretches: readonly Stretch[]): Band | undefined {
  const band = stretches.find(({ from, start, end }) => from[0] === 'partials/draft-band' && start < end)
  return band && { at: countOf(text.slice(0, band.start)), lines: countOf(text.slice(band.start, band.end)) }
}

function countOf(text: string): number {
  return text.split('\n').length - 1
}

/** The text with one digest in it; `woven` where an edit is laid over it. */
export function finished(from: Ingredients, sealed: Rendering, { shown, woven }: { shown: string; woven: Woven | undefined }) {
  const { text, stretches } = sealed.file(layoutOf(from.target.name).templates.prompt, shown)
  const generated: Sealed = { text, stretches, lines: linesOf(text, stretches) }
  const by = { workItem: from.slice.workItem.id, prompt: sealed.parts.id }
  const made: EditedText = woven ? editedText(woven, generated, by) : { ...generated, byHand: [] }
  return made
}

/** Only the words, for the digest. */
export function finishedText(from: Ingredients, sealed: Rendering, woven: Woven | undefined): string {
  const { text } = sealed.file(layoutOf(from.target.name).templates.prompt, NO_DIGEST)
  return woven ? wovenText(woven, text) : text
}

function unknownTarget(packs: Packs, name: string): Result<never> {
  return refuse({
    code: 'prompt.unknownTarget',
    at: name,
    message: `There is no target "${name}".`,
    cure: `Choose one of: ${[...targetNames(packs.targets)].sort(by(one => one)).join(', ')}.`,
  })
}
