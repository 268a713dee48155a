import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Mitigation } from '../../../core/model/types.ts'
import { randomDesign } from './random-design.ts'
import { expectHeld, type Held, placesOf, roundOf } from './round-measured.ts'

/** What the format holds of any design of ours with texts of the lengths it allows. */
const HELD: Held = {
  settings: ['designId', 'name', 'purpose'],
  threats: ['statement', 'source', 'prerequisite', 'action', 'impact', 'categories', 'description'],
  mitigations: ['statement', 'threats', 'description'],
  assumptions: ['statement', 'description'],
}

/** What it has no place for. */
const LOST = [
  ...[
    'acceptances',
    'exclusions',
    'assumptions/consequence',
    'assumptions/owner',
    'boundaries',
    'comments',
    'suggestions',
    'data',
    'diagrams',
    'elements',
    'flows',
  ],
  ...[
    'layout',
    'mitigations/checks',
    'mitigations/control',
    'mitigations/owner',
    'mitigations/status',
    'provenance',
    'requirements',
  ],
  ...[
    'settings/designId',
    'settings/glossary',
    'threats/cvss',
    'threats/cwe',
    'threats/data',
    'threats/elements',
    'threats/findings',
  ],
  ...['threats/flows', 'threats/impactScale', 'threats/likelihood', 'threats/owasp', 'threats/privacy', 'triage', 'workItems'],
]

test('random designs come back with what the format holds, and the rest is told', () => {
  fc.assert(
    fc.property(randomDesign(), design => {
      const { back, losses } = roundOf(design, 'threat-composer')
      const isNamed = ['elements', 'boundaries', 'threats', 'mitigations', 'assumptions'].some(
        table => Object.keys(design[table as 'flows']).length > 0,
      )
      expectHeld(design, back, isNamed ? HELD : { ...HELD, settings: ['name', 'purpose'] })
      expect(LOST).toEqual(expect.arrayContaining([...placesOf(losses)]))
      for (const row of Object.values(design.mitigations)) expect(back.mitigations[row.id]?.status).toBe(DONE[row.status])
    }),
    { numRuns: 150 },
  )
})

/** Verified is a word of ours only. */
const DONE: Readonly<Record<Mitigation['status'], Mitigation['status']>> = {
  planned: 'planned',
  implemented: 'implemented',
  verified: 'implemented',
}
