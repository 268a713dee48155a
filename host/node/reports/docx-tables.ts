import { AlignmentType, Paragraph, ShadingType, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx'
import { matrixShares } from '../../../core/reports/document/matrix-shares.ts'
import type { Block, Cell } from '../../../core/reports/document/types.ts'
import { LINE, NO_LINE, type Sizes, small } from './docx-look.ts'
import { type Anchors, paragraph, runs } from './docx-text.ts'
import { BESIDE, widthsOf, withIdsWhole } from './docx-widths.ts'

/** What a table needs to know of its page: how wide the text is, how large the letters, and where ids lead to. */
export type Setting = { readonly width: number; readonly sizes: Sizes; readonly anchors: Anchors }

const ALIGN = { start: AlignmentType.LEFT, end: AlignmentType.RIGHT, middle: AlignmentType.CENTER } as const
type Placed = { readonly width: number; readonly align?: keyof typeof ALIGN; readonly staysOn?: boolean }

/** Names with their values, without lines between them. */
export function factsOf({ rows }: Extract<Block, { kind: 'facts' }>, setting: Setting): readonly (Paragraph | Table)[] {
  const widths = [0.28, 0.72].map(share => Math.floor(share * setting.width)) as [number, number]
  const cells = rows.map(({ name, spans, tone }) => [
    cell({ spans: [{ strong: name }] }, setting, { width: widths[0] }),
    cell({ spans, ...(tone ? { tone } : {}) }, setting, { width: widths[1] }),
  ])
  return [grid(cells, widths, setting), gap(setting)]
}

export function tableOf(block: Extract<Block, { kind: 'table' }>, setting: Setting): readonly (Paragraph | Table)[] {
  const rows = [...block.rows]
  if (rows.length === 0) return [paragraph([block.nothing], setting.anchors, { tone: 'muted', after: setting.sizes.below })]
  const columns = block.columns.map(({ title, width = 1 }) => ({ title, share: width }))
  const widths = widthsOf(setting.width, columns, rows)
  const cells = rows.map(row =>
    row.map((one, i) => cell(one, setting, { width: widths[i] ?? 0, align: block.columns[i]?.align ?? 'start' })),
  )
  const head = block.columns.map(({ title, align = 'start' }, i) => headCell(title, setting, { width: widths[i] ?? 0, align }))
  return [caption(block.caption, setting), grid(cells, widths, setting, head), gap(setting)]
}

/** A matrix of so few rows stays on one page. */
const WHOLE = 6

export function matrixOf(block: Extract<Block, { kind: 'matrix' }>, setting: Setting): readonly (Paragraph | Table)[] {
  const { rows, corner } = block
  if (rows.length === 0) return [paragraph(['Nothing to show.'], setting.anchors, { tone: 'muted', after: setting.sizes.below })]
  const shares = matrixShares(block)
  const columns = [corner, ...block.columns].map((title, i) => ({ title, share: shares[i] ?? 1 }))
  const all = rows.map(({ head, cells }): readonly Cell[] => [{ spans: head }, ...cells])
  const widths = widthsOf(setting.width, columns, all)
  const cells = all.map((row, at) =>
    row.map((one, i) =>
      cell(one, setting, {
        width: widths[i] ?? 0,
        align: i === 0 ? 'start' : 'middle',
        staysOn: rows.length <= WHOLE && at < rows.length - 1,
      }),
    ),
  )
  const head = columns.map(({ title }, i) =>
    headCell(title, setting, { width: widths[i] ?? 0, align: i === 0 ? 'start' : 'middle' }),
  )
  return [caption(block.caption, setting), grid(cells, widths, setting, head), gap(setting)]
}

function grid(
  rows: readonly (readonly TableCell[])[],
  widths: readonly number[],
  { width }: Setting,
  head?: readonly TableCell[],
): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: width, type: WidthType.DXA },
    columnWidths: [...widths],
    borders: { top: LINE, bottom: LINE, left: NO_LINE, right: NO_LINE, insideHorizontal: LINE, insideVertical: NO_LINE },
    rows: [
      ...(head ? [new TableRow({ tableHeader: true, cantSplit: true, children: head })] : []),
      ...rows.map(children => new TableRow({ cantSplit: true, children })),
    ],
  })
}

function cell(
  { spans, tone }: Cell,
  { anchors, sizes }: Setting,
  { width, align = 'start', staysOn = false }: Placed,
): TableCell {
  const children = runs(withIdsWhole(spans, width), anchors, { ...(tone ? { tone } : {}), size: sizes.cell })
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: inside(sizes),
    children: [new Paragraph({ alignment: ALIGN[align], keepNext: staysOn, children })],
  })
}

function headCell(text: string, { sizes }: Setting, { width, align = 'start' }: Placed): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: inside(sizes),
    shading: { type: ShadingType.CLEAR, fill: 'f3f5f7', color: 'auto' },
    children: [
      new Paragraph({ alignment: ALIGN[align], keepNext: true, children: [new TextRun({ text, bold: true, size: sizes.cell })] }),
    ],
  })
}

function inside({ inside }: Sizes) {
  return { top: inside, bottom: inside, left: BESIDE, right: BESIDE }
}

export function caption(text: string, { sizes }: Pick<Setting, 'sizes'>): Paragraph {
  return new Paragraph({
    keepNext: true,
    spacing: { before: sizes.caption, after: sizes.caption * 0.66 },
    children: [small(text)],
  })
}

/** Word joins tables that nothing stands between. */
export function gap({ sizes }: Setting): Paragraph {
  return new Paragraph({ spacing: { after: sizes.gap, line: sizes.gap, lineRule: 'exact' } })
}
