import { applyChanges, type Change } from '../model/change.ts'
import { hasRow, rowAt, rowsOf } from '../model/table.ts'
import type { Design, Diagram, Element, Flow, Stamp } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { addBoundary, addElement, addedId, addFlow, moveToBoundary, removeEntities, setFields } from './edits.ts'
import { chainFrom } from './interactions.ts'
import { type KeptLine, type MermaidLink, type MermaidSource, readMermaid } from './mermaid-source.ts'
import { mermaidId, mermaidLabel } from './mermaid-text.ts'

/** What a text would do to the diagram it describes. */
export type FromMermaid = {
  readonly changes: readonly Change[]
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** Lines that the model has no place for; they stay text. */
  readonly kept: readonly KeptLine[]
}

/**
 * The changes that make a diagram say what an edited text says. Things are known again by their ids, flows by their ends and label;
 * what the text no longer names is removed from the design, with what hangs on it, in the same step.
 */
export function changesFromMermaid(
  design: Design,
  { text, diagram }: { readonly text: string; readonly diagram: string | undefined },
  stamp: Stamp,
): Result<FromMermaid> {
  const source = readMermaid(text)
  const nothing = source.nodes.size === 0 && source.groups.size === 0
  if (nothing && text.trim() !== '' && !/^\s*(flowchart|graph)\b/m.test(text))
    return refuse({
      code: 'mermaid.none',
      message: 'No line of this text is a node, a link or a subgraph of a flowchart.',
      cure: 'Begin with: flowchart LR, then lines such as A[Customer] -->|order| B(Shop).',
    })
  const work: Work = { design, stamp, diagram, changes: [], ids: new Map(), added: 0, changed: new Set(), removed: 0 }
  const wrong = groups(work, source) ?? nodes(work, source) ?? flows(work, source) ?? leftOut(work, source)
  if (wrong) return wrong
  const { changes, added, changed, removed } = work
  return ok({ changes, added, changed: changed.size, removed, kept: source.kept })
}

type Work = {
  design: Design
  readonly stamp: Stamp
  readonly diagram: string | undefined
  readonly changes: Change[]
  /** Ids of the design by those of the text. */
  readonly ids: Map<string, string>
  added: number
  readonly changed: Set<string>
  removed: number
}

type Refusal = Extract<Result<never>, { ok: false }>

function enact(work: Work, edit: Result<readonly Change[]>): Refusal | undefined {
  if (!edit.ok) return edit
  work.design = applyChanges(work.design, edit.value)
  for (const change of edit.value) work.changes.push(change)
  return undefined
}

/** Adds a thing and shows it on the diagram. */
function enter(work: Work, table: 'elements' | 'flows' | 'boundaries', edit: Result<readonly Change[]>): Refusal | string {
  const id = edit.ok ? addedId(edit.value) : undefined
  const wrong = enact(work, edit)
  if (wrong) return wrong
  if (id === undefined) throw new Error('from-mermaid: an edit added nothing')
  work.added++
  const shown = work.diagram !== undefined && hasRow(work.design.diagrams, work.diagram)
  if (shown)
    enact(work, ok([{ kind: 'patch', table: 'diagrams', id: work.diagram as string, fields: { [`${table}/${id}`]: true } }]))
  return id
}

function groups(work: Work, { groups: all }: MermaidSource): Refusal | undefined {
  const byNode = new Map(rowsOf(work.design.boundaries).map(row => [mermaidId(row.id), row]))
  for (const group of all.values()) {
    const known = byNode.get(group.id)
    const parent = group.within === undefined ? undefined : work.ids.get(group.within)
    const name = (group.label ?? group.id).slice(0, LONGEST_NAME)
    if (!known) {
      const id = enter(work, 'boundaries', addBoundary(work.design, { name, ...(parent ? { parent } : {}) }, work.stamp))
      if (typeof id !== 'string') return id
      work.ids.set(group.id, id)
      continue
    }
    work.ids.set(group.id, known.id)
    const wrong = rename(work, known, group.label)
    if (wrong) return wrong
    const isInside = parent !== undefined && chainFrom(work.design.boundaries, parent).includes(known.id)
    if (known.parent !== parent && !isInside && isShown(work, 'boundaries', known.parent))
      enact(work, moved(work, known.id, parent))
  }
  return undefined
}

