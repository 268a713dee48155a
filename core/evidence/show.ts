// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must be found
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** Text from a report as it may stand in a sentence: hidden and reordering characters made visible, cut at a length. */
export function shown(text: string, length = 120): string {
  const cut = text.length > length ? `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…` : text
  return cut
    .replace(/\r?\n|\t/g, ' ')
    .replace(HIDDEN, char => `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

/** `a, b, c and 4 more`, each made visible. */
export function shownList(texts: readonly string[], most = 3): string {
  const head = texts.slice(0, most).map(text => shown(text))
  return texts.length > most ? `${head.join(', ')} and ${texts.length - most} more` : head.join(', ')
}

/** `1 test`, `3 tests`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
