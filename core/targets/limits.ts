import type { Target } from '../model/types.ts'

/** Four characters a token is what tokenizers give for English prose. */
const TOKEN = 4

type Over = { readonly unit: 'characters' | 'bytes' | 'lines' | 'tokens'; readonly used: number; readonly limit: number }

/** The first limit that a file's text goes over. */
export function overLimit(text: string, { characters, bytes, lines, tokens }: Target['limits']): Over | undefined {
  const measures = [
    { unit: 'characters' as const, limit: characters, used: () => text.length },
    { unit: 'bytes' as const, limit: bytes, used: () => bytesIn(text) },
    { unit: 'lines' as const, limit: lines, used: () => text.split('\n').length - 1 },
    { unit: 'tokens' as const, limit: tokens, used: () => Math.ceil(text.length / TOKEN) },
  ]
  for (const { unit, limit, used } of measures) if (limit !== undefined && used() > limit) return { unit, used: used(), limit }
  return undefined
}

/** Length in UTF-8. */
export function bytesIn(text: string): number {
  let bytes = 0
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
