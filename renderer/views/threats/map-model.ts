import type { CoverageRow, StrideCoverage } from '../../../core/mitigations/coverage.ts'
import type { CoverageCell } from '../../../core/mitigations/coverage-cell.ts'
import type { Standing } from '../../../core/mitigations/standing.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Category, Design, PrivacyCategory } from '../../../core/model/types.ts'
import { byText } from '../../../core/support/order.ts'
import type { Finding } from '../../../core/threats/finding.ts'

/** How a cell looks: answered, partly, not yet, not applicable, kept back, or nothing there. */
export type CellLook = 'covered' | 'partly' | 'asking' | 'waiting' | 'notApplicable' | 'kept' | 'nothing'

/** An element or flow of the map, as the coverage of the core counts it; what is out of scope has a reason and no cells. */
export type MapRow = {
  readonly id: string
  readonly name: string
  readonly outOfScope: string | undefined
  readonly cells: CoverageRow['cells'] | undefined
  readonly privacy: CoverageRow['privacy']
}

/** Every element and flow against every category: elements first, each by name, what is out of scope last. */
export function mapRows(design: Design, { rows, outOfScope }: StrideCoverage): readonly MapRow[] {
  const inside: readonly MapRow[] = rows.map(({ id, cells, privacy }) => ({
    id,
    name: labelOf(design, id),
    outOfScope: undefined,
    cells,
    privacy,
  }))
  const outside: readonly MapRow[] = outOfScope.map(({ id, reason }) => ({
    id,
    name: labelOf(design, id),
    outOfScope: reason,
    cells: undefined,
    privacy: {},
  }))
  const isFlow = ({ id }: { readonly id: string }) => Number(id.startsWith('F-'))
  return [inside, outside].flatMap(part =>
    part.toSorted((a, b) => isFlow(a) - isFlow(b) || BY_NAME.compare(a.name, b.name) || byText(a.id, b.id)),
  )
}

/** As people sort: step 2 before step 10. */
const BY_NAME = new Intl.Collator('en-GB', { numeric: true })

/** How a cell looks, from what the core says of it. */
export function lookOf({ state, decided }: CoverageCell): CellLook {
  if (state === 'mitigated' || state === 'accepted') return 'covered'
  if (state === 'open') return 'partly'
  if (state === 'undecided') return decided > 0 ? 'partly' : 'asking'
  if (state === 'later') return decided > 0 ? 'partly' : 'waiting'
  if (state === 'notApplicable') return 'notApplicable'
  return state === 'suppressed' ? 'kept' : 'nothing'
}

/** Where a person starts in a cell: at what asks there, else at all of it. */
export function startOf({ state }: CoverageCell): Standing | 'all' {
  if (state === 'undecided') return 'triage'
  if (state === 'later') return 'later'
  return state === 'suppressed' ? 'kept' : 'all'
}

/** Findings of a cell that nobody decided. */
export function undecidedIn(
  { triage }: Pick<Design, 'triage'>,
  findings: readonly Finding[],
  at: { readonly subject: string; readonly category: Category | PrivacyCategory },
): readonly Finding[] {
  return findings.filter(finding => finding.applicability === 'applies' && !triage[finding.id] && isAt(finding, at))
}

/** Why a cell does not apply: the reasons given, each once. */
export function reasonsIn(
  { triage }: Pick<Design, 'triage'>,
  findings: readonly Finding[],
  at: { readonly subject: string; readonly category: Category | PrivacyCategory },
): readonly string[] {
  return [...new Set(findings.filter(finding => isAt(finding, at)).flatMap(({ id }) => triage[id]?.reason ?? []))]
}

function isAt(
  { subject, categories, privacy }: Finding,
  at: { readonly subject: string; readonly category: Category | PrivacyCategory },
): boolean {
  return subject === at.subject && [...categories, ...(privacy ?? [])].includes(at.category)
}
