import type { WordList } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { wordsIn } from './text.ts'

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
  /** Whether there are words to look for, and not only marks to recognise the language by. */
  readonly hasWords: boolean
  readonly list: (name: string) => Finder
  /** A proposal of ours in this language; in English where the list does not say. */
  readonly say: (proposal: string) => string
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

/**
 * The language a text is recognisably written in, by its most common words. Undefined when no list knows it, when two fit alike, or
 * when there are no words to look for in it: none of this is a fault of the text.
 */
export function languageOf(text: string, languages: readonly Language[]): Language | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  const marked = languages
    .map(language => ({ language, hits: words.filter(word => language.marks.has(word)) }))
    .sort((a, b) => b.hits.length - a.hits.length)
  const [best, next] = marked
  if (!best || best.hits.length === 0 || best.hits.length === next?.hits.length || !best.language.hasWords) return undefined
  const share = best.hits.length / words.length
  return share >= ONE_MARK || (share >= TWO_MARKS && new Set(best.hits).size >= 2) ? best.language : undefined
}

/** The share of marks that is enough: of one word repeated, and of two or more. */
const ONE_MARK = 0.15
const TWO_MARKS = 0.08

function languageFrom(code: string, lists: readonly WordList[]): Language {
  const finders = new Map<string, Finder>()
  const list = (name: string) => {
    const known = finders.get(name)
    if (known) return known
    const finder = finderOf(Object.fromEntries(lists.flatMap(words => Object.entries(words.lists[name] ?? {}))))
    finders.set(name, finder)
    return finder
  }
  return {
    language: code,
    marks: new Set(lists.flatMap(words => words.marks ?? [])),
    hasWords: lists.some(words => Object.keys(words.lists).length > 0),
    list,
    say: proposal => list('proposal').of(proposal) || proposal,
  }
}

/** Looks each word up once: a long list costs no more than a short one. */
function finderOf(entries: Readonly<Record<string, string>>): Finder {
  const rewrites = new Map(Object.entries(entries).map(([phrase, rewrite]) => [keyOf(phrase), rewrite]))
  const byFirst = new Map<string, Phrase[]>()
  for (const key of rewrites.keys()) {
    const tokens = tokensOf(key)
    const first = tokens[0]?.text ?? ''
    byFirst.set(
      first,
      [...(byFirst.get(first) ?? []), { key, length: tokens.length }].sort((a, b) => b.length - a.length),
    )
  }
  const find = (text: string): readonly Found[] => {
    const tokens = tokensOf(text)
    const found: Found[] = []
    for (let i = 0; i < tokens.length; i++) {
      const phrase = byFirst.get(tokens[i]?.text ?? '')?.find(candidate => standsAt(text, tokens, i, candidate))
      if (!phrase) continue
      const offset = tokens[i]?.start ?? 0
      const word = text.slice(offset, tokens[i + phrase.length - 1]?.end)
      found.push({ word, offset, rewrite: rewrites.get(phrase.key) ?? '' })
      i += phrase.length - 1
    }
    return found
  }
  return { in: find, of: word => rewrites.get(keyOf(word)), rewrites: new Set(rewrites.values()) }
}

/** A phrase in lower case with single spaces, and how many tokens it has. */
type Phrase = { readonly key: string; readonly length: number }
type Token = { readonly text: string; readonly start: number; readonly end: number }

/** Words and single signs, in lower case. Remembered, for all lists read the same sentence in turn. */
const tokensOf = memoLast((text: string): readonly Token[] =>
  wordsIn(text).map(({ word, offset }) => ({ text: word.toLowerCase(), start: offset, end: offset + word.length })),
)

function standsAt(text: string, tokens: readonly Token[], at: number, { key, length }: Phrase): boolean {
  const start = tokens[at]?.start ?? 0
  const end = tokens[at + length - 1]?.end
  if (end === undefined || keyOf(text.slice(start, end)) !== key) return false
  return !JOINED.test(text.charAt(start - 1)) && !JOINED.test(text.charAt(end))
}

/** "fast-path" and "fast_path" are other words than "fast". */
const JOINED = /[_-]/

function keyOf(word: string): string {
  return word.toLowerCase().replace(/\s+/g, ' ')
}
