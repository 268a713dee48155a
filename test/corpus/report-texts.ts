import { wordsOf } from '../../core/reports/document/as-csv.ts'
import { blocksOf } from '../../core/reports/document/blocks.ts'
import type { Block, ReportDocument, Span } from '../../core/reports/document/types.ts'
import { madeVisible } from '../../core/support/hidden.ts'

/** Every text that a report holds, one for each heading, paragraph, line, head and cell. */
export function textsOf(document: ReportDocument): readonly string[] {
  const { title, stamp } = document
  const lines = [...stamp.stale, ...stamp.warnings]
  return [title, stamp.design, stamp.digest, ...lines.map(wordsOf), ...[...blocksOf(document)].flatMap(textsIn)].filter(
    text => text.trim() !== '',
  )
}

function textsIn(block: Block): readonly string[] {
  const words = ({ spans }: { readonly spans: readonly Span[] }) => wordsOf(spans)
  switch (block.kind) {
    case 'heading':
      return [block.text]
    case 'paragraph':
      return [words(block)]
    case 'list':
      return block.items.map(wordsOf)
    case 'facts':
      return block.rows.flatMap(row => [row.name, words(row)])
    case 'table': {
      const rows = [...block.rows]
      return rows.length === 0
        ? [block.nothing]
        : [block.caption, ...block.columns.map(({ title }) => title), ...rows.flatMap(row => row.map(words))]
    }
    case 'matrix':
      return block.rows.length === 0
        ? []
        : [
            block.caption,
            block.corner,
            ...block.columns,
            ...block.rows.flatMap(row => [wordsOf(row.head), ...row.cells.map(words)]),
          ]
    case 'figure':
      return [block.caption, block.words]
    default:
      return []
  }
}

/** Heads of tables and headings: what must never end a page. */
export function leadsOf(document: ReportDocument): ReadonlySet<string> {
  const leads = [...blocksOf(document)].flatMap((block): readonly string[] => {
    if (block.kind === 'heading') return [block.text]
    if (block.kind === 'table') return [block.caption, block.columns.map(({ title }) => title).join('')]
    return block.kind === 'matrix' ? [block.caption, [block.corner, ...block.columns].join('')] : []
  })
  return new Set(leads.map(bare))
}

/** Letters only, however they were broken into lines or joined into ligatures. */
export function bare(text: string): string {
  return madeVisible(text).normalize('NFKC').replace(/\s+/g, '')
}

/** Those texts that a page of text does not hold. */
export function missingIn(said: string, texts: readonly string[]): readonly string[] {
  const all = bare(said)
  return [...new Set(texts)].filter(text => !all.includes(bare(text)))
}
