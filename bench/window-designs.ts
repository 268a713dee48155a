import { ELEMENT_SIZE } from '../core/dfd/geometry.ts'
import type { Design, Diagram, Layout } from '../core/model/types.ts'
import { designOf } from './designs.ts'

const COLUMN = ELEMENT_SIZE.width + 60
const ROW = ELEMENT_SIZE.height + 76
const ZONE = { columns: 5, width: 5 * COLUMN + 80, height: 2 * ROW + 100 }

/** A made-up design that is drawn: every element has a place, ten to a zone, the zones in a square. */
export function drawnDesign(elements: number, flows = elements * 2): Design {
  const design = designOf(elements)
  const diagram: Diagram = Object.values(design.diagrams)[0] ?? {
    id: 'G-BENCH',
    name: 'Overview',
    provenance: { kind: 'human', at: '2026-01-01T00:00:00Z' },
  }
  const { id } = diagram
  const kept = Object.fromEntries(Object.entries(design.flows).slice(0, flows))
  const zones = Object.keys(design.boundaries)
  const across = Math.max(1, Math.round(Math.sqrt(zones.length * (ZONE.height / ZONE.width) * 1.6)))
  const origin = (zone: number) => ({
    x: (zone % across) * (ZONE.width + 90),
    y: Math.floor(zone / across) * (ZONE.height + 90),
  })
  const places = [
    ...zones.map((zone, i): [string, Omit<Layout, 'id'>] => [zone, { ...origin(i), width: ZONE.width, height: ZONE.height }]),
    ...Object.keys(design.elements).map((element, i): [string, Omit<Layout, 'id'>] => {
      const { x, y } = origin(Math.min(zones.length - 1, Math.floor(i / 10)))
      const slot = i % 10
      return [
        element,
        {
          x: x + 50 + (slot % ZONE.columns) * COLUMN,
          y: y + 60 + Math.floor(slot / ZONE.columns) * ROW,
          ...ELEMENT_SIZE,
        },
      ]
    }),
  ]
  return {
    ...design,
    flows: kept,
    diagrams: {
      [id]: {
        ...diagram,
        elements: allOf(design.elements),
        boundaries: allOf(design.boundaries),
        flows: allOf(kept),
      },
    },
    layout: Object.fromEntries(places.map(([object, place]) => [`${id}.${object}`, { id: `${id}.${object}`, ...place }])),
  }
}

function allOf(table: object): Readonly<Record<string, true>> {
  return Object.fromEntries(Object.keys(table).map(id => [id, true as const]))
}
