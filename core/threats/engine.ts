import { EMPTY_DESIGN } from '../model/change.ts'
import type { Design, RulePack } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { by } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { indexOf, type RuleIndex } from './compile.ts'
import type { Finding } from './finding.ts'
import { goneFindings } from './gone.ts'
import { liveFindings } from './live.ts'

export type { Finding, FindingOn } from './finding.ts'

/** What the rules say of a design, and which rules cannot be asked. */
export type Findings = { readonly findings: readonly Finding[]; readonly problems: readonly Problem[] }

/**
 * Everything the rules find in a design, by id, with the decided findings that are gone, and the rules that are broken.
 * Findings of several rules that say the same about one subject are all here; showing them as one is a view on this list.
 */
export function deriveFindings(design: Design, packs: readonly RulePack[]): Findings {
  const { elements, flows, boundaries, data, triage } = design
  return derive(indexOf(packs), elements, flows, boundaries, data, triage)
}

/** One finding by its id, gone ones included. */
export function findingOf(design: Design, packs: readonly RulePack[], id: string): Finding | undefined {
  return findingsById(deriveFindings(design, packs).findings).get(id)
}

/** A list of findings by id. */
export const findingsById = memoLast(
  (findings: readonly Finding[]): ReadonlyMap<string, Finding> => new Map(findings.map(finding => [finding.id, finding])),
)

const derive = memoLast(
  (
    index: RuleIndex,
    elements: Design['elements'],
    flows: Design['flows'],
    boundaries: Design['boundaries'],
    data: Design['data'],
    triage: Design['triage'],
  ): Findings => {
    const design = { ...EMPTY_DESIGN, elements, flows, boundaries, data, triage }
    const live = liveFindings(design, index)
    const gone = goneFindings(design, index, live)
    return { findings: gone.length > 0 ? [...live, ...gone].sort(by(finding => finding.id)) : live, problems: index.problems }
  },
)
