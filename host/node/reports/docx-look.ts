import { BorderStyle, TextRun } from 'docx'
import type { Tone } from '../../../core/reports/document/types.ts'
import { madeVisible } from '../../../core/support/hidden.ts'

/** A page of paper in twentieths of a point, with the room for text on it, and that room for pictures in pixels of 96 an inch. */
export type Paper = {
  readonly isAside: boolean
  readonly margin: number
  readonly text: number
  readonly picture: { readonly width: number; readonly height: number }
}

/** A4, upright or on its side, with margins of 20 mm, or of 15 mm where all must be on one page. */
export function paperOf(isAside: boolean, isTight: boolean): Paper {
  const margin = isTight ? 850 : 1134
  const text = (isAside ? 16_838 : 11_906) - 2 * margin
  return { isAside, margin, text, picture: { width: Math.floor(text / 15), height: isAside ? 490 : 800 } }
}

export const INK: Readonly<Record<Tone, string>> = {
  plain: '1b1f24',
  muted: '57606a',
  good: '1a6b3c',
  attention: '7a4d00',
  bad: 'a3201d',
}
export const LINE = { style: BorderStyle.SINGLE, size: 4, color: 'd0d7de' } as const
export const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const

/** Sizes of letters in half points and room around paragraphs in twentieths of a point; one page asks for less of both. */
export function sizesOf(isTight: boolean) {
  return isTight
    ? { body: 19, cell: 17, title: 34, heading: 23, below: 60, above: 180, after: 50, caption: 40, gap: 40, inside: 20 }
    : { body: 21, cell: 18, title: 44, heading: 30, below: 120, above: 400, after: 140, caption: 120, gap: 120, inside: 50 }
}

export type Sizes = ReturnType<typeof sizesOf>

export function small(text: string): TextRun {
  return new TextRun({ text: printable(text), size: 16, color: INK.muted })
}

/** Hidden characters are written out, as in every form; of what is left, what XML 1.0 cannot hold would break the whole document. */
export function printable(text: string): string {
  return madeVisible(text).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}

/** Whether a text begins with letters that run from right to left. */
export function isLeftward(text: string): boolean {
  return /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text)
}
