import type { Category, Design, Element, Packs, PrivacyCategory } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { deriveFindings, type Findings, findingsById } from '../threats/engine.ts'
import type { Finding } from '../threats/finding.ts'
import { answersIn } from './answers.ts'
import { type AnyCategory, LINDDUN, STRIDE } from './categories.ts'
import { type CoverageCell, type CoverageState, cellOf, emptyCell } from './coverage-cell.ts'
import { placesOfThreat, scopeOf } from './covered.ts'
import { type ThreatState, threatStates } from './derive.ts'
import { type RulesAsked, rulesAsked } from './rules-asked.ts'
import { type Tallies, tallyAt, tallyFindings } from './tallies.ts'

/** Everything drawn and in scope against every category: what was found there and what became of it. */
export type StrideCoverage = {
  /** The six of STRIDE, in its order. */
  readonly categories: readonly Category[]
  /** Privacy threat types (LINDDUN) that a loaded rule or a threat speaks of, in its order. */
  readonly privacy: readonly PrivacyCategory[]
  /** Elements, then flows, each by id. */
  readonly rows: readonly CoverageRow[]
  /** How many cells are in each state. */
  readonly totals: { readonly [S in CoverageState]: number }
  /** Threats that name nothing drawn and in scope, so that no cell shows them. */
  readonly unplaced: readonly string[]
  /** Elements and flows that nobody examines, and why; in the order of the rows. */
  readonly outOfScope: readonly { readonly id: string; readonly reason: string }[]
}

export type CoverageRow = {
  readonly id: string
  readonly kind: Element['kind'] | 'flow'
  readonly cells: { readonly [C in Category]: CoverageCell }
  readonly privacy: { readonly [C in PrivacyCategory]?: CoverageCell }
}

/** STRIDE against everything drawn. */
export function strideCoverage(design: Design, packs: Pick<Packs, 'rules' | 'controls'>, at: string): StrideCoverage {
  const { elements, flows, triage } = design
  return derive(
    elements,
    flows,
    triage,
    deriveFindings(design, packs.rules),
    threatStates(design, packs, at),
    rulesAsked(design, packs.rules),
  )
}

const derive = memoLast(
  (
    elements: Design['elements'],
    flows: Design['flows'],
    triage: Design['triage'],
    derived: Findings,
    states: readonly ThreatState[],
    asked: RulesAsked,
  ): StrideCoverage => {
    const scope = scopeOf({ elements, flows })
    const byId = findingsById(derived.findings)
    const tallies = tallyFindings(derived.findings, answersIn(triage, byId, states))
    addThreats(tallies, states, byId)
    const ids = new Set([...scope.elements, ...scope.flows].map(row => row.id))
    const privacy = privacyIn(tallies, ids, asked)
    const rows = [
      ...scope.elements.map(({ id, kind }) => rowOf({ id, kind }, { tallies, asked, privacy })),
      ...scope.flows.map(({ id }) => rowOf({ id, kind: 'flow' }, { tallies, asked, privacy })),
    ]
    return {
      categories: STRIDE,
      privacy,
      rows,
      totals: totalsOf(rows),
      unplaced: states.filter(state => !placesOfThreat(state, byId).some(id => ids.has(id))).map(idOf),
      outOfScope: scope.outside,
    }
  },
)

function addThreats(tallies: Tallies, states: readonly ThreatState[], findings: ReadonlyMap<string, Finding>): void {
  for (const state of states)
    for (const place of placesOfThreat(state, findings))
      for (const category of categoriesOf(state)) tallyAt(tallies, place, category).addThreat(state)
}

function categoriesOf({ threat }: ThreatState): readonly AnyCategory[] {
  return [...STRIDE.filter(name => threat.categories[name]), ...LINDDUN.filter(name => threat.privacy?.[name])]
}

function privacyIn(tallies: Tallies, ids: ReadonlySet<string>, asked: RulesAsked): readonly PrivacyCategory[] {
  const isThere = (name: PrivacyCategory) => [...ids].some(id => asked(id, name) > 0 || tallies.get(id)?.has(name))
  return LINDDUN.filter(isThere)
}

type Drawn = { readonly id: string; readonly kind: CoverageRow['kind'] }
type Ground = { readonly tallies: Tallies; readonly asked: RulesAsked; readonly privacy: readonly PrivacyCategory[] }

function rowOf({ id, kind }: Drawn, { tallies, asked, privacy }: Ground): CoverageRow {
  const found = tallies.get(id)
  const cell = (category: AnyCategory) => {
    const known = found?.get(category)
    return known ? cellOf(known, asked(id, category)) : emptyCell(asked(id, category))
  }
  const cells = (categories: readonly AnyCategory[]) => Object.fromEntries(categories.map(name => [name, cell(name)]))
  return { id, kind, cells: cells(STRIDE) as CoverageRow['cells'], privacy: cells(privacy) }
}

function totalsOf(rows: readonly CoverageRow[]): StrideCoverage['totals'] {
  const totals = {
    noRule: 0,
    nothingFound: 0,
    suppressed: 0,
    notApplicable: 0,
    mitigated: 0,
    accepted: 0,
    later: 0,
    undecided: 0,
    open: 0,
  }
  for (const { cells, privacy } of rows)
    for (const { state } of [...Object.values(cells), ...Object.values(privacy)]) totals[state]++
  return totals
}

function idOf({ threat }: ThreatState): string {
  return threat.id
}
