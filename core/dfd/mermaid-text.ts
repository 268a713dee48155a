/**
 * A label that Mermaid shows as it stands and never acts on: quotes, brackets, backticks, `%%{` directives, HTML and
 * entity codes are written as codes, line breaks become spaces, invisible and direction-changing characters go.
 */
export function mermaidLabel(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  const escaped = text
    .replace(INVISIBLE, '')
    .replace(SPACE, ' ')
    .trim()
    .replace(ACTIVE, char => `#${char.charCodeAt(0)};`)
  // Mermaid's own preparation eats the last semicolon of what looks like a style line, wherever it stands.
  const safe = STYLE.test(escaped) ? escaped.replaceAll(':', '#58;') : escaped
  return `"${safe || ' '}"`
}

/** An object id as a node id: stable, and never one of Mermaid's words. */
export function mermaidId(id: string): string {
  return id.replace('-', '_')
}

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 ,._/()+-]*[A-Za-z0-9)]$/
const ACTIVE = /["'`#;<>&%{}[\]|\\~@]/g
const STYLE = /style|classDef/i
const SPACE = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu
/** Format characters, private use, halves of broken pairs. */
const INVISIBLE = /[\p{Cf}\p{Co}\p{Cs}]/gu
