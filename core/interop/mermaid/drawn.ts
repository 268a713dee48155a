import {
  COMMENT,
  type MermaidGroup,
  type MermaidLink,
  type MermaidNode,
  type MermaidSource,
  NO_DIRECTION,
  NOT_UNDERSTOOD,
} from '../../dfd/mermaid-source.ts'
import type { DrawnDiagram, DrawnEnd, DrawnThing } from '../reading/drawing.ts'
import { defined } from '../reading/json-fields.ts'
import { type ImportReport, many, tally } from '../report.ts'
import type { Block } from './blocks.ts'
import { kindsOf } from './kinds.ts'
import { ownIdOf, type Remark, readBack, remarkIn } from './own.ts'
import { splitLabel } from './protocols.ts'

/** One flowchart of a file, read. */
export type Chart = { readonly block: Block; readonly source: MermaidSource }
/** Where the lines of a chart stand, and whom to tell. */
type Telling = { readonly at: (line: number) => string; readonly report: ImportReport }

/** A flowchart as a page of a drawing: containment is stated, positions are nowhere. */
export function diagramOf({ block, source }: Chart, file: string, report: ImportReport): DrawnDiagram {
  const telling: Telling = { at: line => `${file}:${block.line + line - 1}:1`, report }
  const name = source.title ?? block.heading
  const keys = groupKeys(source)
  const kindOf = kindsOf(source)
  const nodes = [...source.nodes.values()].filter(node => !isStub(node) && !isGroup(source, node))
  const within = (group: string | undefined) => (group === undefined ? null : (keys.get(group) ?? null))
  const boxes = [...source.groups.values()].map(group =>
    boxOf(group, { telling, key: keys.get(group.id), around: within(group.within) }),
  )
  const elements = nodes.map(node => {
    const { kind, isGuess } = kindOf(node)
    if (isGuess) tally(report, telling.at(node.line), GUESS)
    return elementOf(node, { telling, kind, around: within(node.within) })
  })
  tellKept(source, telling)
  return {
    place: telling.at(1),
    originalId: name,
    name,
    description: undefined,
    foreign: undefined,
    things: [...boxes, ...elements, ...flowsOf(source, telling)],
  }
}

const GUESS = {
  what: (count: number) => `Kind of ${many(count, 'element')}`,
  why: 'Kind guessed from its shape, class or name: a flowchart states none. Check it.',
}

/** What our writer draws for a loose end. */
const STUB = /^F_[0-9A-HJKMNP-TV-Z]{5}_(source|target)$/

function isStub({ id }: Pick<MermaidNode, 'id'>): boolean {
  return STUB.test(id)
}

/** A link may lead to a whole subgraph; that makes no element of it. */
function isGroup({ groups }: MermaidSource, { id, kind, label }: MermaidNode): boolean {
  return groups.has(id) && kind === undefined && label === undefined
}

/** Subgraphs by what tells them apart: their id, else their title; never their line. */
function groupKeys({ groups }: MermaidSource): ReadonlyMap<string, string> {
  const times = new Map<string, number>()
  return new Map(
    [...groups.values()].map(({ id, label }) => {
      const key = id.includes(' ') ? `subgraph "${label ?? ''}"` : id
      const time = times.get(key) ?? 0
      times.set(key, time + 1)
      return [id, time === 0 ? key : `${key} (${time + 1})`]
    }),
  )
}

type Standing = { readonly telling: Telling; readonly around: string | null }

function boxOf(group: MermaidGroup, { telling, key, around }: Standing & { readonly key: string | undefined }): DrawnThing {
  const name = group.label ?? (group.id.includes(' ') ? undefined : group.id)
  return {
    ...thing(telling, group.line),
    kind: 'box',
    originalId: key,
    ownId: ownIdOf(group.id),
    name,
    facts: { membership: 'stated' },
    within: around,
  }
}

function elementOf(node: MermaidNode, { telling, kind, around }: Standing & { readonly kind: DrawnThing['kind'] }): DrawnThing {
  return {
    ...thing(telling, node.line),
    kind,
    originalId: node.id,
    ownId: ownIdOf(node.id),
    // Our writer leaves a label empty only where the name shows nothing.
    name: node.label === '' ? undefined : (node.label ?? node.id),
    facts: {},
    within: around,
  }
}

