import {
  AlignmentType,
  Bookmark,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  type Table,
  TabStopType,
  TextRun,
} from 'docx'
import { shortDigest } from '../../../core/model/digest.ts'
import { isTurned, isWide } from '../../../core/reports/document/turned.ts'
import type { Block, ReportDocument, Stamp } from '../../../core/reports/document/types.ts'
import { INK, type Paper, paperOf, printable, type Sizes, sizesOf, small } from './docx-look.ts'
import { caption, factsOf, gap, matrixOf, type Setting, tableOf } from './docx-tables.ts'
import { type Anchors, anchorsIn, NOTICES, paragraph, runs } from './docx-text.ts'
import { emfOf } from './emf.ts'
import { sameBytes } from './same-bytes.ts'
import { sizeOfSvg } from './svg-size.ts'

/**
 * Writes a report as a Word document (Office Open XML): styled headings, tables with heads that repeat, pictures as SVG and as metafile
 * for programs without SVG, wide ones on pages on their sides. Same report, same bytes.
 */
export async function writeDocx(report: ReportDocument): Promise<Uint8Array> {
  const { title, stamp } = report
  const anchors = anchorsIn(report)
  const isTight = report.kind === 'executive'
  const sizes = sizesOf(isTight)
  const parts = partsOf(report)
  const document = new Document({
    title: printable(title),
    creator: `Skeptic ${stamp.version}`,
    description: `Design ${stamp.digest}, as of ${stamp.at}`,
    styles: stylesOf(sizes),
    numbering: { config: [{ reference: 'dots', levels: [BULLET] }] },
    features: { updateFields: false },
    sections: parts.map(({ isAside, blocks }, i) => {
      const paper = paperOf(isAside, isTight)
      const setting: Setting = { width: paper.text, sizes, anchors }
      return {
        properties: { page: pageOf(paper) },
        headers: { default: new Header({ children: [running(printable(title), stamp, paper)] }) },
        footers: { default: new Footer({ children: [footer(stamp, paper)] }) },
        children: [...(i === 0 ? opening(report, setting, paper) : []), ...blocks.flatMap(block => write(block, setting, paper))],
      }
    }),
  })
  return sameBytes(await Packer.toBuffer(document), stamp.at)
}

type Part = { readonly isAside: boolean; readonly blocks: Block[] }

/** The blocks by the paper they stand on; a heading goes along with its picture. */
function partsOf(report: ReportDocument): readonly Part[] {
  const { sections } = report
  const all = isWide(report)
  const parts: Part[] = [{ isAside: all, blocks: [] }]
  for (const [i, block] of sections.entries()) {
    const figure = block.kind === 'heading' ? sections[i + 1] : block
    const isAside = all || (figure?.kind === 'figure' && isTurned(figure))
    const last = parts.at(-1) as Part
    if (last.isAside === isAside) last.blocks.push(block)
    else parts.push({ isAside, blocks: [block] })
  }
  return parts
}

const BULLET = {
  level: 0,
  format: LevelFormat.BULLET,
  text: '•',
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 360, hanging: 240 } } },
}

function stylesOf({ body, title, heading, above, after }: Sizes) {
  return {
    default: {
      document: { run: { font: 'Calibri', size: body, color: INK.plain, language: { value: 'en-GB' } } },
      title: { run: { size: title, bold: true, color: INK.plain }, paragraph: { spacing: { after: 160 } } },
      heading1: {
        run: { size: heading, bold: true, color: INK.plain },
        paragraph: { spacing: { before: above, after }, keepNext: true },
      },
      heading2: {
        run: { size: 24, bold: true, color: INK.plain },
        paragraph: { spacing: { before: 280, after: 100 }, keepNext: true },
      },
    },
  } as const
}

