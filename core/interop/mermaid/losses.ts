import { rowsOf } from '../../model/table.ts'
import type { Boundary, Design } from '../../model/types.ts'
import { type Loss, many } from '../report.ts'
import { fieldsLost, tablesLost } from '../writing/losses.ts'
import { placesLost, wholeLost } from '../writing/whole-lost.ts'
import { readBack } from './own.ts'

const TABLES = [
  'requirements',
  'assumptions',
  'data',
  'triage',
  'threats',
  'mitigations',
  'acceptances',
  'exclusions',
  'workItems',
  'comments',
  'suggestions',
] as const

const NAMES_ONLY = 'A flowchart shows names, kinds and protocols only.'

const WHOLE = {
  purpose: 'The purpose of the design',
  glossary: 'The glossary',
  foreign: 'Keys of another program about the design',
}

const FIELDS = {
  elements: {
    technology: 'Technology',
    attributes: 'Attributes',
    codeClasses: 'Code classes',
    data: 'Data',
    paths: 'Paths',
    tags: 'Tags',
    outOfScope: 'Reason for being out of scope',
    description: 'Description',
    foreign: 'Keys of another program',
  },
  flows: {
    authentication: 'Authentication',
    encryption: 'Encryption',
    publicNetwork: 'Kind of network',
    data: 'Data',
    outOfScope: 'Reason for being out of scope',
    description: 'Description',
    foreign: 'Keys of another program',
  },
  boundaries: { trustLevel: 'Trust level', description: 'Description', foreign: 'Keys of another program' },
} as const

/** What the text does not say, and what its comments do not either. */
export function mermaidLosses(design: Design): readonly Loss[] {
  return [
    ...wholeLost(design, WHOLE, 'A flowchart has no place for it.'),
    ...Object.entries(FIELDS).flatMap(([table, fields]) =>
      fieldsLost(design, { table: table as keyof typeof FIELDS, fields, why: NAMES_ONLY }),
    ),
    ...boundaryLost(design, 'kind', 'Kind', ({ kind }) => kind !== 'unknown'),
    ...boundaryLost(design, 'membership', 'How it is known what lies inside', ({ membership }) => membership !== 'stated'),
    ...namesChanged(design),
    ...nodeIdsLost(design),
    ...tablesLost(design, ['diagrams'], 'All diagrams become one flowchart of everything.'),
    ...placesLost(design, 'Mermaid lays out by itself.'),
    ...tablesLost(design, TABLES, 'A flowchart has no place for it.'),
  ]
}

function boundaryLost(design: Design, field: string, called: string, isStated: (row: Boundary) => boolean): readonly Loss[] {
  const count = rowsOf(design.boundaries).filter(isStated).length
  return count === 0
    ? []
    : [{ at: `boundaries/${field}`, what: `${called} of ${many(count, 'trust boundary')}`, why: NAMES_ONLY }]
}

/** Ids that nodes and subgraphs had in a text of somebody else. */
function nodeIdsLost(design: Design): readonly Loss[] {
  const rows = [...rowsOf(design.elements), ...rowsOf(design.boundaries)]
  const count = rows.filter(({ provenance: { kind, tool } }) => kind === 'import' && tool === 'Mermaid').length
  if (count === 0) return []
  const why = 'The text names everything by ids of ours, so that it is known again when it is read.'
  return [{ at: 'provenance', what: `Ids that ${many(count, 'node')} had in the imported text`, why }]
}

/** Names in which something would act on the text or is not to be seen; everything else in them is written so that it reads the same. */
function namesChanged(design: Design): readonly Loss[] {
  const named = [...rowsOf(design.elements), ...rowsOf(design.boundaries), ...rowsOf(design.flows)].map(({ name }) => name)
  const protocols = rowsOf(design.flows).flatMap(({ protocol }) => protocol ?? [])
  const settings = rowsOf(design.settings).map(({ name }) => name)
  const count = [...named, ...protocols, ...settings].filter(text => readBack(text) !== text).length
  if (count === 0) return []
  return [
    {
      at: 'names',
      what: `Characters of ${many(count, 'name')}`,
      why: 'Line breaks, doubled blanks and characters that nobody sees are left out of labels.',
    },
  ]
}
