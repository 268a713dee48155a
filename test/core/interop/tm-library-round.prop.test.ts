import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Design } from '../../../core/model/types.ts'
import { randomDesign } from './random-design.ts'
import { expectHeld, type Held, placesOf, roundOf } from './round-measured.ts'

/** What the format holds of any design of ours. */
const HELD: Held = {
  settings: ['designId', 'name', 'purpose'],
  boundaries: ['name', 'description'],
  elements: ['name', 'kind', 'boundary', 'description'],
  flows: ['name', 'source', 'target', 'description'],
  data: ['name', 'description'],
  assumptions: ['statement'],
  threats: ['statement', 'source', 'cwe', 'elements', 'flows'],
  mitigations: ['statement', 'threats'],
}

/** What it may hold less of than the design; every place must be among them. */
const LOST = [
  ...[
    'acceptances',
    'exclusions',
    'assumptions',
    'boundaries',
    'comments',
    'suggestions',
    'data',
    'diagrams',
    'elements',
    'flows',
    'layout',
    'mitigations',
  ],
  ...['provenance', 'requirements', 'settings', 'threats', 'triage', 'workItems'],
]

test('random designs come back with what the format holds, and the rest is told', () => {
  fc.assert(
    fc.property(randomDesign(), design => {
      const { back, losses } = roundOf(design, 'tm-library')
      expectHeld(design, back, HELD)
      expect(LOST).toEqual(expect.arrayContaining(placesOf(losses).map(place => place.split('/')[0])))
      expectUnknownStaysSo(design, back)
    }),
    { numRuns: 150 },
  )
})

/** Where the format has only yes and no, unknown is no third word of it, and must not become a no. */
function expectUnknownStaysSo(design: Design, back: Design): void {
  for (const { id, encryption } of Object.values(design.flows)) {
    const read = back.flows[id]?.encryption
    expect(read).toBe(encryption === 'unknown' ? undefined : encryption)
  }
  for (const { id, description } of Object.values(design.threats)) {
    const threat = design.threats[id]
    if (threat?.likelihood === undefined || threat.impactScale === undefined) continue
    expect(back.threats[id]).toMatchObject({ likelihood: threat.likelihood, impactScale: threat.impactScale })
    if (description !== undefined && description !== threat.statement) expect(back.threats[id]?.description).toBe(description)
  }
}
