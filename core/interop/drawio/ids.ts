import type { Design, Provenance } from '../../model/types.ts'
import type { WrittenPage } from './write-pages.ts'

/** The ids of the cells of one page. */
export type CellIds = { readonly of: (id: string) => string; readonly all: ReadonlySet<string> }

/** Whether a row came from a draw.io file, so that its original id and its kept data mean something there. */
export function isFromDrawio({ provenance }: { readonly provenance?: Provenance }): boolean {
  return provenance?.kind === 'import' && provenance.tool === 'draw.io'
}

/** What came from draw.io keeps the id it had there, as long as no two are alike; everything else has its own. */
export function cellIdsOf(design: Design, { elements, flows, boxes, curves }: WrittenPage): CellIds {
  const rows = [
    ...elements.map(id => design.elements[id]),
    ...[...boxes, ...curves].map(id => design.boundaries[id]),
    ...flows.map(id => design.flows[id]),
  ].filter(row => row !== undefined)
  const taken = new Set(['0', '1', ...rows.map(({ id }) => id)])
  const ids = new Map<string, string>()
  for (const row of rows) {
    const original = isFromDrawio(row) ? row.provenance.originalId : undefined
    const isFree = original !== undefined && original !== '' && !taken.has(original)
    ids.set(row.id, isFree ? original : row.id)
    if (isFree) taken.add(original)
  }
  return { of: id => ids.get(id) ?? id, all: new Set(ids.values()) }
}
