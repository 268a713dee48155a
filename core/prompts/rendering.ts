import { rowsOfSlice } from '../gate/control-rows.ts'
import { decideUse } from '../gate/policy.ts'
import type { Use } from '../gate/policy-match.ts'
import { type Slice, sliceOf, withTemplate } from '../gate/slice.ts'
import { digestOf } from '../model/digest.ts'
import type { Design, Packs, PromptEdit, Target } from '../model/types.ts'
import type { Engine } from '../scan/engine.ts'
import { newWithheld, type Withheld } from '../scan/placeholders.ts'
import { by } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { allTargets, targetOf } from '../targets/find.ts'
import { contextOf, type PromptParts } from './context.ts'
import { editOf, withEdit } from './edit-of.ts'
import { type EditedText, editedText, type Sealed } from './edited.ts'
import { linesOf } from './lines.ts'
import { type Applied, applyOverlay } from './overlay.ts'
import { DIGEST_PLACE, type OwnTemplate, type OwnText, withShown } from './own-template.ts'
import { mainTemplate, templateOf } from './parts.ts'
import { NO_DIGEST } from './prompt-digest.ts'
import { fenced } from './reference.ts'
import { renderTemplate, type Templates, type TemplateValue } from './render.ts'
import { type Bound, slotsFor } from './slots.ts'
import { slugOf } from './slug.ts'
import type { Stretch } from './tags.ts'
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
  /** Laid over the text of the built-in template only: what a team's template writes is changed there. */
  readonly edit: PromptEdit | undefined
  readonly isDraft: boolean
  /** The team's template and what it wrote. */
  readonly own: OwnTemplate | OwnText | undefined
  readonly engine: Engine | undefined
}

/** One way to write the prompt; `file` renders one of the target's templates with the digest to show. */
export type Rendering = {
  readonly parts: PromptParts
  readonly bound: readonly Bound[]
  /** Personal data that the text shows names for. */
  readonly withheld: Withheld
  readonly file: (name: string, shown: string) => ReturnType<typeof untagged>
}

export type RenderInput = {
  readonly workItem: string
  readonly target: string
  readonly at: string
  /** What the data scan searches with; missing means expressions of the language, which a window has without loading anything. */
  readonly engine?: Engine
  /** Tool, model and person, as far as they are known. */
  readonly use?: Omit<Use, 'target'>
  /** A template of the team's own, in place of the built-in sections. */
  readonly own?: OwnTemplate | OwnText
}

/** Looks up target and work item, and takes the slice. */
export function ingredientsOf(
  design: Design,
  packs: Packs,
  templates: Templates,
  input: RenderInput & { readonly isDraft: boolean },
): Result<Ingredients> {
  const target = targetOf(packs.targets, input.target)
  if (!target) return unknownTarget(packs, input.target)
  if (input.own && !SECTIONED.has(mainTemplate(target))) return noSections(input.own, target)
  const sliced = sliceOf(design, packs, { workItem: input.workItem, at: input.at })
  if (!sliced.ok) return sliced
  const template = hashWith(templateOf(templates, target), input.own)
  const use = { ...input.use, target: target.name }
  const decision = decideUse(design, sliced.value, { packs, at: input.at, use })
  const slice = { ...sliced.value, decision, digest: withTemplate(sliced.value.digest, template) }
  const { own, isDraft, engine } = input
  const edit = own ? undefined : editOf(slice.workItem, target.name)
  return ok({ design, packs, templates, slice, gated: sliced.value.digest, target, edit, isDraft, own, engine })
}

/** Hash of the templates of a target with one of the team's own in their midst. */
export function hashWith(template: string, own: Pick<OwnTemplate, 'hash'> | undefined): string {
  return own ? digestOf({ template, own: own.hash }) : template
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

function renderingOf(from: Ingredients, seals: Seals): Rendering {
  const { templates, target, own } = from
  const withheld = newWithheld(from.engine)
  const parts = partsWith(from, seals, withheld)
  const slots = slotsFor(target, withheld.hide)
  const written = own && 'text' in own ? own : undefined
  // Read from the design once: a prompt is written at least twice, with its digest blank and filled in.
  let context: ReturnType<typeof contextOf> | undefined
  const file = (name: string, shown: string) => {
    context ??= contextOf(parts, slots)
    const sections = written && { origin: `templates/${written.name}`, text: withShown(written, shown) }
    return untagged(renderTemplate(templates, name, { ...context, digest: shown }, sections))
  }
  return { parts, bound: slots.bound, withheld, file }
}

/** What a team's template may name in this prompt, all of it text. */
export function ownContext(from: Ingredients): TemplateValue {
  const { slice, isDraft } = from
  const withheld = newWithheld(from.engine)
  const parts = partsWith(from, { slice: slice.digest, shown: slice.digest, isDraft, isEdited: false }, withheld)
  return { ...contextOf(parts, slotsFor(from.target, withheld.hide)), digest: DIGEST_PLACE }
}

function partsWith({ design, packs, slice, target }: Ingredients, seals: Seals, withheld: Withheld): PromptParts {
  const item = slice.workItem
  const id = item.id.replace('W-', 'P-')
  const { slice: marks, shown: sliceDigest, ...flags } = seals
  const reference =
    item.reference === undefined
      ? undefined
      : fenced(item.id, withheld.hide(item.reference), { slice: marks, active: target.active })
  const rows = rowsOfSlice(slice)
  return {
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
  const name = mainTemplate(from.target)
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
  const { text, stretches } = sealed.file(mainTemplate(from.target), shown)
  const generated: Sealed = { text, stretches, lines: linesOf(text, stretches) }
  const by = { workItem: from.slice.workItem.id, prompt: sealed.parts.id }
  const made: EditedText = woven ? editedText(woven, generated, by) : { ...generated, byHand: [] }
  return made
}

/** Only the words, for the digest. */
export function finishedText(from: Ingredients, sealed: Rendering, woven: Woven | undefined): string {
  const { text } = sealed.file(mainTemplate(from.target), NO_DIGEST)
  return woven ? wovenText(woven, text) : text
}

/** The templates that hold sections for a team's own to stand in for. */
const SECTIONED = new Set(['prompt', 'skill'])

function noSections({ name }: OwnTemplate, { title }: Target): Result<never> {
  return refuse({
    code: 'template.target',
    at: `templates/${name}.hbs`,
    message: `${title} holds no prompt of its own, so a template of the team has no place in it.`,
    cure: 'Choose the built-in template for this target, or another target.',
  })
}

function unknownTarget(packs: Packs, name: string): Result<never> {
  return refuse({
    code: 'prompt.unknownTarget',
    at: name,
    message: `There is no target "${name}".`,
    cure: `Choose one of: ${namesOf(packs).join(', ')}.`,
  })
}

function namesOf(packs: Packs): readonly string[] {
  return allTargets(packs.targets)
    .map(target => target.name)
    .sort(by(one => one))
}
