import { controlDigest, digestOf, sliceDigest } from '../model/digest.ts'
import { controlOf, ruleOf } from '../model/lookup.ts'
import { hasRow, rowAt } from '../model/table.ts'
import type { Design, Requirement, TableName } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import type { GatePacks } from './links.ts'
import { linksOf } from './links.ts'
import { type Decision, decideSlice } from './policy.ts'
import { type SliceParts, slicePartsOf } from './slice-parts.ts'

/** A work item with everything of the design it touches, and the digest over exactly that. */
export type Slice = SliceParts & {
  readonly decision: Decision
  readonly digest: string
}

/**
 * The slice of a work item. `template` is the hash of the template a text is made with; it belongs to the digest
 * of prompts and not to that of checklists.
 */
export function sliceOf(
  design: Design,
  packs: GatePacks,
  input: { readonly workItem: string; readonly at: string; readonly template?: string },
): Result<Slice> {
  const slice = remembered(design, packs, input.workItem, input.at)
  if (!slice.ok || input.template === undefined) return slice
  return ok({ ...slice.value, digest: withTemplate(slice.value.digest, input.template) })
}

/** A checklist, a prompt and a gate ask for the same slice one after the other. */
const remembered = memoLast((design: Design, packs: GatePacks, id: string, at: string): Result<Slice> => {
  const workItem = design.workItems[id]
  if (!workItem) return unknownWorkItem(id)
  const parts = slicePartsOf(design, packs, { workItem, at })
  const decision = decideSlice(design, parts, { packs, at })
  return ok({ ...parts, decision, digest: digestOfParts(design, packs, { at, parts, decision }) })
})

/** The digest of a slice as one template prints it; another template makes the text another one. */
export function withTemplate(digest: string, template: string): string {
  return digestOf({ slice: digest, template })
}

export function unknownWorkItem(id: string): Result<never> {
  return refuse({
    code: 'workItem.unknown',
    at: id,
    message: `There is no work item ${id}.`,
    cure: 'List the work items with: skeptic work',
  })
}

function digestOfParts(
  design: Design,
  packs: GatePacks,
  slice: { readonly at: string; readonly parts: SliceParts; readonly decision: Decision },
): string {
  const { parts, decision } = slice
  const links = linksOf(design, packs, slice.at)
  return sliceDigest(withoutProgress(design, parts), entitiesOf(design, parts), {
    crossings: parts.flows.map(id => [id, (links.interactions.get(id) ?? []).map(one => one.crossed)]),
    rules: rulesUsed(design, packs, parts),
    controls: controlsUsed(packs, parts),
    policy: [decision.level, decision.policyHash],
  })
}

/** Who does it, how far it is, how its prompt was reworded by hand and where a list shows it change no check, so they make nothing stale. */
export function withoutProgress(design: Design, parts: SliceParts): Design {
  const { assignee: _assignee, promptEdits: _edits, ...workItem } = parts.workItem
  const mitigations = parts.threats.flatMap(state => state.mitigations).map(row => ({ ...row, status: 'planned' as const }))
  return {
    ...design,
    workItems: { [workItem.id]: workItem },
    requirements: Object.fromEntries(parts.requirements.flatMap(id => withoutParent(rowAt(design.requirements, id)))),
    mitigations: Object.fromEntries(mitigations.map(({ owner: _owner, ...row }) => [row.id, row])),
  }
}

function withoutParent(row: Requirement | undefined): readonly (readonly [string, Requirement])[] {
  if (!row) return []
  const { parent: _parent, ...rest } = row
  return [[row.id, rest]]
}

/** What of the design a slice holds, each by its table and id. */
export function entitiesOf(design: Design, parts: SliceParts): readonly (readonly [TableName, string])[] {
  const pairs = (table: TableName, ids: readonly string[]) => ids.map(id => [table, id] as const)
  return [
    ...pairs('workItems', [parts.workItem.id]),
    ...pairs('elements', parts.elements),
    ...pairs('flows', parts.flows),
    ...pairs('boundaries', parts.boundaries),
    ...pairs('data', parts.data),
    ...pairs('requirements', parts.requirements),
    ...pairs('triage', asked(design, parts)),
    ...pairs(
      'threats',
      parts.threats.map(state => state.threat.id),
    ),
    ...pairs('mitigations', parts.mitigations),
    ...pairs('acceptances', parts.acceptances),
  ]
}

/** Findings that the gate asked about or a person decided; what nobody looked at changes no text. */
function asked(design: Design, parts: SliceParts): readonly string[] {
  return parts.findings
    .filter(finding => finding.attention === 'now' || hasRow(design.triage, finding.id))
    .map(finding => finding.id)
}

function rulesUsed(design: Design, packs: GatePacks, parts: SliceParts): unknown {
  const ids = new Set(asked(design, parts))
  const rules = new Set(parts.findings.filter(finding => ids.has(finding.id)).map(finding => finding.rule))
  return {
    findings: [...ids],
    versions: [...rules].sort().map(id => [id, ruleOf(packs.rules, id)?.version ?? 0]),
  }
}

function controlsUsed(packs: GatePacks, parts: SliceParts): unknown {
  const mitigations = parts.threats.flatMap(state => state.mitigations)
  const ids = new Set(mitigations.flatMap(mitigation => (mitigation.control === undefined ? [] : [mitigation.control])))
  return [...ids].sort().map(id => {
    const control = controlOf(packs.controls, id)
    return [id, control ? controlDigest(control) : null]
  })
}
