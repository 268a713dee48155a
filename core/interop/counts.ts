import type { Design } from '../model/types.ts'

/** How much of everything a design holds. Boundaries whose inside nobody knows are counted apart: they are questions. */
export function countsOf(design: Design): Readonly<Record<string, number>> {
  const elements = Object.values(design.elements)
  const boundaries = Object.values(design.boundaries)
  const unresolved = boundaries.filter(boundary => boundary.membership === 'unresolved').length
  return {
    elements: elements.length,
    processes: elements.filter(element => element.kind === 'process').length,
    dataStores: elements.filter(element => element.kind === 'dataStore').length,
    externalEntities: elements.filter(element => element.kind === 'externalEntity').length,
    flows: size(design.flows),
    boundaries: boundaries.length - unresolved,
    unresolvedBoundaries: unresolved,
    dataAssets: size(design.data),
    threats: size(design.threats),
    mitigations: size(design.mitigations),
    acceptances: size(design.acceptances),
    requirements: size(design.requirements),
    diagrams: size(design.diagrams),
  }
}

function size(table: object): number {
  return Object.keys(table).length
}
