import { rowsOf, sizeOf } from '../model/table.ts'
import type { Design } from '../model/types.ts'

/** How much of everything a design holds. Boundaries whose inside nobody knows are counted apart: they are questions. */
export function countsOf(design: Design): Readonly<Record<string, number>> {
  const elements = rowsOf(design.elements)
  const boundaries = rowsOf(design.boundaries)
  const unresolved = boundaries.filter(boundary => boundary.membership === 'unresolved').length
  return {
    elements: elements.length,
    processes: elements.filter(element => element.kind === 'process').length,
    dataStores: elements.filter(element => element.kind === 'dataStore').length,
    externalEntities: elements.filter(element => element.kind === 'externalEntity').length,
    flows: sizeOf(design.flows),
    boundaries: boundaries.length - unresolved,
    unresolvedBoundaries: unresolved,
    dataAssets: sizeOf(design.data),
    threats: sizeOf(design.threats),
    mitigations: sizeOf(design.mitigations),
    acceptances: sizeOf(design.acceptances),
    requirements: sizeOf(design.requirements),
    diagrams: sizeOf(design.diagrams),
  }
}
