import { sizeOf } from '../../model/table.ts'
import type { Design } from '../../model/types.ts'
import { type Loss, many } from '../report.ts'
import { tablesLost } from '../writing/losses.ts'

const TABLES = [
  'requirements',
  'assumptions',
  'data',
  'triage',
  'threats',
  'mitigations',
  'acceptances',
  'workItems',
  'comments',
] as const

/** What a flowchart does not show. */
export function mermaidLosses(design: Design): readonly Loss[] {
  const tables = tablesLost(design, TABLES, 'A flowchart has no place for it.')
  const drawn = sizeOf(design.elements) + sizeOf(design.flows) + sizeOf(design.boundaries)
  if (drawn === 0) return tables
  const facts = {
    at: 'elements',
    what: `Attributes and descriptions of ${many(drawn, 'drawn thing')}`,
    why: 'A flowchart shows names only.',
  }
  const layout = { at: 'layout', what: 'Positions', why: 'Mermaid lays out by itself; all diagrams become one.' }
  return [facts, ...(sizeOf(design.layout) > 0 ? [layout] : []), ...tables]
}