/** A parent that the diagram does not show cannot be contradicted by its text. */
function isShown({ design, diagram }: Work, table: 'boundaries', id: string | undefined): boolean {
  if (id === undefined || diagram === undefined) return true
  return (rowAt(design.diagrams, diagram) as Diagram | undefined)?.[table]?.[id] === true
}

function moved(work: Work, id: string, boundary: string | undefined): Result<readonly Change[]> {
  work.changed.add(id)
  return moveToBoundary(work.design, { ids: [id], boundary })
}

function rename(work: Work, row: { readonly id: string; readonly name: string }, label: string | undefined): Refusal | undefined {
  if (label === undefined || label === '' || sameLabel(row.name, label)) return undefined
  work.changed.add(row.id)
  return enact(work, setFields(work.design, { id: row.id, fields: { name: label.slice(0, LONGEST_NAME) } }))
}

/** Writing makes some characters inert; a label that reads as what was written is no new name. */
function sameLabel(name: string, label: string): boolean {
  return name === label || mermaidLabel(name) === mermaidLabel(label)
}

const LONGEST_NAME = 200
const STUB = /^(F_.+)_(source|target)$/

function nodes(work: Work, { nodes: all }: MermaidSource): Refusal | undefined {
  const byNode = new Map(rowsOf(work.design.elements).map(row => [mermaidId(row.id), row]))
  const flowNodes = new Set(rowsOf(work.design.flows).map(row => mermaidId(row.id)))
  for (const node of all.values()) {
    if (flowNodes.has(STUB.exec(node.id)?.[1] ?? '')) continue
    const boundary = node.within === undefined ? undefined : work.ids.get(node.within)
    const known = byNode.get(node.id)
    const wrong = known ? update(work, known, { ...node, boundary }) : create(work, { ...node, boundary })
    if (wrong) return wrong
  }
  return undefined
}

type Placed = {
  readonly id: string
  readonly kind: Element['kind'] | undefined
  readonly label: string | undefined
  readonly boundary: string | undefined
}

function create(work: Work, { id: node, kind = 'process', label, boundary }: Placed): Refusal | undefined {
  const name = (label || node).slice(0, LONGEST_NAME)
  const id = enter(work, 'elements', addElement(work.design, { kind, name, ...(boundary ? { boundary } : {}) }, work.stamp))
  if (typeof id !== 'string') return id
  work.ids.set(node, id)
  return undefined
}

function update(work: Work, row: Element, { id: node, kind, label, boundary }: Placed): Refusal | undefined {
  work.ids.set(node, row.id)
  const wrong = rename(work, row, label)
  if (wrong) return wrong
  if (kind !== undefined && kind !== row.kind) {
    work.changed.add(row.id)
    const set = enact(work, setFields(work.design, { id: row.id, fields: { kind } }))
    if (set) return set
  }
  return row.boundary !== boundary && isShown(work, 'boundaries', row.boundary)
    ? enact(work, moved(work, row.id, boundary))
    : undefined
}

function flows(work: Work, { links, kept }: MermaidSource): Refusal | undefined {
  const free = new Map<string, Flow[]>()
  for (const flow of shownFlows(work)) {
    const key = keyOf({ source: known(work, flow.source), target: known(work, flow.target) })
    const same = free.get(key)
    if (same) same.push(flow)
    else free.set(key, [flow])
  }
  const asked = links.map(link => ({ link, ends: endsOf(work, link) }))
  /** First those that say the same, then those that only join the same ends: then the label is new. */
  const matches = asked.map(({ link, ends }) => claim(free.get(keyOf(ends)), flow => saysSame(flow, link)))
  for (const [i, { link, ends }] of asked.entries()) {
    const flow = matches[i] ?? claim(free.get(keyOf(ends)), () => true)
    const wrong = flow ? relabel(work, flow, link) : newFlow(work, ends, link)
    if (wrong) return wrong
  }
  const unread = kept.map(({ text }) => new Set(text.match(/\bE_\w+/g)))
  const isUnread = ({ source = '', target = '' }: Flow) =>
    unread.some(words => words.has(mermaidId(source)) && words.has(mermaidId(target)))
  const gone = [...free.values()].flat().flatMap(flow => (isUnread(flow) ? [] : [flow.id]))
  return gone.length > 0 ? remove(work, gone) : undefined
}

