import type { WordList } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'

/** A word or phrase of a list, where it stands in a text. */
export type Found = { readonly word: string; readonly offset: number; readonly rewrite: string }

/** One list, ready to search with; the longest phrase at a place wins. */
export type Finder = {
  readonly in: (text: string) => readonly Found[]
  /** What the list says about exactly this word. */
  readonly of: (word: string) => string | undefined
  /** What the list's words are rewritten to. */
  readonly rewrites: ReadonlySet<string>
}

export type Language = {
  readonly language: string
  readonly marks: ReadonlySet<string>
  readonly list: (name: string) => Finder
}

/** The languages of some word lists; lists of one language add up, so that a team's own words join ours. */
export const languagesOf: (words: readonly WordList[]) => readonly Language[] = memoLast(words => {
  const codes = [...new Set(words.map(list => list.language))].sort()
  return codes.map(code =>
    languageFrom(
      code,
      words.filter(list => list.language === code),
    ),
  )
})

/** The language a text is recognisably written in; undefined when no list knows it, which is no fault of the text. */
export function languageOf(text: string, languages: readonly Language[]): Language | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  let best: { readonly language: Language; readonly hits: readonly string[] } | undefined
  for (const language of languages) {
    const hits = words.filter(word => language.marks.has(word))
    if (hits.length > (best?.hits.length ?? 0)) best = { language, hits }
  }
  return best && (new Set(best.hits).size >= 2 || best.hits.length >= words.length * 0.15) ? best.language : undefined
}

function languageFrom(code: string, lists: readonly WordList[]): Language {
  const finders = new Map<string, Finder>()
  const list = (name: string) => {
    const known = finders.get(name)
    if (known) return known
    const finder = finderOf(Object.fromEntries(lists.flatMap(words => Object.entries(words.lists[name] ?? {}))))
    finders.set(name, finder)
    return finder
  }
  return { language: code, marks: new Set(lists.flatMap(words => words.marks ?? [])), list }
}

function finderOf(entries: Readonly<Record<string, string>>): Finder {
  const rewrites = new Map(Object.entries(entries).map(([word, rewrite]) => [keyOf(word), rewrite]))
  const phrases = Object.keys(entries).sort((a, b) => b.length - a.length)
  const pattern = phrases.map(phrase => phrase.split(/\s+/).map(escapeRegExp).join('\\s+')).join('|')
  const search = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${pattern})(?![\\p{L}\\p{N}_-])`, 'giu')
  return {
    rewrites: new Set(rewrites.values()),
    of: word => rewrites.get(keyOf(word)),
    in: text =>
      phrases.length === 0
        ? []
        : [...text.matchAll(search)].map(({ 0: word, index }) => ({
            word,
            offset: index,
            rewrite: rewrites.get(keyOf(word)) ?? '',
          })),
  }
}

function keyOf(word: string): string {
  return word.toLowerCase().replace(/\s+/g, ' ')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
