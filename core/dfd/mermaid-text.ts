/**
 * A label that Mermaid shows as it stands and never acts on: quotes, brackets, backticks, `%%{` directives, HTML, entity
 * codes, Markdown and math are written as codes, line breaks become spaces, invisible and direction-changing characters go.
 */
export function mermaidLabel(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : madeInert(text)
}

/** Its patterns are made here, when a label needs them: reading the classes of Unicode takes half a millisecond of every start. */
function madeInert(text: string): string {
  const active = /["'`#;<>&%{}[\]|\\~@*$^]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu
  const space = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu
  /** Format characters, private use, halves of broken pairs. */
  const invisible = /[\p{Cf}\p{Co}\p{Cs}]/gu
  const line = text.replace(invisible, '').replace(space, ' ').trim()
  const escaped = line.replace(active, codesOf).replace(LIST, (mark, digits = '') => digits + codesOf(mark.slice(digits.length)))
  // Mermaid's own preparation eats the last semicolon of what looks like a style line, and makes icons of names like fa:x.
  const safe = COLON_ACTS.test(escaped) ? escaped.replaceAll(':', codesOf(':')) : escaped
  return `"${safe || ' '}"`
}

function codesOf(chars: string): string {
  return [...chars].map(char => `#${char.charCodeAt(0)};`).join('')
}

/** An object id as a node id: stable, and never one of Mermaid's words. */
export function mermaidId(id: string): string {
  return id.replace('-', '_')
}

const PLAIN = /^[A-Za-z][A-Za-z0-9 ,./()+-]*[A-Za-z0-9)]$/
const LIST = /^(\d+)?[.)+-](?=\s)/
const COLON_ACTS = /style|classDef|\bfa\w?:/i
