import { rowsOf } from '../../core/model/table.ts'
import { TABLE_NAMES, TABLES } from '../../core/model/tables.ts'
import type { AnyRow, Design, Table } from '../../core/model/types.ts'
import { memoLast } from '../../core/support/memo.ts'
import type { Finding } from '../../core/threats/finding.ts'
import { t } from '../words/translate.ts'
import type { Command } from './command.ts'
import type { PersonItem } from './palette-people.ts'

/** A line of the palette: a command, an object of the design, an object by a text that stands in it, or a person. */
export type PaletteItem =
  | { readonly kind: 'command'; readonly id: string; readonly text: string; readonly command: Command }
  | { readonly kind: 'object'; readonly id: string; readonly text: string }
  | { readonly kind: 'text'; readonly id: string; readonly text: string }
  | PersonItem

/** What a line stands under. */
export type PaletteGroup = 'recent' | 'command' | 'setting' | 'object' | 'text' | 'person'

/** A line that fits, with the places of its text that were typed. */
export type Match = { readonly item: PaletteItem; readonly group: PaletteGroup; readonly marks: readonly Span[] }

/** From this sign to before that one. */
export type Span = readonly [from: number, to: number]

/** Every object a person may go to, by its id and what it is called. */
export const objectItems = memoLast((design: Design, findings: readonly Finding[]): readonly PaletteItem[] => [
  ...linked(design).map(row => objectItem(row.id, nameOf(row))),
  ...findings.map(finding => objectItem(finding.id, finding.title)),
])

/** Every longer text of the rows: what was written beside the name. */
export const textItems = memoLast((design: Design): readonly PaletteItem[] =>
  linked(design).flatMap(row =>
    Object.entries(row).flatMap(([field, value]): PaletteItem[] =>
      typeof value === 'string' && value.length > 12 && !NAMED.includes(field) && value !== nameOf(row)
        ? [{ kind: 'text', id: row.id, text: value }]
        : [],
    ),
  ),
)

const NAMED = ['id', 'name', 'statement']

function linked(design: Design): readonly AnyRow[] {
  return TABLE_NAMES.filter(
    table => TABLES[table].prefix !== undefined && table !== 'comments' && table !== 'suggestions',
  ).flatMap(table => rowsOf(design[table] as Table<AnyRow>))
}

function objectItem(id: string, name: string): PaletteItem {
  return { kind: 'object', id, text: `${id} ${name}` }
}

function nameOf(row: AnyRow): string {
  const { name, statement, reason } = row as { readonly name?: string; readonly statement?: string; readonly reason?: string }
  return name ?? statement ?? reason ?? ''
}

/** Commands as lines, each beginning with its category. */
export function commandItems(commands: readonly Command[]): readonly PaletteItem[] {
  return commands.map(command => ({
    kind: 'command',
    id: command.id,
    text: t('{{category}}: {{title}}', { category: t(command.category), title: t(command.title) }),
    command,
  }))
}

/** How a line is remembered among those chosen last; what a person led to is remembered, not the person. */
export function memoryOf(item: PaletteItem): string {
  return `${item.kind === 'command' ? 'command' : 'object'} ${item.id}`
}

const LIMIT = 40
const SIGNS: Readonly<Record<string, readonly PaletteGroup[]>> = {
  '>': ['command', 'setting'],
  '#': ['object'],
  '/': ['text'],
  '@': ['person'],
}

