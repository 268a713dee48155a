import { plain } from '../checklists/plain.ts'

/** A Markdown table, or one line saying that there is nothing to show. Cells are text of ours or already plain. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], nothing: string): readonly string[] {
  if (rows.length === 0) return [nothing, '']
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line), '']
}

/** The first words of a list and how many more there are. */
export function some(texts: readonly string[], limit = 10): string {
  const shown = texts
    .slice(0, limit)
    .map(text => plain(text.replace(/\.$/, '')))
    .join('; ')
  return texts.length > limit ? `${shown}; and ${texts.length - limit} more` : shown
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
