import type { Element } from '../model/types.ts'
import { type Cursor, skip, take } from './mermaid-source-cursor.ts'
import { type LinkText, linkAt } from './mermaid-source-links.ts'
import { labelOf, type NodeText, nodesAt } from './mermaid-source-shapes.ts'

/** A node as the text writes it; kind and label are missing where it is only named. */
export type MermaidNode = {
  readonly id: string
  readonly line: number
  kind: Element['kind'] | undefined
  label: string | undefined
  /** Whether its shape is the plain rectangle, which Mermaid gives everything without a shape of its own. */
  isPlain: boolean
  /** The class that the text gives it with `:::`. */
  style: string | undefined
  /** The subgraph it stands in. */
  within: string | undefined
}

/** A link between two nodes. */
export type MermaidLink = {
  /** The id that newer texts give to links. */
  readonly id: string | undefined
  readonly source: string
  readonly target: string
  readonly label: string | undefined
  readonly isBoth: boolean
  readonly line: number
}

export type MermaidGroup = {
  readonly id: string
  readonly line: number
  readonly label: string | undefined
  readonly within: string | undefined
}

/** A line that stays text, and why. */
export type KeptLine = { readonly line: number; readonly text: string; readonly why: string }

/** What a flowchart text says, in the order it says it. */
export type MermaidSource = {
  readonly nodes: ReadonlyMap<string, MermaidNode>
  readonly links: readonly MermaidLink[]
  /** Links without an arrow head: their lines are kept as well, for they say no direction. */
  readonly undirected: readonly MermaidLink[]
  /** The title of its front matter. */
  readonly title: string | undefined
  readonly groups: ReadonlyMap<string, MermaidGroup>
  readonly kept: readonly KeptLine[]
}

/** More lines than any drawing a person reads; the rest stays unread. */
export const MOST_LINES = 20_000
/** Why a line stays text that is no part of a flowchart as far as anybody knows. */
export const NOT_UNDERSTOOD = 'This is no node, link or subgraph that the model knows.'
export const COMMENT = 'A comment.'
export const NO_DIRECTION = 'A link without an arrow head says no direction, so no data flows.'
/** How many lines one statement may take: labels in quotes and `@{ }` may go on over line breaks. */
const TALLEST = 12
/** A name and a protocol of the greatest length, every character written as a code, fit in. */
const LONGEST = 6000
/** Lists joined by `&` multiply: a few lines of them could fill the memory. */
const MOST_LINKS = 200_000

/**
 * Reads the part of Mermaid's flowcharts that a data-flow diagram needs: nodes with a shape, links with a label, subgraphs. Every other
 * line is kept as text with its reason; nothing is guessed and nothing is dropped. Linear in the length of the text.
 */
export function readMermaid(text: string): MermaidSource {
  const reading: Reading = newReading()
  const all = text.split(/\r\n?|\n/)
  const lines = all.slice(0, MOST_LINES).map(line => line.trim())
  for (let at = frontMatter(reading, lines); at < lines.length; ) at += readFrom(reading, lines, at)
  if (all.length > MOST_LINES) reading.kept.push({ line: MOST_LINES + 1, text: '', why: `Only ${MOST_LINES} lines are read.` })
  for (const { line, id } of reading.open)
    reading.kept.push({ line, text: `subgraph ${id}`, why: 'This subgraph has no "end"; everything after it lies inside.' })
  return reading
}

type Reading = {
  readonly nodes: Map<string, MermaidNode>
  readonly links: MermaidLink[]
  readonly undirected: MermaidLink[]
  readonly groups: Map<string, MermaidGroup>
  readonly kept: KeptLine[]
  readonly open: MermaidGroup[]
  readonly linkIds: Set<string>
  title: string | undefined
}

function newReading(): Reading {
  return {
    nodes: new Map(),
    links: [],
    undirected: [],
    groups: new Map(),
    kept: [],
    open: [],
    linkIds: new Set(),
    title: undefined,
  }
}

