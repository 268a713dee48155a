import { BorderStyle, InternalHyperlink, Paragraph, type ParagraphChild, ShadingType, TextRun } from 'docx'
import type { ReportDocument, Span, Tone } from '../../../core/reports/document/types.ts'
import { INK, isLeftward, printable } from './docx-look.ts'
import { wordsOf } from './docx-widths.ts'

/** Names of places to jump to, as Word allows them: 40 letters and digits. */
export type Anchors = ReadonlyMap<string, string>

export function anchorsIn({ notCovered, sections }: ReportDocument): Anchors {
  const ids = [...notCovered, ...sections].flatMap(block => (block.kind === 'heading' ? [block.id] : []))
  return new Map(ids.map((id, index) => [id, `a${index}_${id.replace(/[^A-Za-z0-9]/g, '_').slice(0, 30)}`]))
}

type Look = { readonly tone?: Tone; readonly size?: number }

export function paragraph(
  spans: readonly Span[],
  anchors: Anchors,
  { tone = 'plain', after, notice }: { readonly tone?: Tone; readonly after: number; readonly notice?: keyof typeof NOTICES },
): Paragraph {
  return new Paragraph({ spacing: { after }, ...(notice ? NOTICES[notice] : {}), children: runs(spans, anchors, { tone }) })
}

/** What stands apart on the first page: a line at its left, on a tint. */
export const NOTICES = {
  attention: notice('7a4d00', 'fdf2dc'),
  bad: notice('a3201d', 'fcebee'),
  quiet: notice('c9ced6', 'f5f7fa'),
}

function notice(line: string, tint: string) {
  return {
    shading: { type: ShadingType.CLEAR, fill: tint, color: 'auto' },
    border: { left: { style: BorderStyle.SINGLE, size: 24, color: line, space: 8 } },
    indent: { left: 200 },
  } as const
}

export function runs(
  spans: readonly (Span | 'line end')[],
  anchors: Anchors,
  { tone = 'plain', size }: Look = {},
): ParagraphChild[] {
  const style = { color: INK[tone], ...(size === undefined ? {} : { size }) }
  return spans.map(span => {
    if (span === 'line end') return new TextRun({ break: 1 })
    const text = printable(wordsOf(span))
    if (typeof span === 'string') return new TextRun({ ...style, text, ...(isLeftward(text) ? { rightToLeft: true } : {}) })
    if ('code' in span) return new TextRun({ ...style, text, font: 'Consolas' })
    if ('strong' in span) return new TextRun({ ...style, text, bold: true })
    const anchor = anchors.get(span.ref)
    const run = new TextRun({ ...style, text })
    return anchor === undefined ? run : new InternalHyperlink({ anchor, children: [run] })
  })
}
