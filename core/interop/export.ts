import { toMermaid } from '../dfd/to-mermaid.ts'
import { sizeOf } from '../model/table.ts'
import type { Design, TableName } from '../model/types.ts'
import { bundleOf } from '../model/write.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { namesOf } from './formats.ts'
import { type Loss, many } from './import-report.ts'

/** A design as another program reads it, and what that program will not see. */
export type Exported = { readonly format: string; readonly text: string; readonly losses: readonly Loss[] }

/** The design in a format of FORMATS, with what that format cannot hold. Writers of other tools' files take their place here. */
export function exportModel(design: Design, format: string): Result<Exported> {
  switch (format) {
    case 'skeptic':
      return ok({ format, text: bundleOf(design), losses: [] })
    case 'mermaid':
      return ok({ format, text: toMermaid(design), losses: mermaidLosses(design) })
    default:
      return refuse({
        code: 'export.format',
        message: `No format is written under the name "${format.slice(0, 80)}".`,
        cure: `Use one of ${namesOf('write')}.`,
      })
  }
}

const NOT_DRAWN: readonly (readonly [TableName, string])[] = [
  ['requirements', 'requirement'],
  ['assumptions', 'assumption'],
  ['data', 'data asset'],
  ['triage', 'triage decision'],
  ['threats', 'threat'],
  ['mitigations', 'mitigation'],
  ['acceptances', 'acceptance'],
  ['workItems', 'work item'],
  ['comments', 'comment'],
]

function mermaidLosses(design: Design): readonly Loss[] {
  const tables = NOT_DRAWN.flatMap(([table, noun]) => {
    const count = sizeOf(design[table])
    return count === 0 ? [] : [{ at: table, what: many(count, noun), why: 'A flowchart has no place for it.' }]
  })
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
