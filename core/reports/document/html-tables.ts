import { escaped } from './escape.ts'
import type { Anchors } from './html-anchors.ts'
import { isolated, spansText } from './html-spans.ts'
import { matrixShares } from './matrix-shares.ts'
import type { Block, Cell, Column, ReportDocument } from './types.ts'

const KINDS: Readonly<Record<ReportDocument['kind'], string>> = {
  model: 'Threat model',
  gate: 'Gate certificate',
  review: 'Review record',
  trace: 'Traceability',
  frameworks: 'Framework coverage',
  executive: 'Executive page',
}

/** The head of the page: what it is, and where it comes from. */
export function headText({ kind, title, stamp }: ReportDocument): string {
  const { design, digest, at, version } = stamp
  const facts = [
    ['Design', isolated(design)],
    ['Digest', `<code>${escaped(digest)}</code>`],
    ['As of', `<time datetime="${escaped(at)}">${escaped(at)}</time>`],
    ...(version === '' ? [] : [['Made with', `Skeptic ${escaped(version)}`]]),
    ...(stamp.stale.length > 0 || stamp.warnings.length > 0 ? [] : [['Out of date', 'Nothing that the ledger notes']]),
  ]
  const rows = facts.map(([name, text]) => `<dt>${name}</dt><dd>${text}</dd>`).join('\n')
  return `<header>\n<p class="kind">${KINDS[kind]}</p>\n<h1>${isolated(title)}</h1>\n<dl>\n${rows}\n</dl>\n</header>\n`
}

/** Tables of so many columns scroll within themselves where the page is narrow, and do so sooner the more they have. */
const WIDE = 4
const VERY_WIDE = 6

type Table = Extract<Block, { kind: 'table' }>

/** Rows as they come; the head repeats on every page of paper. */
export function* tableText({ name, caption, columns, rows, nothing }: Table, anchors: Anchors): Generator<string> {
  const [open, close] = frameOf(name, caption, columns.length)
  let isEmpty = true
  for (const row of rows) {
    if (isEmpty) yield `${open}<table>\n<caption><span>${escaped(caption)}</span></caption>\n${columnsText(columns)}<tbody>\n`
    isEmpty = false
    yield rowText(row, columns, anchors)
  }
  yield isEmpty ? `<p class="muted">${escaped(nothing)}</p>\n` : `</tbody>\n</table>\n${close}`
}

function frameOf(name: string, caption: string, columns: number): readonly [string, string] {
  if (columns < WIDE) return ['', '']
  const look = columns < VERY_WIDE ? 'wide' : 'wide very'
  return [`<div class="${look}" role="region" tabindex="0" aria-label="${escaped(`${caption} (${name})`)}">`, '</div>\n']
}

function columnsText(columns: readonly Column[]): string {
  const sum = columns.reduce((all, { width = 1 }) => all + width, 0)
  const widths = columns.map(({ width = 1 }) => `<col width="${Math.round((width / sum) * 100)}%">`).join('')
  const heads = columns.map(({ title, align }) => `<th scope="col"${classOf(align)}>${escaped(title)}</th>`).join('')
  return `<colgroup>${widths}</colgroup>\n<thead><tr>${heads}</tr></thead>\n`
}

/** Ids and days stay whole; words wider than a column may break anywhere. */
function lookOf(one: Cell, align: Column['align']): string {
  const [only] = one.spans
  if (one.spans.length === 1 && typeof only === 'string' && align === undefined && /^[\w-]{1,13}$/.test(only))
    return ' class="id"'
  return classOf(hasLongWord(one) ? 'long' : align)
}

function classOf(name: Column['align'] | 'long'): string {
  return name === undefined || name === 'start' ? '' : ` class="${name}"`
}

function hasLongWord({ spans }: Cell): boolean {
  return spans.some(span => (typeof span === 'string' ? /\S{22}/.test(span) : 'code' in span))
}

function rowText(row: readonly Cell[], columns: readonly Column[], anchors: Anchors): string {
  let text = '<tr>'
  for (let i = 0; i < row.length; i++) {
    const one = row[i] as Cell
    const { place } = one
    if (place === undefined) text += `<td${lookOf(one, columns[i]?.align)}>${cellText(one, anchors)}</td>`
    else {
      const id = anchors.claim(place) ? ` id="${place}"` : ''
      text += `<th scope="row" class="id"${id}>${spansText(one.spans, anchors)}</th>`
    }
  }
  return `${text}</tr>\n`
}

/** Short words with a tone stand on a tint, so that the eye finds them; long ones only take its ink. */
const SHORT = 16

function cellText({ spans, tone }: Cell, anchors: Anchors): string {
  const text = spansText(spans, anchors)
  if (tone === undefined || tone === 'plain') return text
  const [only] = spans
  const words = typeof only === 'string' ? only : typeof only === 'object' && 'strong' in only ? only.strong : undefined
  const isChip = spans.length === 1 && tone !== 'muted' && words !== undefined && words.length <= SHORT
  return `<span class="${isChip ? 'chip ' : ''}${tone}">${text}</span>`
}

type Matrix = Extract<Block, { kind: 'matrix' }>

/** A matrix of so few rows stays on one page. */
const WHOLE = 6

export function* matrixText(matrix: Matrix, anchors: Anchors): Generator<string> {
  const { name, caption, corner, columns, rows } = matrix
  if (rows.length === 0) {
    yield '<p class="muted">Nothing to show.</p>\n'
    return
  }
  const [open, close] = frameOf(name, caption, columns.length + 1)
  const heads = [corner, ...columns].map(title => `<th scope="col">${escaped(title)}</th>`).join('')
  const shares = matrixShares(matrix)
  const all = shares.reduce((sum, share) => sum + share, 0)
  const widths = `<colgroup>${shares.map(share => `<col width="${Math.round((share / all) * 100)}%">`).join('')}</colgroup>`
  const look = rows.length <= WHOLE ? 'cells whole' : 'cells'
  yield `${open}<table class="${look}">\n<caption><span>${escaped(caption)}</span></caption>\n${widths}\n<thead><tr>${heads}</tr></thead>\n<tbody>\n`
  for (const { head, cells } of rows) {
    let text = `<tr><th scope="row"${hasLongWord({ spans: head }) ? ' class="long"' : ''}>${spansText(head, anchors)}</th>`
    for (const { spans, tone } of cells) text += `<td${tone ? ` class="${tone}"` : ''}>${spansText(spans, anchors)}</td>`
    yield `${text}</tr>\n`
  }
  yield `</tbody>\n</table>\n${close}`
}