/** The sides are given as those of a page upright: the library turns them. */
function pageOf({ isAside, margin }: Paper) {
  return {
    size: { width: 11_906, height: 16_838, orientation: isAside ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
    margin: { top: margin + 200, bottom: margin + 100, left: margin, right: margin, header: 600, footer: 560 },
  }
}

function running(title: string, { digest, at }: Stamp, { text }: Paper): Paragraph {
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: text }],
    children: [
      small(title.length > 90 ? `${[...title].slice(0, 88).join('')}…` : title),
      small(`\t${shortDigest(digest)} · ${at.slice(0, 16).replace('T', ' ')} UTC`),
    ],
  })
}

function footer({ version }: Stamp, { text }: Paper): Paragraph {
  const pages = new TextRun({
    size: 16,
    color: INK.muted,
    children: ['\tPage ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
  })
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: text }],
    children: [small(version === '' ? 'Skeptic' : `Skeptic ${version}`), pages],
  })
}

/** Title, where the report comes from, what of it is out of date or broken, and what it does not cover: all on the first page. */
function opening({ title, stamp, notCovered }: ReportDocument, setting: Setting, paper: Paper): readonly (Paragraph | Table)[] {
  const { design, digest, at, version, warnings, stale } = stamp
  const { anchors, sizes } = setting
  const after = sizes.below
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(printable(title))] }),
    new Paragraph({
      spacing: { after },
      children: [small(`${design}. Design ${digest}, as of ${at}, Skeptic ${version}.`)],
    }),
    ...warnings.map(spans => paragraph(spans, anchors, { tone: 'bad', after, notice: 'bad' })),
    ...stale.map(spans => paragraph(['Stale: ', ...spans], anchors, { after, notice: 'quiet' })),
    ...notCovered.flatMap(block => write(block, setting, paper, true)),
    gap(setting),
  ]
}

function write(block: Block, setting: Setting, paper: Paper, isNotice = false): readonly (Paragraph | Table)[] {
  const { anchors, sizes } = setting
  const look = isNotice ? NOTICES.attention : {}
  switch (block.kind) {
    case 'heading':
      return [headingOf(block, anchors, isNotice)]
    case 'paragraph': {
      const { spans, tone } = block
      return [
        paragraph(spans, anchors, {
          ...(tone ? { tone } : {}),
          after: sizes.below,
          ...(isNotice ? { notice: 'attention' } : {}),
        }),
      ]
    }
    case 'list':
      return block.items.map(
        spans =>
          new Paragraph({
            ...look,
            ...(isNotice ? { indent: { left: 480, hanging: 240 } } : {}),
            numbering: { reference: 'dots', level: 0 },
            spacing: { after: sizes.below / 2 },
            children: runs(spans, anchors),
          }),
      )
    case 'facts':
      return factsOf(block, setting)
    case 'table':
      return tableOf(block, setting)
    case 'matrix':
      return matrixOf(block, setting)
    case 'figure':
      return figure(block, setting, paper)
    case 'break':
      return [new Paragraph({ pageBreakBefore: true })]
  }
}

function headingOf({ level, id, text }: Extract<Block, { kind: 'heading' }>, anchors: Anchors, isNotice: boolean): Paragraph {
  const heading = level === 2 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2
  const children = [new Bookmark({ id: anchors.get(id) ?? id, children: [new TextRun(printable(text))] })]
  return new Paragraph({ heading, ...(isNotice ? NOTICES.attention : {}), children })
}

/** The picture with what it says below it; only the words where there is none. */
function figure(
  { caption: name, svg, words }: Extract<Block, { kind: 'figure' }>,
  setting: Setting,
  { picture }: Paper,
): readonly Paragraph[] {
  const said = caption(`${name} ${words}`.trim(), setting)
  if (svg === '') return [said]
  const size = sizeOfSvg(svg)
  const scale = Math.min(1, picture.width / size.width, picture.height / size.height)
  const transformation = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) }
  const altText = { name: 'Diagram', title: 'Diagram', description: printable(words).slice(0, 2000) }
  const fallback = { type: 'png', data: Buffer.from(emfOf(svg)) } as const
  const image = new ImageRun({ type: 'svg', data: Buffer.from(svg), transformation, altText, fallback })
  return [new Paragraph({ keepNext: true, spacing: { before: 160 }, children: [image] }), said]
}
