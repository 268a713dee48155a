/** A known name that another looks like, and how. */
export type LookAlike = { readonly name: string; readonly how: 'punctuation' | 'scope' | 'words' | 'letters' | 'foreign' }

/** Names by what is left of them when punctuation, scope and order of words are taken away; made once for many questions. */
export type KnownNames = {
  readonly names: ReadonlySet<string>
  readonly bare: ReadonlyMap<string, string>
  readonly words: ReadonlyMap<string, string>
  readonly letters: ReadonlyMap<string, string>
  readonly gaps: ReadonlyMap<string, readonly string[]>
}

/** Shorter names are near one another by chance. */
const SHORTEST = 5

/** Longer ones are no names: no registry takes them. */
const LONGEST = 214

export function knownNames(names: Iterable<string>): KnownNames {
  const known = new Set([...names].filter(name => name.length <= LONGEST))
  const bare = new Map<string, string>()
  const words = new Map<string, string>()
  const letters = new Map<string, string>()
  const gaps = new Map<string, string[]>()
  for (const name of known) {
    bare.set(bareOf(name), name)
    words.set(wordsOf(name), name)
    letters.set(lettersOf(name), name)
    for (const gap of gapsOf(name)) {
      const near = gaps.get(gap)
      if (near) near.push(name)
      else gaps.set(gap, [name])
    }
  }
  return { names: known, bare, words, letters, gaps }
}

/** What a new name may be mistaken for. A warning only: most neighbours are honest (measured on lockfiles: 1 to 2 in 100). */
export function lookAlikeOf(name: string, known: KnownNames): LookAlike | undefined {
  if (known.names.has(name) || name.length > LONGEST) return undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  if (/[^\x00-\x7f]/.test(name)) return { name: known.letters.get(lettersOf(name)) ?? name, how: 'foreign' }
  const squashed = known.bare.get(bareOf(name))
  if (squashed !== undefined)
    return { name: squashed, how: name.includes('/') === squashed.includes('/') ? 'punctuation' : 'scope' }
  const swapped = known.words.get(wordsOf(name))
  if (swapped !== undefined && partsOf(name).length > 1) return { name: swapped, how: 'words' }
  if (name.length < SHORTEST) return undefined
  const near = neighbours(name, known)
  return near === undefined ? undefined : { name: near, how: 'letters' }
}

/** Names one edit away share a gap: the name with one letter left out, or none. */
function neighbours(name: string, { gaps }: KnownNames): string | undefined {
  const found = new Set<string>()
  for (const gap of gapsOf(name))
    for (const other of gaps.get(gap) ?? []) if (other.length >= SHORTEST && isOneEdit(name, other)) found.add(other)
  return [...found].sort()[0]
}

function gapsOf(name: string): readonly string[] {
  return [name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))]
}

/** One letter more, less or other, or two neighbours swapped. Linear. */
export function isOneEdit(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let [endA, endB] = [a.length, b.length]
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [left, right] = [a.slice(from, endA), b.slice(from, endB)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}

function bareOf(name: string): string {
  return name.toLowerCase().replace(/[-_.@/]/g, '')
}

function partsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[-_.@/]+/)
    .filter(part => part !== '')
}

function wordsOf(name: string): string {
  return [...partsOf(name)].sort().join('-')
}

/** Letters that look like Latin ones, as those. */
function lettersOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return Array.from(plain, char => TWINS[char] ?? char).join('')
}

const TWINS: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ј: 'j',
  ѕ: 's',
  ԁ: 'd',
  к: 'k',
  м: 'm',
  т: 't',
  в: 'b',
  н: 'h',
  α: 'a',
  ο: 'o',
  ν: 'v',
  ρ: 'p',
  ı: 'i',
  ł: 'l',
}