/** Lines between two of three dashes at the very top, which say how to draw; answers where the rest begins. */
function frontMatter(reading: Reading, lines: readonly string[]): number {
  const first = lines.findIndex(line => line !== '')
  const last = lines[first] === '---' ? lines.indexOf('---', first + 1) : -1
  if (last < 0) return 0
  const title = lines.slice(first, last).flatMap(line => /^title\s*:\s*(.+)$/.exec(line)?.[1] ?? [])[0]
  reading.title = title === undefined ? undefined : labelOf(title.replace(/^'(.*)'$/, '$1')) || undefined
  reading.kept.push({ line: first + 1, text: '---', why: 'Front matter says how to draw; only its title is read.' })
  return last + 1
}

/** Takes over the statement that begins at a line, or keeps the line as text; answers how many lines that were. */
function readFrom(reading: Reading, lines: readonly string[], at: number): number {
  const first = lines[at] ?? ''
  const closed = CLOSED_BY.find(({ open }) => open.test(first))
  const end = closed ? lines.slice(at, at + MOST_BLOCK).findIndex(line => closed.close.test(line)) : -1
  if (closed && end >= 0) {
    reading.kept.push({ line: at + 1, text: first.slice(0, LONGEST), why: closed.why })
    return end + 1
  }
  const why = readLine(reading, first, at + 1)
  if (why === NOT_UNDERSTOOD && isOpen(first))
    for (let count = 2, joined = first; count <= TALLEST && at + count <= lines.length; count++) {
      joined += `\n${lines[at + count - 1]}`
      if (joined.length > LONGEST) break
      const more = isOpen(joined) ? NOT_UNDERSTOOD : readStatements(reading, joined, at + 1)
      if (more === NOT_UNDERSTOOD) continue
      if (more !== undefined) reading.kept.push({ line: at + 1, text: joined, why: more })
      return count
    }
  if (why !== undefined) reading.kept.push({ line: at + 1, text: first.slice(0, LONGEST), why })
  return 1
}

/** What goes on over several lines until it says so; never further than this. */
const CLOSED_BY = [
  { open: /^%%\{(?!.*\}%%)/, close: /\}%%/, why: 'A directive says how to draw.' },
  { open: /^accDescr\s*\{[^}]*$/, close: /\}/, why: '"accDescr" has no place in the model.' },
] as const
const MOST_BLOCK = 200

/** Whether a quote or a brace is still open at its end. */
function isOpen(text: string): boolean {
  const quotes = text.split('"').length - 1
  return quotes % 2 === 1 || text.lastIndexOf('@{') > text.lastIndexOf('}')
}

/** Takes a line over, or says why it stays text. */
function readLine(reading: Reading, text: string, line: number): string | undefined {
  if (text === '' || OWN_STYLE.test(text)) return undefined
  if (text.length > LONGEST) return `A line holds at most ${LONGEST} characters.`
  if (text.startsWith('%%{')) return 'A directive says how to draw.'
  if (text.startsWith('%%')) return COMMENT
  const header = HEADER.exec(text)?.[0]
  if (header !== undefined) return header === text ? undefined : readLine(reading, text.slice(header.length).trim(), line)
  if (END.test(text)) return reading.open.pop() ? undefined : 'No subgraph is open here.'
  const group = /^subgraph(?:\s+(.*))?$/.exec(text)
  if (group) {
    openGroup(reading, (group[1] ?? '').replace(/;$/, ''), line)
    return undefined
  }
  const word = NO_PLACE.exec(text)?.[1]
  if (word) return `"${word}" has no place in the model.`
  return readStatements(reading, text, line)
}

