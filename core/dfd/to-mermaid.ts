import { hasRow, rowsOf } from '../model/table.ts'
import type { Design, Diagram, Element, Flow } from '../model/types.ts'
import { byText } from '../support/order.ts'
import { containmentOf } from './containment.ts'
import { mermaidId, mermaidLabel } from './mermaid-text.ts'

/**
 * The data-flow diagram as Mermaid flowchart text: processes rounded, stores as cylinders, external entities as boxes,
 * boundaries as nested subgraphs, loose ends as dotted stubs. With a diagram, only what that shows.
 */
export function toMermaid(design: Design, diagram?: string): string {
  const shown = shownOn(design, diagram)
  const lines = ['flowchart LR']
  const boundaries = writeNodes(design, shown, lines)
  for (const flow of rowsOf(design.flows)) if (shown.flow(flow)) lines.push(...flowTexts(design, flow))
  const outside = rowsOf(design.elements).filter(element => element.outOfScope !== undefined && shown.element(element.id))
  lines.push(...styleLines('boundary', 'fill:none,stroke-dasharray:6 4', boundaries))
  lines.push(...styleLines('outOfScope', 'opacity:0.5', outside.map(element => element.id).sort(byText)))
  return `${lines.join('\n')}\n`
}

type Shown = {
  readonly element: (id: string) => boolean
  readonly boundary: (id: string) => boolean
  readonly flow: (flow: Flow) => boolean
}

function shownOn(design: Design, id: string | undefined): Shown {
  if (id === undefined) return { element: () => true, boundary: () => true, flow: () => true }
  const diagram: Partial<Diagram> = design.diagrams[id] ?? {}
  const has = (links: Readonly<Record<string, true>> | undefined, key: string) => links !== undefined && Object.hasOwn(links, key)
  const isDrawn = (end: string | undefined) => end === undefined || !hasRow(design.elements, end) || has(diagram.elements, end)
  return {
    element: element => has(diagram.elements, element),
    boundary: boundary => has(diagram.boundaries, boundary),
    flow: flow => has(diagram.flows, flow.id) && isDrawn(flow.source) && isDrawn(flow.target),
  }
}

type Step = { readonly id: string | undefined; readonly indent: string; readonly close?: true }

/** Writes nodes inside their boundaries and returns the boundaries written. Walks without recursion: nesting is as deep as a file says. */
function writeNodes(design: Design, shown: Shown, lines: string[]): string[] {
  const containment = containmentOf(design)
  const written: string[] = []
  const waiting: Step[] = [{ id: undefined, indent: '  ' }]
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    const { id, indent } = step
    if (step.close) {
      lines.push(`${indent}end`)
      continue
    }
    const isSubgraph = id !== undefined && shown.boundary(id)
    if (isSubgraph) {
      lines.push(`${indent}subgraph ${mermaidId(id)}[${mermaidLabel(design.boundaries[id]?.name ?? id)}]`)
      written.push(id)
      waiting.push({ id, indent, close: true })
    }
    const inner = isSubgraph && indent.length < DEEPEST ? `${indent}  ` : indent
    for (const elementId of containment.elementsIn.get(id) ?? []) {
      const element = design.elements[elementId]
      if (element && shown.element(elementId)) lines.push(inner + nodeText(element))
    }
    for (const child of (containment.boundariesIn.get(id) ?? []).toReversed()) waiting.push({ id: child, indent: inner })
  }
  return written
}

/** Indentation stops growing here, so that a thousand nested boundaries do not cost a million spaces. */
const DEEPEST = 40

/** The node of one element, as it stands in the text apart from its indentation. */
export function nodeText(element: Element): string {
  return mermaidId(element.id) + shapeOf(element)
}

function shapeOf(element: Element): string {
  const label = mermaidLabel(element.name)
  switch (element.kind) {
    case 'process':
      return `(${label})`
    case 'dataStore':
      return `[(${label})]`
    case 'externalEntity':
      return `[${label}]`
  }
}

/** The lines of one flow: the link, and before it a stub for each loose end. */
export function flowTexts(design: Pick<Design, 'elements'>, flow: Flow): readonly string[] {
  const lines: string[] = []
  const source = endOf(design, flow, 'source')
  const target = endOf(design, flow, 'target')
  const isLoose = source.isLoose || target.isLoose
  if (source.isLoose) lines.push(`  ${source.node}((" "))`)
  if (target.isLoose) lines.push(`  ${target.node}((" "))`)
  const label = mermaidLabel(flow.protocol === undefined ? flow.name : `${flow.name} (${flow.protocol})`)
  lines.push(`  ${source.node} ${isLoose ? '-.->' : flow.bidirectional ? '<-->' : '-->'}|${label}| ${target.node}`)
  return lines
}

function endOf(
  design: Pick<Design, 'elements'>,
  flow: Flow,
  end: 'source' | 'target',
): { readonly node: string; readonly isLoose: boolean } {
  const id = flow[end]
  return id !== undefined && hasRow(design.elements, id)
    ? { node: mermaidId(id), isLoose: false }
    : { node: `${mermaidId(flow.id)}_${end}`, isLoose: true }
}

function styleLines(name: string, style: string, ids: readonly string[]): string[] {
  return ids.length > 0 ? [`  classDef ${name} ${style}`, `  class ${ids.map(mermaidId).join(',')} ${name}`] : []
}