function thing({ at }: Telling, line: number) {
  return { place: at(line), shape: {}, threats: [], foreign: undefined } as const
}

/** Flows in the order of the text; those without an arrow head as they are written, which is told. */
function flowsOf(source: MermaidSource, telling: Telling): readonly DrawnThing[] {
  const undirected = new Set(source.undirected)
  const links = [...source.links, ...source.undirected].sort((a, b) => a.line - b.line)
  const remarks = remarksOf(source)
  let last = 0
  return links.map(link => {
    if (undirected.has(link)) tally(telling.report, telling.at(link.line), DIRECTION)
    const remark = link.line === last ? undefined : remarks.find(link.line, last)
    last = link.line
    return flowOf(link, remark, telling)
  })
}

const DIRECTION = {
  what: (count: number) => `Direction of ${many(count, 'link')}`,
  why: 'Drawn without an arrow head: taken to flow as written, from the first node to the second. Check it.',
}

type FlowRemark = Extract<Remark, { about: 'flow' }>

/** Remarks of ours on flows, each of which stands before its link. */
function remarksOf({ kept }: MermaidSource) {
  const all = kept.flatMap(({ line, text, why }) => {
    const remark = why === COMMENT ? remarkIn(text) : undefined
    return remark?.about === 'flow' ? [{ line, remark }] : []
  })
  let next = 0
  return {
    find: (line: number, after: number): FlowRemark | undefined => {
      let found: FlowRemark | undefined
      for (let one = all[next]; one && one.line < line; one = all[++next]) if (one.line > after) found = one.remark
      return found
    },
  }
}

function flowOf(link: MermaidLink, remark: FlowRemark | undefined, telling: Telling): DrawnThing {
  const { source, target, label, isBoth } = link
  const stub = STUB.test(source) ? source : STUB.test(target) ? target : undefined
  const named =
    remark?.protocol === undefined ? (label === undefined ? {} : labelled(label, remark)) : overOf(label, remark.protocol)
  return {
    ...thing(telling, link.line),
    kind: 'flow',
    originalId:
      link.id ?? `${source} ${isBoth ? '<-->' : '-->'} ${target}${label === undefined ? '' : `: ${label}`}`.slice(0, 1000),
    ownId: remark?.id ?? (stub === undefined ? undefined : ownIdOf(stub.slice(0, 7))),
    name: named.name,
    facts: defined({ protocol: named.protocol, bidirectional: isBoth || remark?.isBoth ? true : undefined }),
    shape: { source: endOf(source), target: endOf(target) },
  }
}

type Named = { readonly name?: string; readonly protocol?: string }

/** A flow of ours without a protocol: its label is its name, whatever it looks like. */
function labelled(label: string, remark: FlowRemark | undefined): Named {
  return remark ? { name: label } : splitLabel(label)
}

/** The label of a flow of ours ends with its protocol in brackets. */
function overOf(label: string | undefined, protocol: string): Named {
  const end = readBack(` (${protocol})`)
  if (label === undefined || !label.endsWith(end)) return label === undefined ? { protocol } : splitLabel(label)
  const name = label.slice(0, -end.length).trim()
  return name === '' ? { protocol } : { name, protocol }
}

function endOf(node: string): DrawnEnd {
  return STUB.test(node) ? {} : { on: node }
}

/** Lines that are no part of the model: those nobody understood one by one, all others by their kind. */
function tellKept({ kept }: MermaidSource, { at, report }: Telling): void {
  for (const { line, text, why } of kept) {
    if (why === NO_DIRECTION || (why === COMMENT && remarkIn(text))) continue
    const shown = text.replace(/\s+/g, ' ').slice(0, 120)
    if (why === NOT_UNDERSTOOD) report.losses.push({ at: at(line), what: `The line "${shown}"`, why })
    else
      tally(report, at(line), {
        what: count => many(count, why === COMMENT ? 'comment' : 'line'),
        why: why === COMMENT ? COMMENT_WHY : why,
      })
  }
}

const COMMENT_WHY = 'A comment belongs to no part of the model.'
