import { rowsOf } from '../../model/table.ts'
import type { Design } from '../../model/types.ts'
import { type Loss, many } from '../report.ts'
import { checksByThreat, type Decided, looseMitigationsLost } from '../writing/decided.ts'
import { fieldsLost, SETTINGS_LOST, tablesLost } from '../writing/losses.ts'

const TABLES = [
  'policy',
  'assumptions',
  'elements',
  'flows',
  'boundaries',
  'data',
  'triage',
  'acceptances',
  'exclusions',
  'diagrams',
  'layout',
  'comments',
  'suggestions',
] as const

const WHY = 'A feature says what must be shown, and nothing else of the design.'

/** What the feature does not say; `told` are the threats with a rule of their own. */
export function gherkinLosses(design: Design, decided: Decided, told: ReadonlySet<string>): readonly Loss[] {
  const asked = checksByThreat(decided)
  const from = new Set(decided.checklists.flatMap(({ checks }) => checks.flatMap(check => check.from)))
  const silent = rowsOf(design.threats).filter(({ id }) => !asked.has(id) && !told.has(id)).length
  const unasked = rowsOf(design.requirements).filter(({ id }) => !from.has(id)).length
  return [
    ...fieldsLost(design, {
      table: 'settings',
      fields: { purpose: 'Purpose', ...SETTINGS_LOST },
      why: WHY,
    }),
    ...tablesLost(design, TABLES, WHY),
    ...(unasked === 0
      ? []
      : [
          {
            at: 'requirements',
            what: many(unasked, 'requirement'),
            why: 'No work item asks for it, so no check says how it is shown.',
          },
        ]),
    ...fieldsLost(design, {
      table: 'requirements',
      fields: {
        kind: 'Kind',
        source: 'Source',
        actor: 'Who acts',
        parent: 'What it is part of',
        description: 'Description',
        provenance: 'Provenance',
        foreign: 'Foreign keys',
      },
      why: WHY,
    }),
    ...(silent === 0
      ? []
      : [
          {
            at: 'threats',
            what: many(silent, 'threat'),
            why: 'No check asks about it and no mitigation answers it: there is nothing to show.',
          },
        ]),
    ...fieldsLost(design, {
      table: 'threats',
      fields: {
        source: 'Who acts',
        impact: 'What it leads to',
        categories: 'STRIDE categories',
        privacy: 'Privacy categories',
        cwe: 'Weaknesses',
        findings: 'Findings',
        likelihood: 'Likelihood',
        impactScale: 'Impact',
        owasp: 'OWASP factors',
        cvss: 'CVSS vector',
        description: 'Description',
        provenance: 'Provenance',
        foreign: 'Foreign keys',
      },
      why: WHY,
    }),
    ...looseMitigationsLost(design),
    ...fieldsLost(design, {
      table: 'mitigations',
      fields: { owner: 'Owner', description: 'Description', provenance: 'Provenance', foreign: 'Foreign keys' },
      why: WHY,
    }),
    ...fieldsLost(design, {
      table: 'workItems',
      fields: {
        operation: 'Operation',
        language: 'Language',
        elements: 'Elements',
        flows: 'Data flows',
        requirements: 'Requirements',
        mayRead: 'Files that may be read',
        doneWhen: 'When it is done',
        stack: 'Stack',
        assignee: 'Who does it',
        reference: 'Reference',
        description: 'Description',
        provenance: 'Provenance',
        foreign: 'Foreign keys',
      },
      why: WHY,
    }),
  ]
}
