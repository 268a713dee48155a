import { sizeOf } from '../../model/table.ts'
import type { Design } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { type Loss, many } from '../report.ts'
import type { Occasion, Written } from '../writers.ts'
import { type Decided, decidedOf, goneLost, looseMitigationsLost, otherAcceptancesLost } from '../writing/decided.ts'
import { fieldsLost, tablesLost } from '../writing/losses.ts'
import { cell, cellOf, row } from './cells.ts'
import { COLUMNS, groundOf, type Line } from './columns.ts'

/**
 * Threats by id, then findings of today in the order of the drawing: RFC 4180 with a heading, CRLF, every cell in quotes, UTF-8 without
 * a byte order mark. Several values of one cell are parted by ` | `.
 */
export function writeCsv(design: Design, { packs, at }: Occasion): Result<Written> {
  const decided = decidedOf(design, { packs, at })
  const ground = groundOf(design, decided)
  const lines: readonly Line[] = [
    ...decided.states.map(state => ({ kind: 'threat', state }) as const),
    ...decided.findings.map(finding => ({ kind: 'finding', finding }) as const),
  ]
  const columns = Object.values(COLUMNS)
  const text = [
    row(Object.keys(COLUMNS).map(cell)),
    ...lines.map(line => row(columns.map(column => cellOf(column(line, ground))))),
  ].join('')
  return ok({ text, losses: lossesOf(design, decided) })
}

const TABLES = [
  'settings',
  'policy',
  'requirements',
  'assumptions',
  'workItems',
  'exclusions',
  'diagrams',
  'layout',
  'comments',
  'suggestions',
] as const

const WHY = 'A table of threats and findings has no column for it.'

function lossesOf(design: Design, decided: Decided): readonly Loss[] {
  const named = sizeOf(design.elements) + sizeOf(design.flows) + sizeOf(design.boundaries) + sizeOf(design.data)
  return [
    ...(named === 0
      ? []
      : [
          {
            at: 'elements',
            what: `All but id and name of ${many(named, 'drawn or named thing')}`,
            why: 'The table names what is threatened and nothing else; of data it says the highest class.',
          },
        ]),
    ...tablesLost(design, TABLES, WHY),
    ...goneLost(design, decided),
    ...fieldsLost(design, {
      table: 'threats',
      fields: {
        source: 'Who acts',
        prerequisite: 'What is needed',
        action: 'What is done',
        impact: 'What it leads to',
        owasp: 'OWASP factors',
        cvss: 'CVSS vector',
        provenance: 'Provenance',
        foreign: 'Foreign keys',
      },
      why: WHY,
    }),
    ...looseMitigationsLost(design),
    ...fieldsLost(design, {
      table: 'mitigations',
      fields: {
        control: 'Control',
        description: 'Description',
        checks: 'Own checks',
        provenance: 'Provenance',
        foreign: 'Foreign keys',
      },
      why: WHY,
    }),
    ...otherAcceptancesLost(design, decided),
    ...fieldsLost(design, {
      table: 'acceptances',
      fields: { description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      why: WHY,
    }),
  ]
}
