import { escaped } from './escape.ts'
import type { Anchors } from './html-anchors.ts'
import type { Span } from './types.ts'

/** Spans as HTML; an id leads to its place where the page has one, and is a word where it has none. */
export function spansText(spans: readonly Span[], anchors: Anchors): string {
  let text = ''
  for (const span of spans) {
    if (typeof span === 'string') text += isolated(span)
    else if ('ref' in span) {
      const words = escaped(span.text ?? span.ref)
      text += anchors.has(span.ref) ? `<a href="#${span.ref}">${words}</a>` : words
    } else if ('code' in span) text += `<code>${breakable(escaped(span.code))}</code>`
    else text += `<strong>${escaped(span.strong)}</strong>`
  }
  return text
}

/** Letters of scripts that run from right to left. */
const LEFTWARD = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** Words from right to left turn round among themselves and leave what stands beside them where it is, blanks too. */
export function isolated(text: string): string {
  if (!LEFTWARD.test(text)) return escaped(text)
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return `${before}<bdi>${escaped(words)}</bdi>${after}`
}

/** Names of rules and files may go on in the next line after a dot or a slash. */
function breakable(code: string): string {
  return code.replace(/[./](?=\w)/g, '$&<wbr>')
}
