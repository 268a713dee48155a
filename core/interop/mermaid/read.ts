import { NOT_UNDERSTOOD, readMermaid } from '../../dfd/mermaid-source.ts'
import { JSON_LIMITS, tooLarge } from '../../model/json.ts'
import type { Stamp } from '../../model/types.ts'
import { ok, type Refusal, type Result, refuse } from '../../support/result.ts'
import type { ReadModel } from '../reading/building.ts'
import type { Drawing } from '../reading/drawing.ts'
import { designOf } from '../reading/drawn-design.ts'
import { lineOf } from '../reading/json-fields.ts'
import { newReport } from '../report.ts'
import { type Block, blocksOf } from './blocks.ts'
import { type Chart, diagramOf } from './drawn.ts'
import { type Remark, remarkIn } from './own.ts'

/** More than any person writes; a file beyond it was made to hurt. */
const MOST = { diagrams: 1000, nodes: 50_000, links: 100_000, subgraphs: 2000 } as const

/** Reads the flowcharts of a file, of Mermaid alone or of Markdown: each is a diagram of one design. */
export function readMermaidFile(file: string, text: string, stamp: Stamp): Result<ReadModel> {
  if (text.length > JSON_LIMITS.length) return tooLarge(file, text.length, JSON_LIMITS.length)
  const { title, blocks } = blocksOf(text.startsWith('\uFEFF') ? text.slice(1) : text)
  const flowcharts = blocks.filter(({ type }) => type === 'flowchart')
  if (flowcharts.length === 0) return noFlowchart(file, blocks)
  if (blocks.length > MOST.diagrams) return tooMany(file, blocks.length, 'diagrams')
  const charts = chartsOf(file, flowcharts)
  if (!charts.ok) return charts
  const wrong = nothingIn(file, charts.value)
  if (wrong) return wrong
  const report = newReport()
  const diagrams = charts.value.map(chart => diagramOf(chart, file, report))
  for (const { line, type } of blocks)
    if (type !== 'flowchart')
      report.losses.push({
        at: `${file}:${line}:1`,
        what: type === undefined ? 'A block of Mermaid of no type that is known' : `A ${type}`,
        why: 'Only flowcharts show processes, stores and flows.',
      })
  const whole = wholeOf(charts.value)
  const name = whole?.name ?? title ?? (diagrams.length === 1 ? diagrams[0]?.name : undefined)
  const drawing: Drawing = {
    name: lineOf(name, 400),
    purpose: undefined,
    owner: undefined,
    foreign: undefined,
    designId: whole?.id,
    diagrams,
  }
  const origin = { file, tool: 'Mermaid', family: 'mermaid', stamp }
  return ok({ design: designOf(drawing, origin, report), formatVersion: 'flowchart', report })
}

/** Reads one after the other and stops at the first that makes it too much. */
function chartsOf(file: string, blocks: readonly Block[]): Result<readonly Chart[]> {
  const charts: Chart[] = []
  const counts = { nodes: 0, links: 0, subgraphs: 0 }
  for (const block of blocks) {
    const source = readMermaid(block.text)
    counts.nodes += source.nodes.size
    counts.links += source.links.length + source.undirected.length
    counts.subgraphs += source.groups.size
    for (const what of ['nodes', 'links', 'subgraphs'] as const)
      if (counts[what] > MOST[what]) return tooMany(file, counts[what], what)
    charts.push({ block, source })
  }
  return ok(charts)
}

const AS_FLOWCHART = 'Draw the data flows as a flowchart: flowchart LR, then lines such as A[Customer] -->|order| B(Shop).'

function noFlowchart(file: string, [first]: readonly Block[]): Refusal {
  const at = `${file}:${first?.line ?? 1}:1`
  if (first?.type === undefined)
    return refuse({
      code: 'mermaid.none',
      at,
      message: 'No block of this file is a Mermaid diagram of a known type.',
      cure: AS_FLOWCHART,
    })
  return refuse({
    code: 'mermaid.otherDiagram',
    at,
    message: `This is a Mermaid ${first.type}; only flowcharts show processes, stores and flows.`,
    cure: AS_FLOWCHART,
  })
}

/** Lines that nobody understands and nothing else: no design is made of that. */
function nothingIn(file: string, charts: readonly Chart[]): Refusal | undefined {
  if (charts.some(({ source }) => source.nodes.size + source.groups.size > 0)) return undefined
  const [first] = charts.flatMap(({ block, source }) =>
    source.kept.flatMap(({ line, why }) => (why === NOT_UNDERSTOOD ? [block.line + line - 1] : [])),
  )
  if (first === undefined) return undefined
  return refuse({
    code: 'mermaid.none',
    at: `${file}:${first}:1`,
    message: 'No line of this flowchart is a node, a link or a subgraph.',
    cure: 'Begin with: flowchart LR, then lines such as A[Customer] -->|order| B(Shop).',
  })
}

function tooMany(file: string, count: number, what: keyof typeof MOST): Refusal {
  return refuse({
    code: 'import.tooMany',
    at: file,
    message: `The file holds ${count} ${what} up to here; at most ${MOST[what]} are read.`,
    cure: 'Split the model into several files.',
  })
}

function wholeOf(charts: readonly Chart[]): Extract<Remark, { about: 'design' }> | undefined {
  for (const { source } of charts)
    for (const { text } of source.kept) {
      const remark = remarkIn(text)
      if (remark?.about === 'design') return remark
    }
  return undefined
}