/** What fits the typed words, best first, those chosen last before others. `>`, `#`, `/` and `@` ask for one kind only. */
export function matching(items: readonly PaletteItem[], typed: string, recent: readonly string[] = []): readonly Match[] {
  const only = SIGNS[typed.slice(0, 1)]
  const words = (only ? typed.slice(1) : typed).toLowerCase().split(/\s+/).filter(Boolean)
  const isIdle = words.length === 0 && !only
  const ranked = items.flatMap((item, index) => {
    const group = groupOf(item)
    if (only ? !only.includes(group) : group === 'text' && words.join('').length < 3) return []
    const place = recent.indexOf(memoryOf(item))
    if (isIdle && place < 0 && item.kind !== 'command') return []
    const fit = fitOf(item, words)
    if (!fit) return []
    const isRecent = isIdle && place >= 0
    const rank = isRecent ? place - recent.length : fit.rank - (place < 0 ? 0 : 0.5)
    return [{ item, group: isRecent ? ('recent' as const) : group, marks: fit.marks, rank, index }]
  })
  const best = ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, isIdle ? items.length : LIMIT)
  return inGroups(best)
}

function groupOf(item: PaletteItem): PaletteGroup {
  return item.kind === 'command' && SETTINGS.test(item.id) ? 'setting' : item.kind
}

const SETTINGS = /^(app\.(theme|language|singleKeys|askPerson|keys|role|minimap)|keys\.)/

/** Lines of a group stand together; the group of the best line comes first. */
function inGroups<Line extends { readonly group: PaletteGroup }>(lines: readonly Line[]): readonly Line[] {
  const groups = [...new Set(lines.map(line => line.group))]
  return groups.flatMap(group => lines.filter(line => line.group === group))
}

type Fit = { readonly rank: number; readonly marks: readonly Span[] }

/** Every word must fit; lower ranks are better. Long texts are searched word for word, names also by beginnings of words. */
function fitOf({ kind, text }: PaletteItem, words: readonly string[]): Fit | undefined {
  const lower = text.toLowerCase()
  const fits: Fit[] = []
  for (const word of words) {
    const fit = wordFit(lower, word) ?? (kind === 'text' ? undefined : looseFit(lower, word))
    if (!fit) return undefined
    fits.push(fit)
  }
  const rank = fits.reduce(
    (sum, fit) => sum + fit.rank,
    (kind === 'text' ? 4 : 0) + (words.length > 0 ? Math.min(text.length, 200) / 1000 : 0),
  )
  return { rank, marks: merged(fits.flatMap(fit => fit.marks)) }
}

/** The name of an object begins behind its id. */
const ID_LENGTH = 12

/** The word as it stands: at the start of the text, at the start of a word, or anywhere. */
function wordFit(text: string, word: string): Fit | undefined {
  const first = text.indexOf(word)
  if (first < 0) return undefined
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1))
    if (isStart(text, at)) return { rank: at === 0 ? 0 : at <= ID_LENGTH ? 0.5 : 1, marks: [[at, at + word.length]] }
  return { rank: 3, marks: [[first, first + word.length]] }
}

/** The letters in their order, from the start of a word on, with few others between: "skey" finds "show keys", "treat" "threat". */
function looseFit(text: string, word: string): Fit | undefined {
  if (word.length < 3) return undefined
  for (let start = text.indexOf(word.charAt(0)); start >= 0; start = text.indexOf(word.charAt(0), start + 1)) {
    const marks = isStart(text, start) ? lettersFrom(text, word, start) : undefined
    if (marks) return { rank: 6 + marks.length, marks }
  }
  return undefined
}

function lettersFrom(text: string, word: string, start: number): readonly Span[] | undefined {
  const marks: Span[] = []
  let at = start
  let skipped = 0
  for (const letter of word) {
    let next = text.indexOf(letter, at)
    if (next < 0) return undefined
    if (next !== at) {
      const initial = startOf(text, letter, at)
      if (next - at > 1 && initial >= 0) next = initial
      if (!isStart(text, next)) skipped += next - at
      if (skipped > word.length / 3) return undefined
    }
    marks.push([next, next + 1])
    at = next + 1
  }
  return merged(marks)
}

/** The next word that begins with a letter. */
function startOf(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) if (isStart(text, at)) return at
  return -1
}

function isStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1))
}

/** Marks in order, those that touch as one. */
function merged(marks: readonly Span[]): readonly Span[] {
  const joined: [number, number][] = []
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}
