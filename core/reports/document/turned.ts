import { blocksOf } from './blocks.ts'
import type { Block, ReportDocument } from './types.ts'

/** So many columns ask for paper on its side. */
const WIDE = 9

/** Whether the tables of a document need all of its pages on their sides. */
export function isWide(document: Pick<ReportDocument, 'notCovered' | 'sections'>): boolean {
  return [...blocksOf(document)].some(block => block.kind === 'table' && block.columns.length >= WIDE)
}

/** Room for a picture upright and on its side, and the scale below which its words are hard to read, for units of 1/96 inch on A4. */
const UPRIGHT = { width: 672, height: 812 }
const ASIDE = { width: 1001, height: 529 }
const SMALL = 0.66

/** Whether a picture is much larger on a page that lies on its side, and small on one that does not. */
export function isTurned({ svg }: Extract<Block, { kind: 'figure' }>): boolean {
  const [, width, height] = /^<svg\b[^>]*\swidth="([\d.]+)"\sheight="([\d.]+)"/.exec(svg)?.map(Number) ?? []
  if (width === undefined || height === undefined) return false
  const [upright, aside] = [UPRIGHT, ASIDE].map(room => Math.min(room.width / width, room.height / height)) as [number, number]
  return upright < SMALL && aside > upright * 1.2
}
