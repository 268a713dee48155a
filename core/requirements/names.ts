import { settingsOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Boundary, DataAsset, Design, Element } from '../model/types.ts'

/** A name of the design that stands in a text. */
export type NameFound = {
  readonly name: string
  readonly offset: number
  readonly length: number
  readonly ids: readonly string[]
}

/** Names by lower-case text, to the ids that bear them; glossary terms have none. */
export type Names = {
  readonly ids: ReadonlyMap<string, readonly string[]>
  /** Each single word of any name, to the elements whose names hold it. */
  readonly words: ReadonlyMap<string, readonly string[]>
  readonly hasElements: boolean
  readonly longest: number
}

/** Everything in a design that has a name of its own, and the glossary. */
export function namesOf(design: Design): Names {
  const ids = new Map<string, string[]>()
  const add = (name: string, id?: string) => {
    const key = keyOf(name)
    const known = ids.get(key)
    if (!known) ids.set(key, id === undefined ? [] : [id])
    else if (id !== undefined) known.push(id)
  }
  for (const table of [design.elements, design.boundaries, design.data])
    for (const row of rowsOf<Element | Boundary | DataAsset>(table)) add(row.name, row.id)
  for (const term of Object.keys(settingsOf(design)?.glossary ?? {})) add(term)
  const words = new Map<string, string[]>()
  let longest = 0
  for (const [name, bearers] of ids) {
    const parts = wordsOf(name)
    longest = Math.max(longest, parts.length)
    const elements = bearers.filter(id => id.startsWith('E-'))
    for (const word of new Set(parts)) {
      const known = words.get(word)
      if (known) known.push(...elements)
      else words.set(word, elements.slice())
    }
  }
  const hasElements = [...ids.values()].some(bearers => bearers.some(id => id.startsWith('E-')))
  return { ids, words, hasElements, longest: Math.min(MOST_WORDS, longest) }
}

/** Longer names than this many words are not looked for inside a sentence. */
const MOST_WORDS = 8

/** All names in a text, the longest at each place; a plural s is forgiven. */
export function namesIn(text: string, names: Names): readonly NameFound[] {
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
  const found: NameFound[] = []
  for (let i = 0; i < words.length; i++) {
    for (let count = Math.min(names.longest, words.length - i); count > 0; count--) {
      const start = words[i]?.start ?? 0
      const name = text.slice(start, words[i + count - 1]?.end)
      const ids = names.ids.get(keyOf(name)) ?? names.ids.get(keyOf(name).replace(/s$/, ''))
      if (!ids) continue
      found.push({ name, offset: start, length: name.length, ids })
      i += count - 1
      break
    }
  }
  return found
}

/** The name that stands over a place of the text; the names come in their order, and none lies in another. */
export function nameAt(found: readonly NameFound[], offset: number): NameFound | undefined {
  let low = 0
  let high = found.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((found[middle]?.offset ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  const name = found[low - 1]
  return name && offset < name.offset + name.length ? name : undefined
}

export function keyOf(name: string): string {
  return wordsOf(name).join(' ')
}

function wordsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
}
