import { shortDigest } from '../model/digest.ts'
import { byText } from '../support/order.ts'
import { isTemplate } from './lines.ts'
import type { Prompt } from './make.ts'
import { shownDigest } from './prompt-digest.ts'

/** A prompt's text with the digests that stand in it and change with everything. */
export type SealedText = Pick<Prompt, 'text' | 'digest' | 'slice'> & Partial<Pick<Prompt, 'lines'>>

/** What became of a prompt since an earlier text of it: told by its words, for only the text of old versions is kept. */
export type PromptSince = {
  /** Built from the very same slice of the design, with the same template. */
  readonly isSame: boolean
  /** Lines of the new text that the old one does not hold, counted from 1. */
  readonly lines: readonly number[]
  /** Lines that are no longer there. */
  readonly gone: readonly string[]
  /** Ids the text names now and did not, ids it names no more, and ids whose words are others. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly reworded: readonly string[]
}

const ID = /\b[RTMEFBDAXW]-[0-9A-HJKMNP-TV-Z]{5}\b/g

/** Compares line by line, as often as each line stands there; digests and nonces do not count, nor does the order. */
export function promptSince(before: SealedText, now: SealedText): PromptSince {
  const old = withoutSeal(before).split('\n')
  const lines = withoutSeal(now).split('\n')
  const gone = without(old, lines)
  const fresh = without(lines, old)
  const left = [...fresh]
  const numbers = lines.flatMap((line, index) => {
    const at = left.indexOf(line)
    if (at < 0 || line.trim() === '') return []
    left.splice(at, 1)
    return [index + 1]
  })
  const were = new Set(idsIn(old.join('\n')))
  const are = new Set(idsIn(lines.join('\n')))
  const named = fresh.flatMap(line => rewordedIn(line, gone)).filter(id => were.has(id) && are.has(id))
  const unnamed = numbers.filter(number => idsIn(lines[number - 1] ?? '').length === 0)
  return {
    isSame: before.slice === now.slice,
    lines: numbers,
    gone: gone.filter(line => line.trim() !== ''),
    added: sorted([...are].filter(id => !were.has(id))),
    removed: sorted([...were].filter(id => !are.has(id))),
    reworded: sorted([...named, ...unnamed.flatMap(number => originsOf(now, number))]),
  }
}

/** How many things changed, as the seal counts them: objects where they can be named, else lines. */
export function countSince({ added, removed, reworded, lines, gone }: PromptSince): number {
  return added.length + removed.length + reworded.length || linesToReview({ lines, gone })
}

/** How many lines a person has to read again. */
export function linesToReview({ lines, gone }: Pick<PromptSince, 'lines' | 'gone'>): number {
  return Math.max(lines.length, gone.length)
}

/** In a table only the cells that differ tell whose words are others; in prose all ids of the line. */
function rewordedIn(line: string, gone: readonly string[]): readonly string[] {
  const ids = idsIn(line)
  const before = gone.find(other => idsIn(other)[0] === ids[0])
  if (before === undefined || ids.length === 0) return []
  const cells = line.split(' | ')
  const old = before.split(' | ')
  if (cells.length < 2 || cells.length !== old.length) return ids
  const changed = cells.flatMap((cell, at) => (cell === old[at] ? [] : idsIn(cell)))
  return changed.length > 0 ? changed : ids.slice(0, 1)
}

/** A line that names nobody, as the goal of the work item, is known by what put it there. */
function originsOf({ lines = [] }: SealedText, number: number): readonly string[] {
  return lines.find(({ line }) => line === number)?.from.filter(id => !isTemplate(id)) ?? []
}

/** Nonces of fenced material have 16 hex digits and follow the slice. */
function withoutSeal({ text, digest, slice }: SealedText): string {
  return text
    .replaceAll(shownDigest(digest), '')
    .replaceAll(shortDigest(slice), '')
    .replace(/\b[0-9a-f]{16}\b/g, '')
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  return lines.filter(line => {
    const count = left.get(line) ?? 0
    if (count > 0) left.set(line, count - 1)
    return count === 0
  })
}

function idsIn(text: string): readonly string[] {
  return [...new Set(text.match(ID) ?? [])]
}

function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort(byText)
}
