import { wellFormed } from '../../evidence/show.ts'
import { designDigest } from '../../model/digest.ts'
import { settingsOf } from '../../model/lookup.ts'
import { sizeOf } from '../../model/table.ts'
import type { Design } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { type Loss, many } from '../report.ts'
import type { Occasion, Written } from '../writers.ts'
import { type Decided, decidedOf, goneLost, looseMitigationsLost, otherAcceptancesLost } from '../writing/decided.ts'
import { fieldsLost, SETTINGS_LOST, tablesLost } from '../writing/losses.ts'
import { DESIGN_FOLDER, said } from './places.ts'
import { resultsOf } from './results.ts'
import { rulesOf } from './rules.ts'

/** SARIF 2.1.0 of the threat model: one run, its rules those that some result names. */
export function writeSarif(design: Design, { packs, at, version }: Occasion): Result<Written> {
  const decided = decidedOf(design, { packs, at })
  const results = resultsOf(design, decided)
  const rules = rulesOf(
    packs,
    results.map(({ ruleId }) => ruleId),
  )
  const places = new Map(rules.map(({ id }, index) => [id, index]))
  const { designId, name } = settingsOf(design) ?? {}
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Skeptic', version, rules } },
        automationDetails: { id: 'skeptic/threat-model/' },
        invocations: [{ executionSuccessful: true, endTimeUtc: at }],
        originalUriBaseIds: { [DESIGN_FOLDER]: { description: { text: 'The design folder, the one that holds skeptic.json.' } } },
        columnKind: 'utf16CodeUnits',
        results: results.map(({ ruleId, ...result }) => ({ ruleId, ruleIndex: places.get(ruleId), ...result })),
        properties: {
          design: designDigest(design),
          ...(designId === undefined ? {} : { designId }),
          ...(name === undefined ? {} : { name: said(name) }),
        },
      },
    ],
  }
  return ok({ text: `${wellFormed(JSON.stringify(log, null, 2))}\n`, losses: lossesOf(design, decided) })
}

const WHY = 'Results say what is open, not what the design is made of.'

function lossesOf(design: Design, decided: Decided): readonly Loss[] {
  const named = sizeOf(design.elements) + sizeOf(design.flows) + sizeOf(design.boundaries)
  return [
    ...fieldsLost(design, {
      table: 'settings',
      fields: { purpose: 'Purpose', ...SETTINGS_LOST },
      why: WHY,
    }),
    ...(named === 0
      ? []
      : [
          {
            at: 'elements',
            what: `All but id and name of ${many(named, 'drawn thing')}`,
            why: 'Results name only what they are about.',
          },
        ]),
    ...tablesLost(
      design,
      [
        'policy',
        'requirements',
        'assumptions',
        'data',
        'exclusions',
        'workItems',
        'diagrams',
        'layout',
        'comments',
        'suggestions',
      ],
      WHY,
    ),
    ...goneLost(design, decided),
    ...fieldsLost(design, { table: 'triage', fields: { by: 'Who decided', at: 'When it was decided' }, why: WHY }),
    ...fieldsLost(design, {
      table: 'threats',
      fields: {
        ...{ source: 'Who acts', prerequisite: 'What is needed', action: 'What is done', impact: 'What it leads to' },
        ...{ data: 'Data', likelihood: 'Likelihood', impactScale: 'Impact', owasp: 'OWASP factors', cvss: 'CVSS vector' },
        ...{ description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
    ...looseMitigationsLost(design),
    ...fieldsLost(design, {
      table: 'mitigations',
      fields: {
        ...{ control: 'Control', owner: 'Owner', checks: 'Own checks' },
        ...{ description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
    ...otherAcceptancesLost(design, decided),
    ...fieldsLost(design, {
      table: 'acceptances',
      fields: {
        ...{ owner: 'Owner', approver: 'Who approved', expires: 'Until when' },
        ...{ description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
  ]
}
