import { rowsOfSlice } from '../gate/control-rows.ts'
import type { GatePass } from '../gate/evaluate.ts'
import { explainDecision } from '../gate/explain-decision.ts'
import { allows, type Decision } from '../gate/policy.ts'
import { type Slice, sliceOf, withTemplate } from '../gate/slice.ts'
import { controlOf } from '../model/lookup.ts'
import type { Design, Packs, Target } from '../model/types.ts'
import { by } from '../support/order.ts'
import { ok, type Problem, type Result, refuse } from '../support/result.ts'
import { contextOf, type PromptParts } from './context.ts'
import { linesOf, type PromptLine } from './lines.ts'
import { lintPrompt } from './lint/lint.ts'
import { NO_DIGEST, promptDigest, shownDigest } from './prompt-digest.ts'
import { fenced, REFERENCE_LIMIT } from './reference.ts'
import { renderTemplate, type Templates, templateHash } from './render.ts'
import { scanBound } from './scan/scan.ts'
import { slotsFor } from './slots.ts'
import { slugOf } from './slug.ts'
import { untagged } from './tags.ts'
import { layoutOf, type PromptFile, targetNames, targetOf } from './targets.ts'

/** A guarded prompt: text for one coding tool, and everything that is known about it. */
export type Prompt = {
  /** P- and the characters of its work item; its version is its digest. */
  readonly id: string
  readonly digest: string
  /** Digest of exactly what it was built from, template included. */
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
  readonly refused?: never
}

export type PromptInput = {
  readonly workItem: string
  readonly target: string
  readonly at: string
  /** The gate's proof that this may be prompted, or a draft that says it is one. */
  readonly pass: GatePass | 'draft'
}

/**
 * Makes the guarded prompt of a work item. Refused where the policy says so, when the gate passed another state, when
 * the data scan blocks, and, unless it is a draft, when the lint has errors.
 */
export function makePrompt(design: Design, packs: Packs, templates: Templates, input: PromptInput): Result<Prompt> {
  const target = targetOf(packs.targets, input.target)
  if (!target) return unknownTarget(packs, input.target)
  const layout = layoutOf(target.name)
  const template = templateHash(templates, Object.values(layout.templates))
  const sliced = sliceOf(design, packs, { workItem: input.workItem, at: input.at })
  if (!sliced.ok) return sliced
  const refusal = refusalOf(sliced.value, input)
  if (refusal) return refusal
  const slice = { ...sliced.value, digest: withTemplate(sliced.value.digest, template) }
  const prompt = compose({ design, packs, templates, slice, target, input })
  const blocking = prompt.scan.filter(isError)
  const [first, ...rest] = blocking.length > 0 || prompt.draft ? blocking : prompt.lint.filter(isError)
  return first ? { ok: false, problems: [first, ...rest] } : ok(prompt)
}

type Ingredients = {
  readonly design: Design
  readonly packs: Packs
  readonly templates: Templates
  readonly slice: Slice
  readonly target: Target
  readonly input: PromptInput
}

function compose({ design, packs, templates, slice, target, input }: Ingredients): Prompt {
  const item = slice.workItem
  const id = item.id.replace('W-', 'P-')
  const active = target.active ?? []
  const parts: PromptParts = {
    design,
    controls: packs.controls,
    slice,
    rows: rowsOfSlice(slice),
    reference: item.reference === undefined ? undefined : fenced(item.id, item.reference, { slice: slice.digest, active }),
    id,
    slug: slugOf(id, item.name),
    sliceDigest: slice.digest,
    isDraft: input.pass === 'draft',
  }
  const slots = slotsFor(target)
  const { templates: names, paths } = layoutOf(target.name)
  const render = (name: string, shown: string) => untagged(renderTemplate(templates, name, contextOf(parts, slots, shown)))
  const digest = promptDigest(render(names.prompt, NO_DIGEST).text)
  const { text, stretches } = render(names.prompt, shownDigest(digest))
  const lines = linesOf(text, stretches)
  const scan = scanBound([...slots.bound, { from: [item.id], text: item.reference ?? '' }])
  const control = (wanted: string | undefined) => controlOf(packs.controls, wanted)
  const common = { id, digest, text, lines, stretches, design, slice, rows: parts.rows, reference: parts.reference }
  const files = Object.entries(names).map(([role, name]) => ({
    path: paths(parts.slug, target)[role as keyof typeof names] ?? `${parts.slug}.md`,
    text: role === 'prompt' ? text : render(name as string, shownDigest(digest)).text,
  }))
  return {
    id,
    digest,
    slice: slice.digest,
    target: target.name,
    text,
    files,
    lines,
    lint: lintPrompt({ ...common, controlOf: control, scan, active, at: input.at }),
    scan,
    decision: slice.decision,
    draft: parts.isDraft,
  }
}

function refusalOf(slice: Slice, { pass, workItem }: PromptInput) {
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
  if (pass.workItem === workItem && pass.digest === slice.digest) return undefined
  return refuse({
    code: 'prompt.stalePass',
    at: workItem,
    message: 'The gate was passed for another state of the design, or not for this work item.',
    cure: 'Ask the gate again, for this work item.',
  })
}

function unknownTarget(packs: Packs, name: string): Result<never> {
  return refuse({
    code: 'prompt.unknownTarget',
    at: name,
    message: `There is no target "${name}".`,
    cure: `Choose one of: ${[...targetNames(packs.targets)].sort(by(one => one)).join(', ')}.`,
  })
}

function isError(problem: Problem): boolean {
  return problem.severity === 'error'
}
