import type { PaletteItem } from '../commands/palette-filter.ts'

/** A # being typed: where it stands, and what follows it up to the caret. */
export type Hash = { readonly at: number; readonly typed: string }

/** The # before the caret, where one is being typed; a # inside a word is none. */
export function hashBefore(text: string, caret: number): Hash | undefined {
  const found = /(^|[\s(])#([\p{L}\p{N}-]{0,24})$/u.exec(text.slice(0, caret))
  return found ? { at: found.index + (found[1] ?? '').length, typed: found[2] ?? '' } : undefined
}

/** The text with the id in the place of the #, and where the caret goes. */
export function withId(text: string, hash: Hash, id: string): { readonly text: string; readonly caret: number } {
  const after = text.slice(hash.at + 1 + hash.typed.length)
  const put = after.startsWith(' ') ? id : `${id} `
  return { text: text.slice(0, hash.at) + put + after, caret: hash.at + put.length + (after.startsWith(' ') ? 1 : 0) }
}

const MOST = 8

/** The objects that fit, those first whose id or name begins so. */
export function hintsFor(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const word = typed.toLowerCase()
  const rank = ({ id, text }: PaletteItem) => {
    const lower = text.toLowerCase()
    if (id.toLowerCase().startsWith(word) || lower.slice(id.length + 1).startsWith(word)) return 0
    if (lower.includes(` ${word}`)) return 1
    return lower.includes(word) ? 2 : 3
  }
  return items
    .map((item, index) => ({ item, index, rank: rank(item) }))
    .filter(line => line.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, MOST)
    .map(line => line.item)
}
