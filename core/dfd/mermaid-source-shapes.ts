import type { Element } from '../model/types.ts'
import { type Cursor, skip, take } from './mermaid-source-cursor.ts'

type Kind = Element['kind']

/** A node as one statement writes it. */
export type NodeText = {
  readonly id: string
  readonly kind: Kind | undefined
  /** Whether it is drawn as the plain rectangle, which Mermaid gives everything without a shape of its own. */
  readonly isPlain: boolean
  readonly label: string | undefined
  /** The class behind `:::`. */
  readonly style: string | undefined
}

type Shape = { readonly kind: Kind | undefined; readonly isPlain: boolean; readonly label: string | undefined }

/** Nodes joined by `&`; nothing where a node is not closed or has no id. */
export function nodesAt(cursor: Cursor): readonly NodeText[] | undefined {
  const nodes: NodeText[] = []
  do {
    skip(cursor)
    const id = take(cursor, ID)?.[0]
    if (id === undefined) return undefined
    const shape = shapeAt(cursor)
    const data = dataAt(cursor)
    if (shape === null || data === null) return undefined
    const style = take(cursor, STYLE)?.[1]
    const kind = data?.kind ?? shape?.kind
    const isPlain = data?.kind === undefined ? (shape?.isPlain ?? false) : data.isPlain
    nodes.push({ id, kind, isPlain, label: data?.label ?? shape?.label, style })
    skip(cursor)
  } while (take(cursor, AND))
  return nodes
}

const ID = /[\p{L}\p{N}\p{M}_$]+(?:[./+-][\p{L}\p{N}\p{M}_$]+)*/uy
const STYLE = /:::([\w-]+)/y
const AND = /&/y

const SHAPES: readonly { readonly open: string; readonly close: string; readonly kind: Kind }[] = [
  { open: '(((', close: ')))', kind: 'process' },
  { open: '((', close: '))', kind: 'process' },
  { open: '([', close: '])', kind: 'process' },
  { open: '(-', close: '-)', kind: 'process' },
  { open: '[(', close: ')]', kind: 'dataStore' },
  { open: '[[', close: ']]', kind: 'process' },
  { open: '{{', close: '}}', kind: 'process' },
  { open: '(', close: ')', kind: 'process' },
  { open: '[', close: ']', kind: 'externalEntity' },
  { open: '{', close: '}', kind: 'process' },
  { open: '>', close: ']', kind: 'process' },
]

/** The shape behind an id; undefined where there is none, null where it is not closed. */
function shapeAt(cursor: Cursor): Shape | undefined | null {
  const { text, at } = cursor
  const shape = SHAPES.find(({ open }) => text.startsWith(open, at))
  if (!shape) return undefined
  const { open, close, kind } = shape
  const from = at + open.length
  const quote = text.charAt(from) === '"' ? text.indexOf('"', from + 1) : -1
  const end = text.indexOf(close, quote >= 0 ? quote + 1 : from)
  if (end < 0) return null
  cursor.at = end + close.length
  const inner = text.slice(from, end)
  // Slanted: [/text/], [\text\] and their mixtures.
  const isSlanted = open === '[' && inner.length > 2 && /^[/\\]/.test(inner) && /[/\\]$/.test(inner)
  return isSlanted
    ? { kind: 'process', isPlain: false, label: labelOf(inner.slice(1, -1)) }
    : { kind, isPlain: open === '[', label: labelOf(inner) }
}

/** `@{ shape: cyl, label: "Orders" }`; undefined where there is none, null where it is not closed. */
function dataAt(cursor: Cursor): Shape | undefined | null {
  if (!cursor.text.startsWith('@{', cursor.at)) return undefined
  cursor.at += 2
  const fields = new Map<string, string>()
  for (let field = take(cursor, FIELD); field; field = take(cursor, FIELD))
    fields.set(field[1] ?? '', (field[2] ?? '').trim().replace(/^'(.*)'$/s, '$1'))
  if (!take(cursor, CLOSE)) return null
  const shape = fields.get('shape')?.replaceAll('"', '')
  const label = fields.get('label')
  return {
    kind: shape === undefined ? undefined : kindOf(shape),
    isPlain: shape !== undefined && PLAIN.has(shape),
    label: label === undefined ? undefined : labelOf(label),
  }
}

const FIELD = /[\s,]*([\w-]+)\s*:\s*("[^"]*"|'[^']*'|[^,}\n]*)/y
const CLOSE = /[\s,]*\}/y

const PLAIN: ReadonlySet<string> = new Set(['rect', 'rectangle'])
/** Names of https://mermaid.js.org/syntax/flowchart.html that stand for stored data. */
const STORES: ReadonlySet<string> = new Set(
  (
    'cyl cylinder database db h-cyl das horizontal-cylinder lin-cyl disk lined-cylinder bow-rect bow-tie-rectangle stored-data ' +
    'win-pane internal-storage window-pane datastore data-store'
  ).split(' '),
)

function kindOf(shape: string): Kind {
  if (STORES.has(shape)) return 'dataStore'
  return PLAIN.has(shape) ? 'externalEntity' : 'process'
}

/** A label as people read it: without quotes, markup and icons, with Mermaid's codes for characters resolved, in one line. */
export function labelOf(raw: string): string {
  const text = raw.trim()
  const inner = text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
  const isMarkdown = inner.length >= 2 && inner.startsWith('`') && inner.endsWith('`')
  const plain = isMarkdown ? inner.slice(1, -1).replace(/\*{1,3}|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])/gu, '') : inner
  return plain
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\bfa[bklrs]?:fa-[\w-]+/g, '')
    .replace(/[#&](?:#?(\d{1,7})|(\w{2,6}));/g, (code, digits: string | undefined, name: string | undefined) =>
      digits === undefined ? (NAMED.get(name ?? '') ?? code) : (characterOf(Number(digits)) ?? code),
    )
    .replace(/\s+/g, ' ')
    .trim()
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ...([
    ['quot', '"'],
    ['apos', "'"],
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['nbsp', ' '],
    ['semi', ';'],
  ] as const),
])

function characterOf(code: number): string | undefined {
  if (code < 32 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
  return String.fromCodePoint(code)
}
