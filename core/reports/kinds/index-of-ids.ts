import { entityOf, labelOf } from '../../model/lookup.ts'
import { byText } from '../../support/order.ts'
import { blocksOf, cell, columns, each, heading, placeCell, table } from '../document/blocks.ts'
import type { Block, Cell, ReportDocument, Span } from '../document/types.ts'
import type { Facts } from '../facts.ts'

/** The document with a last table that says what every id in it stands for that has no place of its own; ids without meaning stay words. */
export function withIndex(facts: Pick<Facts, 'design' | 'derived'>, document: ReportDocument): ReportDocument {
  const rows = () => {
    const titles = new Map(facts.derived.map(finding => [finding.id, finding.title]))
    const known = idsWithoutPlace(document).flatMap(id => {
      const label = entityOf(facts.design, id) && !id.startsWith('N-') ? labelOf(facts.design, id) : titles.get(id)
      return label === undefined ? [] : [[id, label] as const]
    })
    return each(known, ([id, label]) => [placeCell(id), cell(label)])
  }
  const index = table({
    name: 'index',
    caption: 'Ids that this report names, and what they stand for.',
    columns: columns({ id: 'Id', meaning: ['Stands for', 8] }),
    nothing: 'It names none.',
    rows,
  })
  return { ...document, sections: [...document.sections, heading('What the ids stand for', 'index'), index] }
}

/** The document with ids that have no place in it as words, for a page without room for an index; what they stand for is said beside them. */
export function withoutIndex(document: ReportDocument): ReportDocument {
  const loose = new Set(idsWithoutPlace(document))
  const plain = (spans: readonly Span[]) =>
    spans.map(span => (typeof span === 'object' && 'ref' in span && loose.has(span.ref) ? (span.text ?? span.ref) : span))
  const calm = (block: Block): Block => {
    if (block.kind === 'paragraph') return { ...block, spans: plain(block.spans) }
    return block.kind === 'list' ? { ...block, items: block.items.map(plain) } : block
  }
  return { ...document, notCovered: document.notCovered.map(calm), sections: document.sections.map(calm) }
}

function idsWithoutPlace(document: ReportDocument): readonly string[] {
  const places = new Set<string>()
  const named = new Set<string>()
  const hear = (spans: readonly Span[]) => {
    for (const span of spans) if (typeof span === 'object' && 'ref' in span) named.add(span.ref)
  }
  const hearCell = ({ spans, place }: Cell) => {
    hear(spans)
    if (place !== undefined) places.add(place)
  }
  const { stale, warnings } = document.stamp
  for (const line of [...stale, ...warnings]) hear(line)
  for (const block of blocksOf(document)) for (const one of cellsOf(block)) hearCell(one)
  return [...named].filter(id => !places.has(id)).sort(byText)
}

/** Everything in a block that may name an id. */
function* cellsOf(block: Block): Generator<Cell> {
  switch (block.kind) {
    case 'paragraph':
      yield block
      return
    case 'list':
      for (const spans of block.items) yield { spans }
      return
    case 'facts':
      yield* block.rows
      return
    case 'table':
      for (const row of block.rows) yield* row
      return
    case 'matrix':
      for (const { head, cells } of block.rows) {
        yield { spans: head }
        yield* cells
      }
      return
    default:
  }
}
