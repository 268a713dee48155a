import fc from 'fast-check'
import { describe, test } from 'vitest'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import { randomDesign } from './random-design.ts'
import { type Difference, expectTold, type Held, round } from './round.ts'

const TABLES = TABLE_NAMES.filter(table => table !== 'policy')

/** What an Open Threat Model holds of a design of ours; what it has no place for rides in the attributes of its object. */
const HELD: Held = {
  settings: { name: 'always', purpose: 'always', designId: 'always', format: 'always', epoch: 'always' },
  elements: {
    ...{ name: 'always', kind: 'always', boundary: 'always', description: 'always', outOfScope: 'always', data: 'always' },
    ...{ technology: 'always', attributes: 'always', codeClasses: 'always', paths: 'always', tags: 'always' },
  },
  flows: {
    ...{ name: 'always', source: 'always', target: 'always', protocol: 'always', bidirectional: 'always', data: 'always' },
    ...{ description: 'always', outOfScope: 'always', encryption: 'always', publicNetwork: 'always', authentication: 'always' },
  },
  boundaries: {
    name: 'always',
    parent: 'always',
    description: 'always',
    membership: 'always',
    kind: 'always',
    trustLevel: 'always',
  },
  data: {
    ...{ name: 'always', class: 'always', personal: 'always', description: 'always' },
    ...{ confidentiality: 'always', integrity: 'always', availability: 'always' },
  },
  threats: {
    ...{
      statement: 'always',
      description: 'always',
      categories: 'always',
      elements: 'always',
      flows: 'unless told',
      cwe: 'always',
    },
    ...{ likelihood: 'always', impactScale: 'always', source: 'always', prerequisite: 'always', action: 'always' },
    ...{ impact: 'always', privacy: 'always', owasp: 'always', cvss: 'always' },
  },
  mitigations: {
    ...{ statement: 'always', description: 'always', status: 'always', control: 'always', owner: 'always', checks: 'always' },
    ...{ threats: 'unless told' },
  },
  acceptances: {
    ...{ response: 'always', threat: 'always', reason: 'always', owner: 'always' },
    ...{ approver: 'always', expires: 'always', description: 'always' },
  },
  diagrams: { name: 'always', description: 'always', elements: 'always', boundaries: 'always', flows: 'unless told' },
  layout: { x: 'unless told', y: 'unless told', width: 'unless told', height: 'unless told' },
}

function told({ table }: Difference): readonly string[] {
  return table === 'layout' ? ['layout/routes', 'layout/size', 'layout'] : []
}

describe('a design of ours as an Open Threat Model', () => {
  test('comes back with the same ids and values, but for what the report says', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        expectTold(round(design, 'otm'), { held: HELD, tables: TABLES, told })
      }),
      { numRuns: 150 },
    )
  })
})
