import { rowsOf } from '../../core/model/table.ts'
import { TABLE_NAMES, TABLES } from '../../core/model/tables.ts'
import type { AnyRow, Design, Table } from '../../core/model/types.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Finding } from '../../core/threats/finding.ts'
import type { Command } from './command.ts'

/** A line of the palette: a command, or an object of the design. */
export type PaletteItem =
  | { readonly kind: 'command'; readonly id: string; readonly text: string; readonly command: Command }
  | { readonly kind: 'object'; readonly id: string; readonly text: string }

/** Every object a person may go to, by its id and what it is called. */
export const objectItems = memoLast((design: Design, findings: readonly Finding[]): readonly PaletteItem[] => [
  ...TABLE_NAMES.filter(table => TABLES[table].prefix !== undefined && table !== 'comments').flatMap(table =>
    rowsOf(design[table] as Table<AnyRow>).map(row => objectItem(row.id, nameOf(row))),
  ),
  ...findings.map(finding => objectItem(finding.id, finding.title)),
])

function objectItem(id: string, name: string): PaletteItem {
  return { kind: 'object', id, text: `${id} ${name}` }
}

function nameOf(row: AnyRow): string {
  const { name, statement, reason } = row as { readonly name?: string; readonly statement?: string; readonly reason?: string }
  return name ?? statement ?? reason ?? ''
}

/** Commands as lines, each beginning with its category. */
export function commandItems(commands: readonly Command[]): readonly PaletteItem[] {
  return commands.map(command => ({ kind: 'command', id: command.id, text: `${command.category}: ${command.title}`, command }))
}

const LIMIT = 40

/** What fits the typed words, best first. `>` asks for commands only, `#` for objects only. */
export function matching(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const only = typed.startsWith('>') ? 'command' : typed.startsWith('#') ? 'object' : undefined
  const words = typed.replace(/^[>#]/, '').toLowerCase().split(/\s+/).filter(Boolean)
  const asked = items.filter(item => (only ? item.kind === only : item.kind === 'command' || words.length > 0))
  return asked
    .flatMap((item, index) => {
      const rank = rankOf(item.text.toLowerCase(), words)
      return rank === undefined ? [] : [{ item, rank, index }]
    })
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, LIMIT)
    .map(({ item }) => item)
}

/** Lower is better: a word at the start of the text, then at the start of any word, then anywhere. */
function rankOf(text: string, words: readonly string[]): number | undefined {
  let rank = 0
  for (const word of words) {
    const at = text.indexOf(word)
    if (at < 0) return undefined
    rank += at === 0 ? 0 : new RegExp(`(^|[^a-z0-9])${escaped(word)}`).test(text) ? 1 : 3
  }
  return rank
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
