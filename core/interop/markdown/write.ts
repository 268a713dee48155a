import { sizeOf } from '../../model/table.ts'
import type { Design } from '../../model/types.ts'
import { asMarkdown } from '../../reports/document/as-markdown.ts'
import { modelReport } from '../../reports/kinds/model.ts'
import { ok, type Result } from '../../support/result.ts'
import { type Loss, many } from '../report.ts'
import type { Occasion, Written } from '../writers.ts'
import { fieldsLost, SETTINGS_LOST, tablesLost } from '../writing/losses.ts'

/** The model report; of its losses it is told here, because a report does not say what it leaves out of the design. */
export function writeMarkdown(design: Design, { packs, at, version }: Occasion): Result<Written> {
  const text = [...asMarkdown(modelReport({ design, packs, at, version }))].join('')
  return ok({ text, losses: lossesOf(design) })
}

const WHY = 'The document has no place for it.'

function lossesOf(design: Design): readonly Loss[] {
  const drawn = sizeOf(design.elements) + sizeOf(design.flows) + sizeOf(design.boundaries)
  const facts = {
    at: 'elements',
    what: `Attributes and descriptions of ${many(drawn, 'drawn thing')}`,
    why: 'The document shows them by name, in one diagram; where they lie on a diagram is not kept.',
  }
  return [
    ...(drawn === 0 ? [] : [facts]),
    ...fieldsLost(design, { table: 'settings', fields: SETTINGS_LOST, why: WHY }),
    ...fieldsLost(design, {
      table: 'policy',
      fields: {
        ...{
          preset: 'Preset',
          default: 'Default zone',
          rules: 'Rules',
          tools: 'Tools',
          roles: 'Roles',
          gate: 'Rules of the gate',
        },
        ...{ mostEvidenceDays: 'Age of evidence', mostWaiverDays: 'Longest waiver', selfReported: 'Trust in unsigned evidence' },
        ...{ agentDrafts: 'Permission for drafts', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
    ...fieldsLost(design, {
      table: 'requirements',
      fields: {
        ...{ priority: 'Priority', source: 'Source', actor: 'Who acts', parent: 'What it is part of' },
        ...{ elements: 'Elements', flows: 'Data flows', data: 'Data' },
        ...{ description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
    ...assumptionsLost(design),
    ...fieldsLost(design, {
      table: 'data',
      fields: {
        ...{ confidentiality: 'Confidentiality', integrity: 'Integrity', availability: 'Availability' },
        ...{ description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
    ...tablesLost(design, ['triage'], 'The document counts decisions; reasons, names and days are left out.'),
    ...fieldsLost(design, {
      table: 'threats',
      fields: {
        ...{ source: 'Who acts', prerequisite: 'What is needed', action: 'What is done', impact: 'What it leads to' },
        ...{ privacy: 'Privacy categories', cwe: 'Weaknesses', findings: 'Findings', elements: 'Elements', flows: 'Data flows' },
        ...{ data: 'Data', owasp: 'OWASP factors', cvss: 'CVSS vector' },
        ...{ description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
    ...fieldsLost(design, {
      table: 'mitigations',
      fields: {
        ...{ owner: 'Owner', checks: 'Own checks' },
        ...{ description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
    ...fieldsLost(design, {
      table: 'acceptances',
      fields: { description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      why: WHY,
    }),
    ...tablesLost(design, ['exclusions', 'workItems', 'diagrams', 'layout', 'comments', 'suggestions'], WHY),
  ]
}

/** The document names the first ten. */
const NAMED = 10

function assumptionsLost(design: Design): readonly Loss[] {
  const more = sizeOf(design.assumptions) - NAMED
  return [
    ...(more > 0
      ? [{ at: 'assumptions', what: many(more, 'assumption'), why: `The document names the first ${NAMED} and counts the rest.` }]
      : []),
    ...fieldsLost(design, {
      table: 'assumptions',
      fields: {
        ...{ consequence: 'What breaks if it is false', owner: 'Owner' },
        ...{ description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      },
      why: WHY,
    }),
  ]
}
