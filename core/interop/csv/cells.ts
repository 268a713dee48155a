import { storable } from '../writing/one-line.ts'

/** What a spreadsheet takes for the beginning of a formula; the wide forms are read like the narrow ones. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/**
 * One cell after RFC 4180, always in quotes. A text that a spreadsheet would run as a formula gets an apostrophe before it, which the
 * spreadsheet shows as text; whoever reads the file with a program takes one leading apostrophe off before these characters.
 */
export function cell(text: string): string {
  return `"${guarded(storable(text)).replaceAll('"', '""')}"`
}

/** Several values in one cell. No character that parts cells in any locale parts them, so that none can become a cell of its own. */
export function cellOf(texts: readonly string[]): string {
  return cell(texts.map(guarded).join(' | '))
}

/** One line of the table. */
export function row(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}

function guarded(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}
