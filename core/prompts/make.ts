import type { GatePass } from '../gate/evaluate.ts'
import { explainDecision } from '../gate/explain-decision.ts'
import { allows, type Decision } from '../gate/policy.ts'
import { controlOf } from '../model/lookup.ts'
import type { Design, Packs } from '../model/types.ts'
import { ok, type Problem, type Refusal, type Result, refuse } from '../support/result.ts'
import type { PromptLine } from './lines.ts'
import { lintPrompt } from './lint/lint.ts'
import { promptDigest, shownDigest } from './prompt-digest.ts'
import { REFERENCE_LIMIT } from './reference.ts'
import type { Templates } from './render.ts'
import {
  finished,
  finishedText,
  type Ingredients,
  ingredientsOf,
  type Overlaid,
  overlaid,
  type RenderInput,
  sealedRendering,
} from './rendering.ts'
import { inOrder, scanBound, scanRanges } from './scan/scan.ts'
import { proposeSplit } from './split.ts'
import { layoutOf, type PromptFile } from './targets.ts'

/** A guarded prompt: text for one coding tool, and everything that is known about it. */
export type Prompt = {
  /** P- and the characters of its work item; its version is its digest. */
  readonly id: string
  readonly digest: string
  /** Digest of exactly what it was built from, template and edit by hand included. */
  readonly slice: string
  readonly target: string
  readonly text: string
  /** What to write where; the first one holds the text. */
  readonly files: readonly PromptFile[]
  readonly lines: readonly PromptLine[]
  readonly lint: readonly Problem[]
  readonly scan: readonly Problem[]
  readonly decision: Decision
  readonly draft: boolean
  /** Who edited the text by hand; undefined: it is as it was generated. */
  readonly edited: EditedBy | undefined
  readonly refused?: never
}

export type EditedBy = {
  readonly by: string
  readonly at: string
  /** Lines that differ: written by hand, or taken out. */
  readonly lines: number
  /** The generated text changed since, elsewhere than where it was edited. */
  readonly isMerged: boolean
}

export type PromptInput = RenderInput & {
  /** The gate's proof that this may be prompted, or a draft that says it is one. */
  readonly pass: GatePass | 'draft'
  /** Leaves an edit by hand out. */
  readonly generated?: boolean
}

/**
 * Makes the guarded prompt of a work item. Refused where the policy says so, when the gate passed another state, when
 * an edit by hand conflicts with the text as it would be made now, when the data scan blocks, and, unless it is a draft,
 * when the lint has errors.
 */
export function makePrompt(design: Design, packs: Packs, templates: Templates, input: PromptInput): Result<Prompt> {
  const isDraft = input.pass === 'draft'
  const found = ingredientsOf(design, packs, templates, { ...input, isDraft })
  if (!found.ok) return found
  const { edit, ...rest } = found.value
  const refusal = refusalOf(rest, input)
  if (refusal) return refusal
  const composed = compose({ ...rest, edit: input.generated === true ? undefined : edit }, input.at)
  if (!composed.ok) return composed
  const prompt = composed.value
  const blocking = prompt.scan.filter(isError)
  const [first, ...more] = blocking.length > 0 || prompt.draft ? blocking : prompt.lint.filter(isError)
  return first ? { ok: false, problems: [first, ...more] } : composed
}

function compose(from: Ingredients, at: string): Result<Prompt> {
  const { design, packs, slice, target, edit, isDraft } = from
  const sealed = sealedRendering(from)
  const laid = edit && overlaid(from, sealed)
  const fault = laid && faultOf(laid, slice.workItem.id)
  if (fault) return fault
  const woven = laid?.woven
  const digest = promptDigest(finishedText(from, sealed, woven))
  const shown = shownDigest(digest)
  const { text, lines, stretches, byHand } = finished(from, sealed, { shown, woven })
  const { id, reference, rows, sliceDigest, slug } = sealed.parts
  const bound = [...sealed.bound, { from: [slice.workItem.id], text: slice.workItem.reference ?? '' }]
  const scan = inOrder([...scanBound(bound), ...scanRanges(id, text, byHand)])
  const { templates: names, paths } = layoutOf(target.name)
  const files = Object.entries(names).map(([role, name]) => ({
    path: paths(slug, target)[role as keyof typeof names] ?? `${slug}.md`,
    text: role === 'prompt' ? text : sealed.file(name as string, shown).text,
  }))
  return ok({
    id,
    digest,
    slice: sliceDigest,
    target: target.name,
    text,
    files,
    lines,
    lint: lintPrompt({
      ...{ id, digest, text, lines, stretches, design, slice, rows, reference, scan, at },
      controlOf: wanted => controlOf(packs.controls, wanted),
      active: target.active ?? [],
      isEdited: edit !== undefined,
      sliceDigest,
      split: () => proposeSplit(from, at),
    }),
    scan,
    decision: slice.decision,
    draft: isDraft,
    edited: edit && laid && { by: edit.by, at: edit.at, lines: changedLines(laid), isMerged: laid.applied.kind === 'merged' },
  })
}

function changedLines({ generated, woven }: Overlaid): number {
  const byHand = woven?.lines.filter(line => line.kind === 'edited') ?? []
  const kept = (woven?.lines.length ?? 0) - byHand.length
  // Sealing adds lines, never takes any, so at least the rest went.
  return Math.max(byHand.length, generated.split('\n').length - kept)
}

function faultOf({ applied, woven }: Overlaid, at: string): Refusal | undefined {
  if (applied.kind === 'conflict')
    return refuse({
      code: 'prompt.editConflict',
      at,
      message: 'The design changed the prompt where it was edited by hand; both texts are kept.',
      cure: 'Choose for each conflict in the workbench, or take the generated text: skeptic prompt W --generated.',
    })
  const [broken] = woven?.broken ?? []
  if (broken === undefined) return undefined
  return refuse({
    code: 'prompt.editFixed',
    at,
    message: `The edit by hand changes a line that is filled in when the prompt is made: "${broken.slice(0, 60)}".`,
    cure: 'Edit the prompt again and leave that line as it is, or go back to the generated text.',
  })
}

function refusalOf({ slice, gated }: Pick<Ingredients, 'slice' | 'gated'>, { pass, workItem }: PromptInput) {
  const { decision, workItem: item } = slice
  if (!allows(decision.level, item.operation))
    return refuse({ code: 'policy.refuses', at: workItem, ...explainDecision(decision, item) })
  if ((item.reference?.length ?? 0) > REFERENCE_LIMIT)
    return refuse({
      code: 'prompt.referenceTooLong',
      at: workItem,
      message: `The reference material has ${item.reference?.length} characters; at most ${REFERENCE_LIMIT} go into a prompt.`,
      cure: 'Keep the part that this change needs. It is never cut by itself: a cut text can mean the opposite.',
    })
  if (pass === 'draft') return undefined
  if (pass.workItem === workItem && pass.digest === gated) return undefined
  return refuse({
    code: 'prompt.stalePass',
    at: workItem,
    message: 'The gate was passed for another state of the design, or not for this work item.',
    cure: 'Ask the gate again, for this work item.',
  })
}

function isError(problem: Problem): boolean {
  return problem.severity === 'error'
}
