import { TABLE_NAMES, TABLES } from '../../../core/model/tables.ts'
import type { PromptLine } from '../../../core/prompts/lines.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import type { PromptSince } from '../../../core/prompts/since.ts'
import { countSince } from '../../../core/prompts/since.ts'
import type { PromptVersion } from '../../../core/prompts/versions.ts'
import type { Problem } from '../../../core/support/result.ts'
import type { SealState } from '../../ui/seal.tsx'
import { t } from '../../words/translate.ts'

/** A line of the prompt and the objects that put it there. */
export type GutterLine = {
  readonly number: number
  readonly text: string
  readonly from: readonly string[]
  /** Written by hand, and the generated line it stands for. */
  readonly edited?: PromptLine['edited']
}

/** Every line of the prompt with the objects that put it there; template files are left to the code. */
export function gutterLines(prompt: Pick<Prompt, 'text' | 'lines'>): readonly GutterLine[] {
  const known = new Map(prompt.lines.map(line => [line.line, line]))
  return prompt.text.split('\n').map((text, index) => {
    const { from = [], edited } = known.get(index + 1) ?? {}
    const line = { number: index + 1, text, from: from.filter(id => !id.includes('/')) }
    return edited ? { ...line, edited } : line
  })
}

const NAMED = /\b[RTMEFBDAXW]-[0-9A-HJKMNP-TV-Z]{5}\b/g

/** The lines of an old text: what put them there is no longer known, so the gutter shows the ids that they name. */
export function namedLines(text: string): readonly GutterLine[] {
  return text.split('\n').map((line, index) => ({
    number: index + 1,
    text: line,
    from: [...new Set(line.match(NAMED) ?? [])],
  }))
}

/** What kind of line it is, for the eye only; the text stays as it is. */
export function lookOf(line: string): 'head' | 'rule' | 'table' | 'plain' {
  if (/^#{1,6} /.test(line)) return 'head'
  if (/^(---|```|===|\|[-|\s]+\|$)/.test(line)) return 'rule'
  return line.startsWith('|') ? 'table' : 'plain'
}

/** Threats, mitigations and requirements say most about a line, so they stand first in the gutter. */
const FIRST = ['T', 'M', 'R', 'X', 'F', 'E', 'B', 'D', 'A', 'W']

/** Ids in the order in which they tell most. */
export function tellingFirst(ids: readonly string[]): readonly string[] {
  const rank = (id: string) => (FIRST.indexOf(id.slice(0, id.indexOf('-'))) + FIRST.length + 1) % (FIRST.length + 1)
  return [...ids].sort((a, b) => rank(a) - rank(b))
}

/** Everything that put lines into the prompt, most telling first, and in how many. */
export function originsOf(lines: readonly GutterLine[]): readonly { readonly id: string; readonly lines: number }[] {
  const counts = new Map<string, number>()
  for (const line of lines) for (const id of line.from) counts.set(id, (counts.get(id) ?? 0) + 1)
  return tellingFirst([...counts.keys()]).map(id => ({ id, lines: counts.get(id) ?? 0 }))
}

/** The line a remark of the lint or the scan is about: the one it names, else the first that its object wrote and that holds the words it quotes. */
export function lineOf({ at = '', message }: Problem, lines: readonly GutterLine[]): number | undefined {
  const named = /:(\d+)$/.exec(at)
  if (named) return Number(named[1])
  const own = lines.filter(line => line.from.includes(at))
  const quoted = /"([^"]+)"/.exec(message)?.[1]
  return (quoted === undefined ? undefined : own.find(line => line.text.includes(quoted))?.number) ?? own[0]?.number
}

/** The seal of a version: stale when the design that it was made from is no longer the one that is. */
export function sealOf(version: Pick<PromptVersion, 'draft'> | undefined, since: PromptSince | undefined): SealState {
  if (version === undefined) return { kind: 'unused' }
  if (since && !since.isSame) return { kind: 'stale', changes: countSince(since) }
  return version.draft ? { kind: 'draft' } : { kind: 'fresh' }
}

/** "+1 threat, −2 requirements, M-05 reworded": what changed in the words of the design. */
export function sinceWords({ added, removed, reworded }: PromptSince): readonly string[] {
  const names = reworded.slice(0, 3).join(', ')
  const more = reworded.length - 3
  return [
    ...kindsOf(added).map(([table, count]) => `+${countWords(table, count)}`),
    ...kindsOf(removed).map(([table, count]) => `−${countWords(table, count)}`),
    ...(reworded.length === 0
      ? []
      : [more > 0 ? t('{{names}} and {{count}} more reworded', { names, count: more }) : t('{{names}} reworded', { names })]),
  ]
}

/** A number of rows of a table, in words. */
function countWords(table: string, count: number): string {
  switch (table) {
    case 'threats':
      return t('{{count}} threats', { count })
    case 'mitigations':
      return t('{{count}} mitigations', { count })
    case 'requirements':
      return t('{{count}} requirements', { count })
    case 'elements':
      return t('{{count}} elements', { count })
    case 'flows':
      return t('{{count}} flows', { count })
    case 'boundaries':
      return t('{{count}} trust boundaries', { count })
    case 'data':
      return t('{{count}} data assets', { count })
    default:
      return t('{{count}} other things', { count })
  }
}

function kindsOf(ids: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const id of ids) {
    const table = TABLE_NAMES.find(name => TABLES[name].prefix === id.slice(0, id.indexOf('-'))) ?? ''
    counts.set(table, (counts.get(table) ?? 0) + 1)
  }
  return [...counts]
}

/** What became of a work item's prompt, for the list. */
export type ItemState = 'none' | 'draft' | 'fresh' | 'stale'

export function itemStateOf(last: Pick<PromptVersion, 'draft' | 'slice'> | undefined, slice: string | undefined): ItemState {
  if (!last) return 'none'
  if (slice !== undefined && last.slice !== slice) return 'stale'
  return last.draft ? 'draft' : 'fresh'
}
