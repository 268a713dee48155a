import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Category, Design, Triage } from '../../../core/model/types.ts'
import { byText } from '../../../core/support/order.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import { groupedBy } from '../../state/grouped-by.ts'
import type { FindingFilter } from '../../state/session.ts'
import { CATEGORY_NAMES } from '../../state/words.ts'

/** A finding as the table shows it. */
export type FindingLine = {
  readonly finding: Finding
  readonly subject: string
  readonly decision: Triage | undefined
}

/** The parts of the table. */
export type FindingLists = {
  readonly now: readonly FindingLine[]
  readonly later: readonly FindingLine[]
  /** Decided findings that no rule makes any more; the decision is kept. */
  readonly gone: readonly FindingLine[]
  readonly total: number
}

/** Findings as the table shows them: what asks for an answer now, what may wait, what is gone. A decision moves no row. */
export function findingLists(design: Design, findings: readonly Finding[], filter: FindingFilter): FindingLists {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  const lines = findings
    .filter(finding => finding.applicability !== 'suppressed')
    .map(finding => ({ finding, subject: labelOf(design, finding.subject), decision: design.triage[finding.id] }))
    .filter(line => fits(line, filter, words))
    .sort(byNeed)
  const applies = lines.filter(line => line.finding.applicability === 'applies')
  return {
    now: applies.filter(line => line.finding.attention === 'now'),
    later: applies.filter(line => line.finding.attention === 'later'),
    gone: lines.filter(line => line.finding.applicability === 'gone'),
    total: findings.length,
  }
}

function fits(line: FindingLine, filter: FindingFilter, words: readonly string[]): boolean {
  const { finding, subject, decision } = line
  if (!filter.decided && decision) return false
  if (filter.element !== undefined && finding.subject !== filter.element) return false
  if (filter.category !== undefined && !finding.categories.includes(filter.category)) return false
  if (words.length === 0) return true
  const text = [finding.id, finding.title, subject, ...finding.cwe, ...finding.categories.map(one => CATEGORY_NAMES[one])]
    .join(' ')
    .toLowerCase()
  return words.every(word => text.includes(word))
}

function byNeed(a: FindingLine, b: FindingLine): number {
  return risk(b) - risk(a) || byText(a.subject, b.subject) || byText(a.finding.id, b.finding.id)
}

function risk({ finding }: FindingLine): number {
  return finding.likelihood * finding.impact
}

/** How far a cell of the map is decided. */
export type CellState = 'none' | 'open' | 'partly' | 'decided'

/** What a cell of the map counts. */
export type MapCell = { readonly state: CellState; readonly decided: number; readonly all: number }

/** An element or flow of the map; categories without findings have no cell. */
export type MapRow = { readonly id: string; readonly name: string; readonly cells: ReadonlyMap<Category, MapCell> }

/** STRIDE by element and flow: what was found, and how much of it is decided. Only what applies counts. */
export function strideMap(design: Design, findings: readonly Finding[]): readonly MapRow[] {
  const bySubject = groupedBy(
    findings.filter(finding => finding.applicability === 'applies'),
    finding => finding.subject,
  )
  return [...rowsOf(design.elements), ...rowsOf(design.flows)].flatMap(row => {
    const own = bySubject.get(row.id)
    return own ? [{ id: row.id, name: row.name, cells: cellsOf(design, own) }] : []
  })
}

function cellsOf(design: Design, findings: readonly Finding[]): ReadonlyMap<Category, MapCell> {
  const counts = new Map<Category, { decided: number; all: number }>()
  for (const finding of findings)
    for (const category of finding.categories) {
      const cell = counts.get(category) ?? { decided: 0, all: 0 }
      cell.all++
      if (design.triage[finding.id]) cell.decided++
      counts.set(category, cell)
    }
  return new Map([...counts].map(([category, { decided, all }]) => [category, { decided, all, state: stateOf(decided, all) }]))
}

function stateOf(decided: number, all: number): CellState {
  return decided === all ? 'decided' : decided > 0 ? 'partly' : 'open'
}

/** The reason last given for a finding of the same rule, so that nobody types it twice. */
export function lastReasonFor(design: Design, findings: readonly Finding[]): string {
  const rules = new Set(findings.map(finding => finding.rule))
  const same = rowsOf(design.triage).filter(row => row.reason !== undefined && rules.has(row.subject.rule))
  return same.reduce<Triage | undefined>((last, row) => (last && last.at >= row.at ? last : row), undefined)?.reason ?? ''
}

/** Findings that may say the same: those on the same subject first. */
export function possibleOriginals(design: Design, findings: readonly Finding[], chosen: readonly Finding[]): readonly Finding[] {
  const own = new Set(chosen.map(finding => finding.id))
  const subjects = new Set(chosen.map(finding => finding.subject))
  const near = (finding: Finding) => (subjects.has(finding.subject) ? 0 : 1)
  return findings
    .filter(
      finding =>
        finding.applicability === 'applies' && !own.has(finding.id) && design.triage[finding.id]?.decision !== 'duplicate',
    )
    .toSorted((a, b) => near(a) - near(b))
}
