import { rowsOf } from '../../../core/model/table.ts'
import type { Category, Design, PrivacyCategory } from '../../../core/model/types.ts'
import { byText } from '../../../core/support/order.ts'
import type { MergedFinding } from '../../../core/threats/merged.ts'
import { groupedBy } from '../../state/grouped-by.ts'
import { decisionOn } from '../../state/merged.ts'

/** How far a cell of the map is decided; kept, where all that was found is kept back. */
export type CellState = 'open' | 'partly' | 'decided' | 'kept'

/** What a cell of the map counts: findings as they are shown, those kept back apart. */
export type MapCell = { readonly state: CellState; readonly decided: number; readonly all: number; readonly kept: number }

/** An element or flow of the map; where nothing was found there is no cell. */
export type MapRow = {
  readonly id: string
  readonly name: string
  readonly isOutOfScope: boolean
  readonly cells: ReadonlyMap<Category | PrivacyCategory, MapCell>
}

/** Every element and flow against every category, whether something was found or not: elements first, each by name. */
export function strideMap(design: Design, merged: readonly MergedFinding[]): readonly MapRow[] {
  const bySubject = groupedBy(
    merged.filter(({ lead }) => lead.applicability !== 'gone'),
    ({ lead }) => lead.subject,
  )
  return [design.elements, design.flows].flatMap(table =>
    rowsOf<{ readonly id: string; readonly name: string; readonly outOfScope?: string }>(table)
      .map(({ id, name, outOfScope }) => ({
        id,
        name,
        isOutOfScope: outOfScope !== undefined,
        cells: cellsOf(design, bySubject.get(id) ?? []),
      }))
      .sort((a, b) => Number(a.isOutOfScope) - Number(b.isOutOfScope) || BY_NAME.compare(a.name, b.name) || byText(a.id, b.id)),
  )
}

/** As people sort: step 2 before step 10. */
const BY_NAME = new Intl.Collator('en-GB', { numeric: true })

function cellsOf(design: Design, findings: readonly MergedFinding[]): MapRow['cells'] {
  const counts = new Map<Category | PrivacyCategory, { decided: number; all: number; kept: number }>()
  for (const merged of findings) {
    const { categories, privacy = [], applicability } = merged.lead
    for (const category of [...categories, ...privacy]) {
      const count = counts.get(category) ?? { decided: 0, all: 0, kept: 0 }
      counts.set(category, count)
      if (applicability === 'suppressed') count.kept++
      else {
        count.all++
        if (decisionOn(design, merged).state !== 'undecided') count.decided++
      }
    }
  }
  return new Map([...counts].map(([category, count]) => [category, { ...count, state: stateOf(count) }]))
}

function stateOf({ decided, all }: Omit<MapCell, 'state'>): CellState {
  if (all === 0) return 'kept'
  return decided === all ? 'decided' : decided > 0 ? 'partly' : 'open'
}