const HEADER = /^(flowchart|graph|flowchart-elk)(\s+(TB|TD|BT|RL|LR|[<>^v]))?\s*(;|$)/
const END = /^end\s*;?\s*(%%.*)?$/
const NO_PLACE =
  /^(classDef|class|style|linkStyle|click|direction|accTitle|accDescr|title)\b(?!\s*(?:$|[[({>@&]|--|==|-\.|~~|:::))/
/** Styles that our own writer adds. */
const OWN_STYLE = /^(classDef (boundary|outOfScope) |class [\w,]+ (boundary|outOfScope);?$)/

function openGroup(reading: Reading, rest: string, line: number): void {
  const named = /^([\p{L}\p{N}_.-]+)\s*\[(.*)\]$/u.exec(rest)
  const id = named?.[1] ?? (/^[\p{L}\p{N}_.-]+$/u.test(rest) ? rest : `subgraph ${line}`)
  const label = named ? labelOf(named[2] ?? '') : labelOf(rest)
  const group: MermaidGroup = { id, line, label: label || undefined, within: reading.open.at(-1)?.id }
  if (!reading.groups.has(id)) reading.groups.set(id, group)
  reading.open.push(group)
}

type Chain = readonly { readonly nodes: readonly NodeText[]; readonly link: LinkText | undefined }[]

/**
 * Statements of a line, parted by semicolons: nodes joined by links, as `A[One] & B -->|label| C(Two) --> D`. Nothing is taken over
 * unless the whole line is understood; answers why some of it stays text all the same.
 */
function readStatements(reading: Reading, text: string, line: number): string | undefined {
  const cursor: Cursor = { text, at: 0 }
  const chains: Chain[] = []
  do {
    skip(cursor)
    if (cursor.at >= text.length || text.startsWith('%%', cursor.at)) break
    const chain = chainAt(cursor)
    if (!chain) return NOT_UNDERSTOOD
    chains.push(chain)
  } while (take(cursor, SEMICOLON))
  skip(cursor)
  if (cursor.at < text.length && !text.startsWith('%%', cursor.at)) return NOT_UNDERSTOOD
  if (reading.links.length + reading.undirected.length + linksIn(chains) > MOST_LINKS) return `Only ${MOST_LINKS} links are read.`
  for (const chain of chains) putChain(reading, chain, line)
  const links = chains.flat().map(({ link }) => link?.head)
  if (links.includes('none')) return NO_DIRECTION
  return links.includes('invisible') ? 'An invisible link only lays out.' : undefined
}

function linksIn(chains: readonly Chain[]): number {
  return chains
    .flatMap(chain => chain.map(({ nodes }, i) => nodes.length * (chain[i + 1]?.nodes.length ?? 0)))
    .reduce((sum, count) => sum + count, 0)
}

const SEMICOLON = /\s*;+/y

function chainAt(cursor: Cursor): Chain | undefined {
  const chain: Chain[number][] = []
  for (;;) {
    const nodes = nodesAt(cursor)
    if (!nodes) return undefined
    skip(cursor)
    const link = linkAt(cursor)
    chain.push({ nodes, link })
    if (!link) return chain
  }
}

function putChain(reading: Reading, chain: Chain, line: number): void {
  for (const { nodes } of chain) for (const node of nodes) putNode(reading, node, line)
  for (const [i, { nodes, link }] of chain.entries()) {
    if (!link || link.head === 'invisible') continue
    const list = link.head === 'arrow' ? reading.links : reading.undirected
    const { id, label, isBoth } = link
    if (id !== undefined) reading.linkIds.add(id)
    for (const { id: source } of nodes)
      for (const { id: target } of chain[i + 1]?.nodes ?? []) list.push({ id, source, target, label, isBoth, line })
  }
}

/** A node stands in the innermost subgraph that names it while it is open; of two beside each other the first counts. */
function putNode(reading: Reading, { id, kind, label, isPlain, style }: NodeText, line: number): void {
  // `e1@{ animate: true }` says how to draw the link e1.
  if (kind === undefined && label === undefined && reading.linkIds.has(id)) return
  const within = reading.open.at(-1)?.id
  const known = reading.nodes.get(id)
  if (!known) {
    reading.nodes.set(id, { id, line, kind, label, isPlain, style, within })
    return
  }
  if (known.kind === undefined && kind !== undefined) known.isPlain = isPlain
  known.kind ??= kind
  known.label ??= label
  known.style ??= style
  if (known.within === undefined || reading.open.some(group => group.id === known.within)) known.within = within ?? known.within
}
