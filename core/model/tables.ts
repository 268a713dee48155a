import type { TableName } from './types.ts'

/** What the program must know about each table: its ids, its schema and its place in the design folder. */
export type TableInfo = {
  /** Prefix of its ids; none for rows named after something else. */
  readonly prefix?: string
  /** Name of its schema, and of its validator. */
  readonly schema: string
  /** Folder of one file per row; the two single-row tables have a file of their own. */
  readonly folder?: string
  readonly file?: string
  /** Fields that are maps and merge key by key. */
  readonly maps: readonly string[]
  /** Drawing, remarks, suggestions and how frameworks are read, left out of every digest. */
  readonly outsideDigest?: true
  /** Outside the digests and decided all the same: the difference of two designs tells of it. */
  readonly isTold?: true
}

export const TABLES: { readonly [T in TableName]: TableInfo } = {
  settings: { schema: 'settings', file: 'skeptic.json', maps: ['glossary', 'packs', 'insideWords', 'ticketKeys'] },
  policy: { schema: 'policy', file: 'policy.json', maps: ['rules', 'tools', 'waivers', 'waiverApprovers', 'roles', 'gate'] },
  requirements: { prefix: 'R', schema: 'requirement', folder: 'requirements', maps: ['elements', 'flows', 'data'] },
  assumptions: { prefix: 'A', schema: 'assumption', folder: 'assumptions', maps: [] },
  elements: { prefix: 'E', schema: 'element', folder: 'elements', maps: ['attributes', 'codeClasses', 'data', 'paths', 'tags'] },
  flows: { prefix: 'F', schema: 'flow', folder: 'flows', maps: ['data'] },
  boundaries: { prefix: 'B', schema: 'boundary', folder: 'boundaries', maps: [] },
  data: { prefix: 'D', schema: 'dataAsset', folder: 'data', maps: [] },
  triage: { schema: 'triage', folder: 'triage', maps: [] },
  threats: {
    prefix: 'T',
    schema: 'threat',
    folder: 'threats',
    maps: ['categories', 'privacy', 'cwe', 'findings', 'elements', 'flows', 'data', 'owasp'],
  },
  mitigations: { prefix: 'M', schema: 'mitigation', folder: 'mitigations', maps: ['threats', 'checks'] },
  acceptances: { prefix: 'X', schema: 'acceptance', folder: 'acceptances', maps: [] },
  exclusions: { schema: 'exclusion', folder: 'exclusions', maps: [], outsideDigest: true, isTold: true },
  workItems: {
    prefix: 'W',
    schema: 'workItem',
    folder: 'work-items',
    maps: ['elements', 'flows', 'requirements', 'mayEdit', 'mayRead', 'mustNotTouch', 'packages', 'promptEdits'],
  },
  diagrams: {
    prefix: 'G',
    schema: 'diagram',
    folder: 'diagrams',
    maps: ['elements', 'flows', 'boundaries'],
    outsideDigest: true,
  },
  layout: { schema: 'layout', folder: 'layout', maps: [], outsideDigest: true },
  comments: { prefix: 'K', schema: 'comment', folder: 'comments', maps: [], outsideDigest: true },
  suggestions: { prefix: 'S', schema: 'suggestion', folder: 'suggestions', maps: [], outsideDigest: true },
}

export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]

/** Whether the difference of two designs tells of the rows of a table. */
export function isSpoken(table: TableName): boolean {
  const { outsideDigest, isTold } = TABLES[table]
  return outsideDigest === undefined || isTold === true
}