type EndIds = { readonly source: string | undefined; readonly target: string | undefined }

function endsOf({ ids }: Work, { source, target }: MermaidLink): EndIds {
  return { source: ids.get(source), target: ids.get(target) }
}

/** An end that leads nowhere is written as a loose one. */
function known({ design }: Work, element: string | undefined): string | undefined {
  return hasRow(design.elements, element) ? element : undefined
}

function keyOf({ source, target }: EndIds): string {
  return `${source ?? ''} ${target ?? ''}`
}

/** Takes the first that fits out of the list. */
function claim(flows: Flow[] | undefined, fits: (flow: Flow) => boolean): Flow | undefined {
  const at = flows?.findIndex(fits) ?? -1
  return at < 0 ? undefined : flows?.splice(at, 1)[0]
}

function labelOfFlow({ name, protocol }: Flow): string {
  return protocol === undefined ? name : `${name} (${protocol})`
}

function saysSame(flow: Flow, { label }: MermaidLink): boolean {
  return label !== undefined && sameLabel(labelOfFlow(flow), label)
}

function relabel(work: Work, flow: Flow, link: MermaidLink): Refusal | undefined {
  const isSame = link.label === undefined || saysSame(flow, link)
  const isLoose = known(work, flow.source) === undefined || known(work, flow.target) === undefined
  const isTurned = !isLoose && (flow.bidirectional === true) !== link.isBoth
  if (isSame && !isTurned) return undefined
  work.changed.add(flow.id)
  const named = isSame ? {} : namedBy(link.label ?? '')
  return enact(
    work,
    setFields(work.design, {
      id: flow.id,
      fields: { ...named, ...(isTurned ? { bidirectional: link.isBoth || undefined } : {}) },
    }),
  )
}

/** `order (HTTPS)` is a name and a protocol. */
function namedBy(label: string): { readonly name: string; readonly protocol: string | undefined } {
  const found = /^(.+?)\s+\(([^()]{1,200})\)$/.exec(label)
  return { name: (found?.[1] ?? label).slice(0, LONGEST_NAME), protocol: found?.[2] }
}

function newFlow(work: Work, { source, target }: EndIds, { label, isBoth }: MermaidLink): Refusal | undefined {
  const called = (id: string | undefined) =>
    id === undefined ? 'somewhere' : (work.design.elements[id]?.name.slice(0, 90) ?? id)
  const { name, protocol } = namedBy(label ?? `${called(source)} to ${called(target)}`)
  const added = addFlow(
    work.design,
    { name, ...(protocol ? { protocol } : {}), ...(isBoth ? { bidirectional: true } : {}), source, target },
    work.stamp,
  )
  const id = enter(work, 'flows', added)
  return typeof id === 'string' ? undefined : id
}

function shownFlows({ design, diagram }: Work): readonly Flow[] {
  const shown = diagram === undefined ? undefined : design.diagrams[diagram]
  return rowsOf(design.flows).filter(({ id }) => !shown || shown.flows?.[id] === true)
}

/** Elements and boundaries of the diagram that the text does not name any more. */
function leftOut(work: Work, { nodes: named, groups: grouped, kept: unread }: MermaidSource): Refusal | undefined {
  const shown = work.diagram === undefined ? undefined : work.design.diagrams[work.diagram]
  const kept = new Set(work.ids.values())
  // What a line names that nobody understood is still named.
  for (const { text } of unread) for (const [word] of text.matchAll(/\b[EB]_\w+/g)) kept.add(word.replace('_', '-'))
  const gone = [
    ...rowsOf(work.design.elements).filter(({ id }) => (!shown || shown.elements?.[id] === true) && !named.has(mermaidId(id))),
    ...rowsOf(work.design.boundaries).filter(
      ({ id }) => (!shown || shown.boundaries?.[id] === true) && !grouped.has(mermaidId(id)),
    ),
  ].filter(({ id }) => !kept.has(id))
  return gone.length > 0
    ? remove(
        work,
        gone.map(({ id }) => id),
      )
    : undefined
}

function remove(work: Work, ids: readonly string[]): Refusal | undefined {
  work.removed += ids.length
  return enact(work, removeEntities(work.design, { ids }))
}
