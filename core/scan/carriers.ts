import { hiddenAt } from '../support/hidden.ts'
import type { Find } from './engine.ts'
import { entropyOf } from './entropy.ts'
import type { Span } from './found.ts'
import type { Rule } from './rule.ts'

/** Characters that join letters of scripts that need them, or choose how an emoji looks. */
const JOINERS = new Set(['\u200c', '\u200d'])
const JOINED =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[\p{L}\p{M}]/u

/** One place for each unbroken run of what cannot be seen; a mark of byte order at the start is none. */
const hiddenRuns: Find = text => {
  const spans: Span[] = []
  for (const { at, char } of hiddenAt(text)) {
    if (char === '\ufe0e' || char === '\ufe0f' || (char === '\ufeff' && at === 0)) continue
    if (JOINERS.has(char) && JOINED.test(text.slice(Math.max(0, at - 2), at)) && JOINED.test(text.slice(at + 1, at + 3))) continue
    const last = spans.at(-1)
    if (last?.end === at) spans[spans.length - 1] = { start: last.start, end: at + char.length }
    else spans.push({ start: at, end: at + char.length })
  }
  return spans
}

/** Long runs that only a program reads; thresholds as published by linters of agent instructions. An address of a page is long and readable. */
export const blobsIn: Find = text => {
  const spans: Span[] = []
  for (const match of text.matchAll(/[A-Za-z0-9+/_-]{120,}={0,2}/g)) {
    const span = { start: match.index, end: match.index + match[0].length }
    const isLong = (isInAddress(text, span.start) ? match[0].split('/') : [match[0]]).some(isBlob)
    if (isLong) spans.push(span)
  }
  return spans
}

function isBlob(run: string): boolean {
  return run.length >= 120 && entropyOf(run) >= (/^[0-9a-f]+$/i.test(run) ? 3.4 : 4.5)
}

function isInAddress(text: string, at: number): boolean {
  return /\bhttps?:\/?[^\s"'<>()]*$/i.test(text.slice(Math.max(0, at - 200), at))
}

/** Things that carry instructions past a reader: what cannot be seen, what cannot be read, and what a tool acts on while it loads the text. */
export const CARRIER_RULES: readonly Rule[] = [
  {
    ...carrier('scan.hidden', 'characters that cannot be seen', 'Delete them; the prompt shows them written out.'),
    find: hiddenRuns,
  },
  {
    ...carrier('scan.comment', 'an HTML comment, which a reader does not see and a tool does', 'Write it as text.'),
    keywords: ['<!--'],
    pattern: '<!--',
  },
  { ...carrier('scan.blob', 'a long run of encoded data', 'Say what it is instead of pasting it.'), find: blobsIn },
  {
    ...carrier(
      'scan.active',
      'syntax that a coding tool acts on while it reads',
      'Write it in words; the prompt takes its meaning away.',
    ),
    keywords: ['!`', '!{', '@{', '#[[file:', '{{args}}', '$arguments', '${input:', '${file:', '${env:', '${{'],
    pattern:
      '!`[^`\\n]{1,200}`|[!@]\\{[^}\\n]{1,200}\\}|#\\[\\[file:|\\{\\{args\\}\\}|\\$ARGUMENTS\\b|\\$\\{(?:input|file|env|selection):?[A-Za-z_]|\\$\\{\\{ ?secrets\\.',
  },
]

function carrier(id: string, what: string, cure: string) {
  return { id, what, cure, label: 'TEXT', action: 'neutralise' as const }
}
