import type { Element } from '../model/types.ts'

/** A node as the text writes it; kind and label are missing where it is only named. */
export type MermaidNode = {
  readonly id: string
  readonly line: number
  kind: Element['kind'] | undefined
  label: string | undefined
  /** The subgraph it stands in. */
  within: string | undefined
}

/** A link between two nodes. */
export type MermaidLink = {
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
  readonly groups: ReadonlyMap<string, MermaidGroup>
  readonly kept: readonly KeptLine[]
}

/** More lines than any drawing a person reads; the rest stays unread. */
export const MOST_LINES = 20_000

/**
 * Reads the part of Mermaid's flowcharts that a data-flow diagram needs: nodes with a shape, links with a label, subgraphs. Every other
 * line is kept as text with its reason; nothing is guessed and nothing is dropped. Linear in the length of the text.
 */
export function readMermaid(text: string): MermaidSource {
  const reading = newReading()
  const lines = text.split(/\r\n?|\n/)
  for (const [at, line] of lines.slice(0, MOST_LINES).entries()) {
    const written = line.trim().replace(/;$/, '')
    const why = readLine(reading, written, at + 1)
    if (why !== undefined) reading.kept.push({ line: at + 1, text: written.slice(0, LONGEST), why })
  }
  if (lines.length > MOST_LINES) reading.kept.push({ line: MOST_LINES + 1, text: '', why: `Only ${MOST_LINES} lines are read.` })
  for (const { line, id } of reading.open)
    reading.kept.push({ line, text: `subgraph ${id}`, why: 'This subgraph has no "end"; everything after it lies inside.' })
  return reading
}

type Reading = {
  readonly nodes: Map<string, MermaidNode>
  readonly links: MermaidLink[]
  readonly groups: Map<string, MermaidGroup>
  readonly kept: KeptLine[]
  readonly open: MermaidGroup[]
}

function newReading(): Reading {
  return { nodes: new Map(), links: [], groups: new Map(), kept: [], open: [] }
}

/** Takes a line over, or says why it stays text. */
function readLine(reading: Reading, text: string, line: number): string | undefined {
  if (text === '' || OWN_STYLE.test(text) || HEADER.test(text)) return undefined
  if (text.length > LONGEST) return `A line holds at most ${LONGEST} characters.`
  if (text.startsWith('%%')) return 'A comment.'
  if (/^end$/i.test(text)) return reading.open.pop() ? undefined : 'No subgraph is open here.'
  const group = /^subgraph(?:\s+(.*))?$/.exec(text)
  if (group) {
    openGroup(reading, group[1] ?? '', line)
    return undefined
  }
  const word = NO_PLACE.exec(text)?.[1]
  if (word) return `"${word}" has no place in the model.`
  return readStatement(reading, text, line) ? undefined : 'This is no node, link or subgraph that the model knows.'
}

const HEADER = /^(flowchart|graph)(\s+(TB|TD|BT|RL|LR))?$/
const NO_PLACE = /^(classDef|class|style|linkStyle|click|direction|accTitle|accDescr|title)\b/
/** Styles that our own writer adds. */
const OWN_STYLE = /^(classDef (boundary|outOfScope) |class [\w,]+ (boundary|outOfScope)$)/
const LONGEST = 4000

function openGroup(reading: Reading, rest: string, line: number): void {
  const named = /^([\w.-]+)\s*\[(.*)\]$/.exec(rest)
  const id = named?.[1] ?? (/^[\w.-]+$/.test(rest) ? rest : `subgraph ${line}`)
  const label = named ? labelOf(named[2] ?? '') : labelOf(rest)
  const group: MermaidGroup = { id, line, label: label || undefined, within: reading.open.at(-1)?.id }
  if (!reading.groups.has(id)) reading.groups.set(id, group)
  reading.open.push(group)
}

/** Nodes joined by links: `A[One] & B -->|label| C(Two) --> D`. Nothing is taken over unless the whole line is understood. */
function readStatement(reading: Reading, text: string, line: number): boolean {
  const cursor = { text, at: 0 }
  const chains: { readonly nodes: readonly NodeText[]; readonly link: LinkText | undefined }[] = []
  for (;;) {
    const nodes = nodesAt(cursor)
    if (!nodes) return false
    skip(cursor)
    const isEnd = cursor.at >= text.length
    const link = isEnd ? undefined : linkAt(cursor)
    if (!isEnd && !link) return false
    chains.push({ nodes, link })
    if (isEnd) break
  }
  for (const { nodes } of chains) for (const node of nodes) putNode(reading, node, line)
  for (const [i, { nodes, link }] of chains.entries())
    if (link)
      for (const { id: source } of nodes)
        for (const { id: target } of chains[i + 1]?.nodes ?? []) reading.links.push({ source, target, ...link, line })
  return true
}

