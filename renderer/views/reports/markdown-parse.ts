/** A block of Markdown as plain data; text stays text, there is no HTML in it. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string; readonly language: string }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'rule' }

/** Reads the Markdown our reports are written in; what it does not know stays a paragraph. */
export function parseMarkdown(text: string): readonly Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    if (line.trim() === '') {
      at++
      continue
    }
    const read = READERS.map(reader => reader(lines, at)).find(found => found !== undefined)
    const { block, next } = read ?? paragraph(lines, at)
    blocks.push(block)
    at = next
  }
  return blocks
}

type Read = { readonly block: Block; readonly next: number }
type Reader = (lines: readonly string[], at: number) => Read | undefined

const READERS: readonly Reader[] = [heading, rule, code, table, list]

function heading(lines: readonly string[], at: number): Read | undefined {
  const match = /^(#{1,6}) +(.*)$/.exec(lines[at] ?? '')
  return match ? { block: { kind: 'heading', level: match[1]?.length ?? 1, text: match[2] ?? '' }, next: at + 1 } : undefined
}

function rule(lines: readonly string[], at: number): Read | undefined {
  return /^(-{3,}|\*{3,})\s*$/.test(lines[at] ?? '') ? { block: { kind: 'rule' }, next: at + 1 } : undefined
}

function code(lines: readonly string[], at: number): Read | undefined {
  const open = /^(`{3,})(.*)$/.exec(lines[at] ?? '')
  const fence = open?.[1]
  if (fence === undefined) return undefined
  const end = lines.findIndex((line, index) => index > at && line.trimEnd() === fence)
  const last = end < 0 ? lines.length : end
  return {
    block: { kind: 'code', language: open?.[2]?.trim() ?? '', text: lines.slice(at + 1, last).join('\n') },
    next: last + 1,
  }
}

function table(lines: readonly string[], at: number): Read | undefined {
  if (!/^\|/.test(lines[at] ?? '') || !/^\|[\s:|-]+\|?\s*$/.test(lines[at + 1] ?? '')) return undefined
  let next = at + 2
  while (/^\|/.test(lines[next] ?? '')) next++
  const rows = lines.slice(at + 2, next).map(cellsOf)
  return { block: { kind: 'table', head: cellsOf(lines[at] ?? ''), rows }, next }
}

function cellsOf(line: string): readonly string[] {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim())
}

function list(lines: readonly string[], at: number): Read | undefined {
  if (!ITEM.test(lines[at] ?? '')) return undefined
  const items: string[] = []
  let next = at
  for (; next < lines.length; next++) {
    const line = lines[next] ?? ''
    if (ITEM.test(line)) items.push(line.replace(ITEM, ''))
    else if (/^ +\S/.test(line) && items.length > 0) items.push(`${items.pop()} ${line.trim()}`)
    else break
  }
  return { block: { kind: 'list', items }, next }
}

const ITEM = /^\s*(?:[-*+]|\d+\.)\s+/

function paragraph(lines: readonly string[], at: number): Read {
  let next = at + 1
  while (next < lines.length && (lines[next] ?? '').trim() !== '' && READERS.every(reader => reader(lines, next) === undefined))
    next++
  return { block: { kind: 'paragraph', text: lines.slice(at, next).join(' ') }, next }
}

/** A piece of a line in one look. */
export type Span = { readonly kind: 'text' | 'strong' | 'code' | 'emphasis'; readonly text: string }

/** Bold, emphasis and code inside a line; back-slashed signs are the signs themselves. */
export function spansOf(text: string): readonly Span[] {
  const spans: Span[] = []
  const pattern = /`([^`]+)`|\*\*((?:[^*\\]|\\.)+)\*\*|(?<![\w\\])_((?:[^_\\]|\\.)+)_(?!\w)/g
  let last = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > last) spans.push({ kind: 'text', text: bare(text.slice(last, match.index)) })
    const [whole, code, strong, emphasis] = match
    spans.push(
      code !== undefined
        ? { kind: 'code', text: code }
        : strong !== undefined
          ? { kind: 'strong', text: bare(strong) }
          : { kind: 'emphasis', text: bare(emphasis ?? '') },
    )
    last = match.index + whole.length
  }
  if (last < text.length) spans.push({ kind: 'text', text: bare(text.slice(last)) })
  return spans
}

function bare(text: string): string {
  return text.replace(/\\([\\`*_[\]<>|~#@])/g, '$1')
}
