import type { Target } from '../model/types.ts'
import { tokensIn } from './lint/gp05-length.ts'

/** One way to measure a prompt, and how much of it the target takes. */
export type Measure = {
  readonly unit: 'characters' | 'lines' | 'tokens' | 'link'
  readonly used: number
  readonly limit: number | undefined
}

/** What Cursor takes of a text in a link, once encoded; pasted text has no such limit. */
export const LINK_LIMIT = 8000

/** The prompt by every measure its target limits; by characters always. */
export function measuresOf(text: string, limits: Target['limits']): readonly Measure[] {
  const { characters, lines, tokens } = limits
  return [
    { unit: 'characters', used: text.length, limit: characters },
    ...(lines === undefined ? [] : [{ unit: 'lines' as const, used: text.split('\n').length, limit: lines }]),
    ...(tokens === undefined ? [] : [{ unit: 'tokens' as const, used: tokensIn(text), limit: tokens }]),
  ]
}

/** The same text as a link that opens Cursor with it; the person there still has to send it. */
export function linkOf(text: string): { readonly url: string; readonly measure: Measure } {
  const encoded = encodeURIComponent(text.replace(LONE, '\ufffd'))
  return {
    url: `https://cursor.com/link/prompt?text=${encoded}`,
    measure: { unit: 'link', used: encoded.length, limit: LINK_LIMIT },
  }
}

/** Half a character, which cannot be encoded. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