type Cursor = { readonly text: string; at: number }
type NodeText = { readonly id: string; readonly kind: Element['kind'] | undefined; readonly label: string | undefined }
type LinkText = { readonly label: string | undefined; readonly isBoth: boolean }

function skip(cursor: Cursor): void {
  while (/\s/.test(cursor.text.charAt(cursor.at))) cursor.at++
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  const sticky = new RegExp(pattern.source, 'yu')
  sticky.lastIndex = cursor.at
  const found = sticky.exec(cursor.text)
  if (found) cursor.at = sticky.lastIndex
  return found ?? undefined
}

function nodesAt(cursor: Cursor): readonly NodeText[] | undefined {
  const nodes: NodeText[] = []
  do {
    skip(cursor)
    const id = take(cursor, /[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*/u)?.[0]
    if (id === undefined) return undefined
    const shape = shapeAt(cursor)
    if (shape === null) return undefined
    take(cursor, /:::[\w-]+/)
    nodes.push({ id, kind: shape?.kind, label: shape?.label })
    skip(cursor)
  } while (take(cursor, /&/))
  return nodes
}

const SHAPES: readonly { readonly open: string; readonly close: string; readonly kind: Element['kind'] }[] = [
  { open: '(((', close: ')))', kind: 'process' },
  { open: '((', close: '))', kind: 'process' },
  { open: '([', close: '])', kind: 'process' },
  { open: '[(', close: ')]', kind: 'dataStore' },
  { open: '[[', close: ']]', kind: 'process' },
  { open: '{{', close: '}}', kind: 'process' },
  { open: '(', close: ')', kind: 'process' },
  { open: '[', close: ']', kind: 'externalEntity' },
  { open: '{', close: '}', kind: 'process' },
]

/** The shape behind an id; undefined where there is none, null where it is not closed. */
function shapeAt(cursor: Cursor): { readonly kind: Element['kind']; readonly label: string } | undefined | null {
  const shape = SHAPES.find(({ open }) => cursor.text.startsWith(open, cursor.at))
  if (!shape) return undefined
  const from = cursor.at + shape.open.length
  const isQuoted = cursor.text.charAt(from) === '"'
  const quote = isQuoted ? cursor.text.indexOf('"', from + 1) : -1
  const end = cursor.text.indexOf(shape.close, isQuoted && quote >= 0 ? quote + 1 : from)
  if (end < 0) return null
  cursor.at = end + shape.close.length
  return { kind: shape.kind, label: labelOf(cursor.text.slice(from, end)) }
}

/** `-->`, `-->|label|`, `-- label -->`, thick, dotted and two-way ones; without an arrow head there is no direction, so no data flows. */
function linkAt(cursor: Cursor): LinkText | undefined {
  const plain = take(cursor, /(<|[xo](?=[-=.]))?(?:--+|==+|-\.+-)(>|[xo](?=\s|\|))/)
  if (plain) {
    skip(cursor)
    const label = take(cursor, /\|([^|]*)\|/)?.[1]
    return linkOf(plain[1], plain[2], label)
  }
  const spoken = take(cursor, /(<)?(?:--|==|-\.)\s*((?:(?!--|==|\.-)[^|])+?)\s*(?:--+|==+|\.+-)(>)/)
  return spoken ? linkOf(spoken[1], spoken[3], spoken[2]) : undefined
}

function linkOf(tail: string | undefined, head: string | undefined, label: string | undefined): LinkText {
  const text = label === undefined ? undefined : labelOf(label)
  return { label: text || undefined, isBoth: tail === '<' && head === '>' }
}

function putNode(reading: Reading, { id, kind, label }: NodeText, line: number): void {
  const within = reading.open.at(-1)?.id
  const known = reading.nodes.get(id)
  if (!known) {
    reading.nodes.set(id, { id, line, kind, label, within })
    return
  }
  known.kind ??= kind
  known.label ??= label
  known.within ??= within
}

/** A label as people read it: without quotes, with Mermaid's codes for characters resolved, in one line. */
export function labelOf(raw: string): string {
  const text = raw.trim()
  const inner = text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
  return inner
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/#(\d{1,6});/g, (code, digits: string) => characterOf(Number(digits)) ?? code)
    .replace(/#(quot|amp|lt|gt|nbsp);/g, (_code, name: string) => NAMED[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

const NAMED: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', nbsp: ' ' }

function characterOf(code: number): string | undefined {
  if (code < 32 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
  return String.fromCodePoint(code)
}
