/** JSON with comments and commas at the end, as bun and TypeScript write it, as plain JSON of the same length and lines. Linear. */
export function plainJson(text: string): string {
  const parts: string[] = []
  let at = 0
  let comma = -1
  const put = (part: string) => parts.push(part)
  while (at < text.length) {
    const char = text[at] as string
    if (char === '"') {
      const end = endOfString(text, at)
      put(text.slice(at, end))
      comma = -1
      at = end
    } else if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const end = endOfComment(text, at)
      put(text.slice(at, end).replace(/[^\r\n]/g, ' '))
      at = end
    } else {
      if ((char === '}' || char === ']') && comma >= 0) parts[comma] = ' '
      if (char === ',') comma = parts.length
      else if (!/\s/.test(char)) comma = -1
      put(char)
      at++
    }
  }
  return parts.join('')
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function endOfComment(text: string, start: number): number {
  const mark = text[start + 1] === '/' ? '\n' : '*/'
  const end = text.indexOf(mark, start + 2)
  if (end < 0) return text.length
  return mark === '\n' ? end : end + 2
}
