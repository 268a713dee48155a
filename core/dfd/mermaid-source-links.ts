import { type Cursor, skip, take } from './mermaid-source-cursor.ts'
import { labelOf } from './mermaid-source-shapes.ts'

/** A link as one statement writes it. */
export type LinkText = {
  /** The id before `@`. */
  readonly id: string | undefined
  readonly label: string | undefined
  readonly isBoth: boolean
  /** `none` says no direction, `invisible` only lays out. */
  readonly head: 'arrow' | 'none' | 'invisible'
}

/** `-->`, `-->|label|`, `-- label -->`, thick, dotted, invisible and two-way ones, with an id before it or without. */
export function linkAt(cursor: Cursor): LinkText | undefined {
  const id = take(cursor, LINK_ID)?.[1]
  if (take(cursor, INVISIBLE)) return { id, label: undefined, isBoth: false, head: 'invisible' }
  const plain = take(cursor, PLAIN)
  if (plain) {
    skip(cursor)
    return linkOf({ id, tail: plain[1], head: plain[2] ?? plain[3], label: take(cursor, LABEL)?.[1] })
  }
  const opened = take(cursor, OPEN)
  return opened && spokenAt(cursor, { id, tail: opened[1], closer: CLOSERS[opened[2] as keyof typeof CLOSERS] })
}

const LINK_ID = /([\p{L}\p{N}_-]+)@(?=[xo<]?(?:--|==|-?\.|~~))/uy
const INVISIBLE = /~~~+/y
/** An x or o touching a word is the beginning of it. */
const PLAIN = /(<|[xo](?=[-=.]))?(?:(?:--+|==+)(>|[xo](?=\s|\||$))|---+|===+|-?\.+-(>|[xo](?=\s|\||$))?)/y
const OPEN = /(<|[xo](?=[-=.]))?(--|==|-\.)\s*/y
const LABEL = /\|\s*("[^"]*"|[^|]*)\s*\|/y
const CLOSERS = {
  '--': /--+(>|[xo](?=\s|$))?/g,
  '==': /==+(>|[xo](?=\s|$))?/g,
  '-.': /\.+-(>|[xo](?=\s|$))?/g,
} as const

type Spoken = { readonly id: string | undefined; readonly tail: string | undefined; readonly closer: RegExp }

/** `-- label -->`: the label ends where the link goes on. */
function spokenAt(cursor: Cursor, { id, tail, closer }: Spoken): LinkText | undefined {
  const from = cursor.at
  const quote = cursor.text.charAt(from) === '"' ? cursor.text.indexOf('"', from + 1) + 1 : 0
  closer.lastIndex = Math.max(from, quote)
  const end = closer.exec(cursor.text)
  const label = end ? cursor.text.slice(from, end.index) : ''
  if (!end || label.trim() === '' || (quote === 0 && label.includes('|'))) return undefined
  cursor.at = end.index + end[0].length
  return linkOf({ id, tail, head: end[1], label })
}

type Ends = { readonly id: string | undefined; readonly tail: string | undefined; readonly head: string | undefined }

function linkOf({ id, tail, head, label }: Ends & { readonly label: string | undefined }): LinkText {
  const text = label === undefined ? undefined : labelOf(label)
  const hasHead = head !== undefined
  return { id, label: text || undefined, isBoth: hasHead && tail !== undefined, head: hasHead ? 'arrow' : 'none' }
}
