/** Characters a reader cannot see or that reorder what is seen: controls, format, private use, lone surrogates, fillers. */
function hidden(): RegExp {
  pattern ??= /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu
  return pattern
}

/** Made when first asked for: the classes of Unicode take half a millisecond to read, and few texts need them. */
let pattern: RegExp | undefined

/** Line ends and tabs are no secret. */
const HARMLESS = new Set(['\n', '\r', '\t'])

/** Hidden characters with their place in UTF-16 units, in order. */
export function hiddenAt(text: string): readonly { readonly at: number; readonly char: string }[] {
  return [...text.matchAll(hidden())].filter(([char]) => !HARMLESS.has(char)).map(match => ({ at: match.index, char: match[0] }))
}

/** Code points of the hidden characters in a text, as U+202E, in order of appearance. */
export function hiddenIn(text: string): readonly string[] {
  return hiddenAt(text).map(({ char }) => nameOf(char))
}

/** The text with every hidden character written out, as [U+202E]; the two that only choose an emoji's look are dropped. */
export function madeVisible(text: string): string {
  return text.replace(hidden(), char => {
    if (HARMLESS.has(char)) return char
    return char === '\ufe0e' || char === '\ufe0f' ? '' : `[${nameOf(char)}]`
  })
}

function nameOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
