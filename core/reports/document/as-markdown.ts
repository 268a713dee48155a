import { code, plain } from '../../checklists/plain.ts'
import { blocksOf } from './blocks.ts'
import type { Block, Cell, ReportDocument, Span, Stamp } from './types.ts'

/** The document as Markdown, piece by piece: what the design says is words there and nothing else. */
export function* asMarkdown(document: ReportDocument): Generator<string> {
  yield headOf(document)
  for (const block of blocksOf(document)) yield* blockText(block)
}

function headOf({ title, stamp }: ReportDocument): string {
  const { digest, at, version } = stamp
  const made = `Design ${digest}, as of ${at}${version === '' ? '' : `, made with Skeptic ${version}`}.`
  return `${warningText(stamp)}# ${plain(title)}\n\n${made}\n\n${staleText(stamp)}`
}

/** What is wrong with the ledger stands above everything, where nobody can read past it. */
export function warningText({ warnings }: Pick<Stamp, 'warnings'>): string {
  return warnings.length === 0 ? '' : `${warnings.map(line => `> ${spansText(line)}\n`).join('>\n')}\n`
}

function staleText({ stale }: Stamp): string {
  return stale.length === 0 ? '' : `${listText(stale)}\n`
}

function* blockText(block: Block): Generator<string> {
  switch (block.kind) {
    case 'heading':
      yield `${'#'.repeat(block.level)} ${plain(block.text)}\n\n`
      return
    case 'paragraph':
      yield `${spansText(block.spans)}\n\n`
      return
    case 'list':
      yield `${listText(block.items)}\n`
      return
    case 'facts':
      yield `${block.rows.map(({ name, spans }) => `- **${plain(name)}:** ${spansText(spans)}\n`).join('')}\n`
      return
    case 'table':
      yield* tableText(block)
      return
    case 'matrix':
      yield* matrixText(block)
      return
    case 'figure':
      yield `${block.caption === '' ? '' : `**${plain(block.caption)}** `}${plain(block.words)}\n\n${block.mermaid === undefined ? '' : `\`\`\`mermaid\n${block.mermaid.trimEnd()}\n\`\`\`\n\n`}`
      return
    case 'break':
  }
}

function* tableText({ caption, columns, rows, nothing }: Extract<Block, { kind: 'table' }>): Generator<string> {
  let isEmpty = true
  for (const row of rows) {
    if (isEmpty) yield `${plain(caption)}\n\n${headText(columns.map(({ title }) => title))}`
    isEmpty = false
    yield rowText(row.map(cellText))
  }
  yield isEmpty ? `${plain(nothing)}\n\n` : '\n'
}

function* matrixText({ caption, corner, columns, rows }: Extract<Block, { kind: 'matrix' }>): Generator<string> {
  if (rows.length === 0) {
    yield 'Nothing to show.\n\n'
    return
  }
  yield `${plain(caption)}\n\n${headText([corner, ...columns])}`
  for (const { head, cells } of rows) yield rowText([spansText(head), ...cells.map(cellText)])
  yield '\n'
}

function headText(titles: readonly string[]): string {
  return `${rowText(titles.map(plain))}${rowText(titles.map(() => '---'))}`
}

function rowText(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

function listText(items: readonly (readonly Span[])[]): string {
  return items.map(item => `- ${spansText(item)}\n`).join('')
}

function cellText({ spans }: Cell): string {
  return spansText(spans)
}

/** Each piece is made plain on its own; blanks at its ends stay. Pieces end in blanks, commas or stops where text of the design begins. */
function spansText(spans: readonly Span[]): string {
  const [only] = spans
  if (spans.length === 1 && typeof only === 'string') return plain(only)
  return spans.map(spanText).join('').trim()
}

function spanText(span: Span): string {
  if (typeof span === 'string') return edged(span)
  if ('ref' in span) return plain(span.text ?? span.ref)
  return 'code' in span ? code(span.code) : `**${plain(span.strong)}**`
}

function edged(text: string): string {
  const inner = plain(text.trim())
  if (inner === '') return text === '' ? '' : ' '
  return `${/^\s/.test(text) ? ' ' : ''}${inner}${/\s$/.test(text) ? ' ' : ''}`
}
