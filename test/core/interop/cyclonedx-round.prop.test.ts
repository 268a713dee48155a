import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomDesign } from './random-design.ts'
import { expectHeld, type Held, placesOf, roundOf } from './round-measured.ts'

/** Every field of every table that the file holds: native keys where the format has them, properties of ours elsewhere. */
const HELD: Held = {
  settings: ['designId', 'name', 'purpose'],
  boundaries: ['name', 'kind', 'parent', 'trustLevel', 'membership', 'description'],
  elements: [
    ...[
      'name',
      'kind',
      'technology',
      'boundary',
      'attributes',
      'codeClasses',
      'data',
      'paths',
      'tags',
      'outOfScope',
      'description',
    ],
  ],
  flows: [
    ...['name', 'source', 'target', 'protocol', 'authentication', 'encryption', 'publicNetwork', 'data', 'bidirectional'],
    ...['outOfScope', 'description'],
  ],
  data: ['name', 'class', 'confidentiality', 'integrity', 'availability', 'personal', 'description'],
  requirements: [
    ...[
      'statement',
      'kind',
      'priority',
      'source',
      'actor',
      'verification',
      'parent',
      'status',
      'elements',
      'flows',
      'data',
      'description',
    ],
  ],
  assumptions: ['statement', 'consequence', 'owner', 'description'],
  threats: [
    ...[
      'statement',
      'source',
      'prerequisite',
      'action',
      'impact',
      'categories',
      'privacy',
      'cwe',
      'findings',
      'elements',
      'flows',
    ],
    ...['data', 'likelihood', 'impactScale', 'owasp', 'cvss', 'description', 'foreign'],
  ],
  mitigations: ['statement', 'threats', 'control', 'status', 'owner', 'checks', 'description'],
  acceptances: ['response', 'threat', 'reason', 'owner', 'approver', 'expires', 'description'],
  diagrams: ['name', 'elements', 'flows', 'boundaries', 'description'],
  layout: ['x', 'y', 'width', 'height', 'start', 'end', 'vertices', 'label'],
}

/** All that a file does not hold. */
const LOST = ['comments', 'exclusions', 'suggestions', 'provenance', 'settings/glossary', 'triage', 'workItems']

test('random designs come back with all that the format and our properties hold, and the rest is told', () => {
  fc.assert(
    fc.property(randomDesign(), design => {
      fc.pre(
        ['boundaries', 'elements', 'data', 'flows', 'assumptions', 'threats', 'mitigations', 'requirements'].some(
          table => Object.keys(design[table as 'flows']).length > 0,
        ),
      )
      const { back, losses, told } = roundOf(design, 'cyclonedx')
      expectHeld(design, back, HELD)
      expect(told).toEqual([])
      expect(LOST).toEqual(expect.arrayContaining([...placesOf(losses)]))
    }),
    { numRuns: 150 },
  )
})
