import { sliceOf } from '../gate/slice.ts'
import type { Design, Packs } from '../model/types.ts'
import { byText } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { targetOf } from '../targets/find.ts'
import { approvalsOf } from './approvals.ts'
import { isTemplate } from './lines.ts'
import type { Prompt } from './make.ts'
import { templateOf, templatesOf } from './parts.ts'
import type { Templates } from './render.ts'
import type { RenderInput } from './rendering.ts'
import { entityDigests } from './slice-since.ts'

/** Where a prompt goes, as far as it is known when it is issued. */
export type Issue = RenderInput & {
  /** Model it is meant for. */
  readonly model?: string | undefined
  /** Tool, model and person as the policy was asked about them. */
  readonly use?: object
  /** What the last look found, each with its fingerprint; where nobody looked, what the prompt says of itself. */
  readonly found?: readonly object[]
}

/**
 * What the ledger keeps of an issued prompt (AISVS AC.5.1, AC.10.1): its text once, and by digest whatever it was made from.
 * Of what data scan and lint found only rule and place are kept, never the words.
 */
export function issuedPayload(
  prompt: Prompt,
  { design, packs, templates }: { readonly design: Design; readonly packs: Packs; readonly templates: Templates },
  issue: Issue,
): Readonly<Record<string, unknown>> {
  const { id, digest, slice, target, draft, text, decision, edited, lint, scan, files } = prompt
  const sliced = sliceOf(design, packs, issue)
  const parts = sliced.ok ? sliced.value : undefined
  const format = targetOf(packs.targets, target)
  return {
    ...{ workItem: issue.workItem, id, digest, slice, target, draft, text, decision },
    ...(format ? { templates: { names: templatesOf(format).map(([, name]) => name), hash: templateOf(templates, format) } } : {}),
    format: { verifiedOn: format?.verifiedOn ?? 'unknown', files: files.map(({ path }) => path) },
    bindings: [...new Set(prompt.lines.flatMap(({ from }) => from.filter(one => !isTemplate(one))))].sort(byText),
    entities: parts ? entityDigests(design, parts) : {},
    approvals: parts ? approvalsOf(design, parts) : [],
    lint: lint.map(ruleAndPlace),
    scan: issue.found ?? scan.map(ruleAndPlace),
    ...(issue.use ? { use: issue.use } : {}),
    ...(prompt.template ? { template: prompt.template } : {}),
    ...(edited ? { edited: { by: edited.by, at: edited.at } } : {}),
    ...(issue.model === undefined ? {} : { model: issue.model }),
  }
}

function ruleAndPlace({ code, at, severity }: Problem) {
  return { code, severity, ...(at === undefined ? {} : { at }) }
}
