/** The text of a label: as it stands, or of the HTML that it is. Tags go, what breaks a line breaks it, nothing is ever interpreted. */
export function labelText(label: string, isHtml: boolean): string {
  const text = isHtml ? decoded(withoutTags(label)) : label
  return text
    .split(/\r\n?|\n/)
    .map(line => line.replace(/[^\S\n]+/g, ' ').trim())
    .filter(line => line !== '')
    .join('\n')
}

const HIDDEN = ['script', 'style'] as const
const BREAKS = /^<\/?(?:br|div|p|li|ul|ol|tr|table|h[1-6]|hr|blockquote|pre)\b/i

/** One walk over the text; a tag that is never closed is text. */
function withoutTags(html: string): string {
  const pieces: string[] = []
  const low = html.toLowerCase()
  const endless = new Set<string>()
  let at = 0
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    pieces.push(html.slice(at, open))
    const isTag = /^<[a-z/!]/i.test(html.slice(open, open + 2))
    const end = isTag ? html.indexOf('>', open) : -1
    if (isTag && end < 0) {
      at = open
      break
    }
    const tag = isTag ? html.slice(open, end + 1) : '<'
    const hidden = HIDDEN.find(name => !endless.has(name) && low.startsWith(name, open + 1))
    const over = hidden ? low.indexOf(`</${hidden}`, end) : -1
    if (hidden && over < 0) endless.add(hidden)
    pieces.push(!isTag ? '<' : BREAKS.test(tag) ? '\n' : '')
    at = over >= 0 ? over : open + tag.length
  }
  pieces.push(html.slice(at))
  return pieces.join('')
}

/** Each reference is resolved once: what stands behind it is text. */
function decoded(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name) ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCodePoint(code)
    },
  )
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['auml', 'ä'],
  ['ouml', 'ö'],
  ['uuml', 'ü'],
  ['Auml', 'Ä'],
  ['Ouml', 'Ö'],
  ['Uuml', 'Ü'],
  ['szlig', 'ß'],
  ['eacute', 'é'],
  ['rarr', '→'],
  ['larr', '←'],
  ['copy', '©'],
  ['reg', '®'],
])

/** A text as HTML that shows it as it stands. */
export function htmlOf(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br>')
}
