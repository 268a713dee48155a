import { EMPTY_DESIGN } from '../../core/model/change.ts'
import type { Boundary, Design, Element, Flow } from '../../core/model/types.ts'
import { attributesOf, type Drawn, lineage, type Reference, type Situation } from './tb7-reference.ts'

const SHAPES: Readonly<Record<string, Element['kind']>> = {
  Ellipse: 'process',
  ParallelLines: 'dataStore',
  Rectangle: 'externalEntity',
}
const GENERIC: Readonly<Record<string, Element['kind']>> = { 'GE.P': 'process', 'GE.DS': 'dataStore', 'GE.EI': 'externalEntity' }

/** What a stencil is drawn as. */
export function kindOf(reference: Reference, stencil: string): Element['kind'] | undefined {
  const above = lineage(reference, stencil)
  const shape = above.map(id => reference.stencils.get(id)?.shape ?? '').find(one => one !== 'Inherited')
  return above.map(id => GENERIC[id]).find(kind => kind !== undefined) ?? SHAPES[shape ?? '']
}

/** Situations as one design: two elements, a flow and a boundary within a boundary for each, all with foreign properties. */
export function designOf(reference: Reference, situations: readonly Situation[]): Design {
  const elements: Element[] = []
  const flows: Flow[] = []
  const boundaries: Boundary[] = []
  situations.forEach((situation, i) => {
    let parent: string | undefined
    situation.crossed.forEach(({ stencil, name }, depth) => {
      const id = `B-${base(i)}${depth}`
      const kind = stencil.includes('Machine') ? 'machine' : 'unknown'
      boundaries.push({ id, name, kind, membership: 'stated', ...(parent ? { parent } : {}), provenance: PROVENANCE })
      parent = id
    })
    const inside = parent ? { boundary: parent } : {}
    elements.push({ ...elementOf(reference, `E-${base(i)}1`, situation.source), ...inside })
    elements.push(elementOf(reference, `E-${base(i)}2`, situation.target))
    const ends = { source: `E-${base(i)}1`, target: `E-${base(i)}2` }
    flows.push({
      id: flowId(i),
      name: `flow ${i}`,
      ...ends,
      foreign: foreignOf(reference, situation.flow),
      provenance: PROVENANCE,
    })
  })
  return { ...EMPTY_DESIGN, elements: byId(elements), flows: byId(flows), boundaries: byId(boundaries) }
}

export function flowId(i: number): string {
  return `F-${base(i)}0`
}

const PROVENANCE = { kind: 'import', at: '2026-01-01T00:00:00Z', tool: 'reference' } as const

function base(i: number): string {
  return i.toString().padStart(4, '0')
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(rows.map(row => [row.id, row]))
}

function elementOf(reference: Reference, id: string, drawn: Drawn): Element {
  const kind = kindOf(reference, drawn.stencil) ?? 'process'
  return { id, name: `drawn ${id}`, kind, foreign: foreignOf(reference, drawn), provenance: PROVENANCE }
}

/** As the design of .tm7 reading says: `type` holds the stencil, the rest stands under display names. */
function foreignOf(reference: Reference, { stencil, values }: Drawn): NonNullable<Element['foreign']> {
  const titles = new Map(attributesOf(reference, stencil).map(({ name, title }) => [name, title]))
  const properties = Object.fromEntries([...values].map(([name, value]) => [titles.get(name) ?? name, value]))
  return { properties: { type: stencil, ...properties } }
}
