/**
 * Which phrases that rules look for stand in a text, by whole words. Hundreds of phrases are looked for in every technology, so they
 * are found by their longest word, and what stands in a text is remembered.
 */
const ids = new Map<string, number>()
const byLongestWord = new Map<string, { readonly padded: string; readonly id: number }[]>()
const found = new Map<string, readonly number[]>()

/** Texts that are remembered; more than any design names. */
const MANY = 20_000

/** Takes phrases in, and answers the numbers that `phrasesIn` gives them. */
export function learn(phrases: readonly string[]): ReadonlySet<number> {
  return new Set(phrases.map(phrase => numberOf(wordsOf(phrase))))
}

/** Numbers of the phrases that stand in a text; remembered, since many objects say the same. */
export function phrasesIn(text: string): readonly number[] {
  const known = found.get(text)
  if (known) return known
  const here = phrasesOnce(text)
  if (found.size >= MANY) found.clear()
  found.set(text, here)
  return here
}

/** The same of a text that hardly comes twice, as a name. */
export function phrasesOnce(text: string): readonly number[] {
  const words = wordsOf(text)
  let here: number[] | undefined
  let asked: Set<string> | undefined
  for (const word of words.split(' ')) {
    const phrases = byLongestWord.get(word)
    if (!phrases || asked?.has(word)) continue
    asked ??= new Set()
    asked.add(word)
    const padded = ` ${words} `
    for (const phrase of phrases)
      if (padded.includes(phrase.padded)) {
        if (!here) here = [phrase.id]
        else if (!here.includes(phrase.id)) here.push(phrase.id)
      }
  }
  return here ?? NOTHING
}

/** Words in lower case, one space between. */
export function wordsOf(text: string): string {
  const lower = text.toLowerCase()
  if (SIMPLE.test(lower)) return lower
  // The classes of Unicode take milliseconds to compile, and nearly every text is plain.
  return lower
    .split(PLAIN.test(lower) ? /[^a-z0-9+#.]+/ : /[^\p{L}\p{N}+#.]+/u)
    .filter(word => word !== '')
    .join(' ')
}

/** The longest word of a phrase; a text without it does not hold the phrase. */
export function longestWord(words: string): string {
  return words.split(' ').reduce((a, b) => (b.length > a.length ? b : a), '')
}

const NOTHING: readonly never[] = []
const SIMPLE = /^[a-z0-9]+(?: [a-z0-9]+)*$/
const PLAIN = /^[ -~]*$/

function numberOf(words: string): number {
  const known = ids.get(words)
  if (known !== undefined) return known
  const id = ids.size
  ids.set(words, id)
  found.clear()
  const longest = longestWord(words)
  const phrases = byLongestWord.get(longest)
  if (phrases) phrases.push({ padded: ` ${words} `, id })
  else byLongestWord.set(longest, [{ padded: ` ${words} `, id }])
  return id
}
