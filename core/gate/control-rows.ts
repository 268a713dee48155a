import type { ThreatState } from '../mitigations/derive.ts'
import type { Mitigation, Threat } from '../model/types.ts'
import { byText } from '../support/order.ts'
import type { SliceParts } from './slice-parts.ts'

/** One line of the threats-and-controls table: a threat and one mitigation that answers it. */
export type ControlRow = { readonly state: ThreatState; readonly threat: Threat; readonly mitigation: Mitigation }

/** More rows than this and the instructions of a prompt get lost. */
export const ROW_LIMIT = 12

/** The rows of a slice, one for each mitigation whatever else was decided about its threat, highest inherent risk first, then by id: the order in which they are worked off. */
export function rowsOfSlice(slice: Pick<SliceParts, 'threats'>): readonly ControlRow[] {
  return [...slice.threats]
    .sort((a, b) => (b.inherent?.score ?? 26) - (a.inherent?.score ?? 26) || byText(a.threat.id, b.threat.id))
    .flatMap(state =>
      [...state.mitigations].sort((a, b) => byText(a.id, b.id)).map(mitigation => ({ state, threat: state.threat, mitigation })),
    )
}

/** What the name of the test holds that shows a row: fit for an identifier in any language. */
export function testIdOf(row: ControlRow): string {
  return `${plain(row.threat.id)}_${plain(row.mitigation.id)}`
}

/** The same for a requirement. */
export function requirementTestId(id: string): string {
  return plain(id)
}

function plain(id: string): string {
  return id.replace('-', '')
}
