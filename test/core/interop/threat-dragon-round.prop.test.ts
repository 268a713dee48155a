import fc from 'fast-check'
import { describe, test } from 'vitest'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import { randomDesign } from './random-design.ts'
import { type Difference, expectTold, type Held, type Round, round } from './round.ts'

const TABLES = TABLE_NAMES.filter(table => table !== 'policy')

/** What a Threat Dragon file holds of a design of ours. */
const HELD: Held = {
  settings: { name: 'always', purpose: 'always', designId: 'always', format: 'always', epoch: 'always' },
  elements: {
    ...{ name: 'always', kind: 'always', boundary: 'always', description: 'always', outOfScope: 'always' },
    // Logs, encryption at rest and stored credentials of data stores, where the answer is yes; payment of processes.
    ...{ attributes: 'unless told', codeClasses: 'unless told' },
  },
  flows: {
    ...{ name: 'always', source: 'always', target: 'always', protocol: 'always', bidirectional: 'always' },
    ...{ description: 'always', outOfScope: 'always', encryption: 'unless told', publicNetwork: 'unless told' },
  },
  boundaries: { name: 'always', parent: 'always', description: 'always', membership: 'unless told' },
  threats: {
    ...{ statement: 'always', elements: 'always', flows: 'always' },
    ...{ categories: 'unless told', description: 'unless told' },
  },
  mitigations: { statement: 'always', threats: 'unless told', status: 'unless told', description: 'unless told' },
  acceptances: { response: 'always', threat: 'always', reason: 'always', owner: 'always', description: 'unless told' },
  diagrams: { name: 'always', description: 'always', elements: 'always', boundaries: 'always', flows: 'unless told' },
  layout: { vertices: 'always', x: 'unless told', y: 'unless told', width: 'unless told', height: 'unless told' },
}

/** Places of losses that stand for several fields. */
function told({ table, field, id }: Difference): readonly string[] {
  if (table === 'threats' && (field === 'likelihood' || field === 'impactScale')) return ['threats/rating']
  if (table === 'threats' && field === 'description') return ['threats/text']
  if (table === 'layout') return [id.slice(0, 7), 'layout/label', 'layout/size', 'layout/ends', 'layout']
  return []
}

/** Diagrams that were drawn anew, perhaps as they had been. */
function rearranged({ losses }: Round): readonly string[] {
  return losses.map(loss => loss.at).filter(at => /^G-|^layout/.test(at))
}

describe('a design of ours as a Threat Dragon file', () => {
  test('comes back with the same ids and values, but for what the report says', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        const there = round(design, 'threat-dragon-v2')
        expectTold(there, { held: HELD, tables: TABLES, told, also: ['diagrams', 'threats/elements', ...rearranged(there)] })
      }),
      { numRuns: 150 },
    )
  })
})
