/** Control and format characters: escapes, zero widths, direction marks, tags. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Text from a report as it may stand in a sentence: hidden and reordering characters made visible, cut at a length. */
export function shown(text: string, length = 120): string {
  const cut = text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…` : text
  return wellFormed(cut)
    .replace(/\r?\n|\t/g, ' ')
    .replace(HIDDEN, char => `<U+${codeOf(char)}>`)
}

/** A line of code with hidden and reordering characters made visible; tabs stay, for they are what indents. */
export function unhidden(line: string): string {
  return wellFormed(line).replace(HIDDEN, char => (char === '\t' ? char : `<U+${codeOf(char)}>`))
}

function codeOf(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

/** `a, b, c and 4 more`, each made visible. */
export function shownList(texts: readonly string[], most = 3): string {
  const head = texts.slice(0, most).map(text => shown(text))
  return texts.length > most ? `${head.join(', ')} and ${texts.length - most} more` : head.join(', ')
}

/** `1 test`, `3 tests`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`
}

/** Halves of a surrogate pair become the replacement character: neither JSON nor XML can hold them. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
