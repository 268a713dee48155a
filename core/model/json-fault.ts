/** Where and why text stops being JSON; called only after JSON.parse said no. */
export type Fault = { readonly offset: number; readonly reason: string; readonly atEnd: boolean }

const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const SPACE = /[ \t\n\r]*/y

/** Walks the grammar of RFC 8259 without recursion, so that depth cannot hurt it. */
export function firstFault(text: string): Fault {
  const open: ('{' | '[')[] = []
  let offset = 0
  let expects: 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'commaOrEnd' = 'value'
  for (;;) {
    offset = skip(SPACE, text, offset)
    if (offset >= text.length) return atEnd(text, open)
    const char = text[offset] as string
    const inside = open[open.length - 1]
    if (expects === 'commaOrEnd') {
      if (inside === undefined) return { offset, reason: 'text after the end of the document', atEnd: false }
      if (char === ',') expects = inside === '{' ? 'key' : 'value'
      else if (char === (inside === '{' ? '}' : ']')) open.pop()
      else return unexpected(text, offset, inside === '{' ? 'a comma or }' : 'a comma or ]')
      offset++
      continue
    }
    if (expects === 'key' || expects === 'keyOrEnd') {
      if (char === '}' && expects === 'keyOrEnd') {
        open.pop()
        expects = 'commaOrEnd'
        offset++
        continue
      }
      const end = skipString(text, offset)
      if (end === offset) return char === '"' ? brokenString(text, offset) : unexpected(text, offset, 'a key in double quotes')
      offset = skip(SPACE, text, end)
      if (offset >= text.length) return atEnd(text, open)
      if (text[offset] !== ':') return unexpected(text, offset, 'a colon after the key')
      offset++
      expects = 'value'
      continue
    }
    if (char === '{' || char === '[') {
      open.push(char)
      expects = char === '{' ? 'keyOrEnd' : 'valueOrEnd'
      offset++
      continue
    }
    if (char === ']' && expects === 'valueOrEnd') {
      open.pop()
      expects = 'commaOrEnd'
      offset++
      continue
    }
    const end = char === '"' ? skipString(text, offset) : skip(LITERAL, text, offset)
    if (end === offset) return char === '"' ? brokenString(text, offset) : unexpected(text, offset, 'a value')
    offset = end
    expects = 'commaOrEnd'
  }
}

function skip(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex : offset
}

function atEnd(text: string, open: readonly string[]): Fault {
  const reason =
    text.trim() === ''
      ? 'the file is empty'
      : `the text ends with ${open.length} bracket${open.length === 1 ? '' : 's'} still open`
  return { offset: text.length, reason, atEnd: true }
}

/** End of a right string that starts here, or the same offset. Walked by hand: a pattern would backtrack over long strings. */
function skipString(text: string, offset: number): number {
  if (text[offset] !== '"') return offset
  for (let i = offset + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 34) return i + 1
    if (code < 32) return offset
    if (code === 92 && !/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(++i, i + 5))) return offset
  }
  return offset
}

function brokenString(text: string, offset: number): Fault {
  let i = offset + 1
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1
  return i < text.length
    ? { offset, reason: 'a string holds a control character or a wrong escape', atEnd: false }
    : { offset, reason: 'a string is not closed', atEnd: true }
}

function unexpected(text: string, offset: number, wanted: string): Fault {
  return { offset, reason: `expected ${wanted}, found ${JSON.stringify(text[offset])}`, atEnd: false }
}
