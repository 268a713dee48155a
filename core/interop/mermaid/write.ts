import { flowTexts, toMermaid } from '../../dfd/to-mermaid.ts'
import { settingsOf } from '../../model/lookup.ts'
import { hasRow, rowsOf } from '../../model/table.ts'
import type { Design, Flow } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import type { Written } from '../writers.ts'
import { mermaidLosses } from './losses.ts'
import { designRemark, flowRemark } from './own.ts'

/**
 * The flowchart that the window shows. Elements and boundaries keep their ids as those of nodes and subgraphs; what a flowchart has no
 * id for, the design and its flows, stands in comments, which other programs skip.
 */
export function writeMermaid(design: Design): Result<Written> {
  const flows = rowsOf(design.flows)
  const lines = toMermaid(design).trimEnd().split('\n')
  const written: string[] = []
  let next = 0
  for (const line of lines) {
    const flow = flows[next]
    if (flow && line === flowTexts(design, flow)[0]) {
      written.push(`  ${flowRemark(flow, isLoose(design, flow))}`)
      next++
    }
    written.push(line)
  }
  const { designId, name } = settingsOf(design) ?? {}
  if (designId !== undefined) written.push(`  ${designRemark(designId, name ?? '')}`)
  return ok({ text: `${written.join('\n')}\n`, losses: mermaidLosses(design) })
}

function isLoose(design: Design, { source, target }: Flow): boolean {
  return !hasRow(design.elements, source) || !hasRow(design.elements, target)
}
