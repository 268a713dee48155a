import { sliceOf } from '../gate/slice.ts'
import type { Design, Packs } from '../model/types.ts'
import { byText } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { approvalsOf } from './approvals.ts'
import { isTemplate } from './lines.ts'
import type { Prompt } from './make.ts'
import { type Templates, templateHash } from './render.ts'
import type { RenderInput } from './rendering.ts'
import { entityDigests } from './slice-since.ts'
import { layoutOf, targetOf } from './targets.ts'

/** Where a prompt goes, as far as it is known when it is issued. */
export type Issue = RenderInput & {
  /** Model it is meant for. */
  readonly model?: string | undefined
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
  const names = Object.values(layoutOf(target).templates)
  return {
    ...{ workItem: issue.workItem, id, digest, slice, target, draft, text, decision },
    template: { names, hash: templateHash(templates, names) },
    format: { verifiedOn: targetOf(packs.targets, target)?.verifiedOn ?? 'unknown', files: files.map(({ path }) => path) },
    bindings: [...new Set(prompt.lines.flatMap(({ from }) => from.filter(one => !isTemplate(one))))].sort(byText),
    entities: parts ? entityDigests(design, parts) : {},
    approvals: parts ? approvalsOf(design, parts) : [],
    lint: lint.map(ruleAndPlace),
    scan: scan.map(ruleAndPlace),
    ...(edited ? { edited: { by: edited.by, at: edited.at } } : {}),
    ...(issue.model === undefined ? {} : { model: issue.model }),
  }
}

function ruleAndPlace({ code, at, severity }: Problem) {
  return { code, severity, ...(at === undefined ? {} : { at }) }
}
