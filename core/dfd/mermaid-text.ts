/**
 * A label that Mermaid shows as it stands and never acts on: quotes, brackets, backticks, `%%{` directives, HTML, entity
 * codes, Markdown and math are written as codes, line breaks become spaces, invisible and direction-changing characters go.
 */
export function mermaidLabel(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  const line = text.replace(INVISIBLE, '').replace(SPACE, ' ').trim()
  const escaped = line.replace(ACTIVE, codesOf).replace(LIST, (mark, digits = '') => digits + codesOf(mark.slice(digits.length)))
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
const ACTIVE = /["'`#;<>&%{}[\]|\\~@*$^]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu
const LIST = /^(\d+)?[.)+-](?=\s)/
const COLON_ACTS = /style|classDef|\bfa\w?:/i
const SPACE = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu
/** Format characters, private use, halves of broken pairs. */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cs}]/gu
