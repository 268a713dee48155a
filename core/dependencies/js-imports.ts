/** A module that a file asks for, as written, and the line. */
export type Specifier = { readonly text: string; readonly line: number }

/** What a file imports. `isWhole`: it could be read to its end, so nothing is hidden behind a text that never closes. */
export type Imports = { readonly specifiers: readonly Specifier[]; readonly isWhole: boolean }

type Token = { readonly kind: 'word' | 'text' | 'sign'; readonly text: string; readonly line: number }

/**
 * import, export from, require and import() with a fixed text, in JavaScript and TypeScript with JSX. A lexer, no parser: it
 * steps over comments, texts, templates and regular expressions, in one walk. A module name that is computed is not seen.
 */
export function jsImports(source: string): Imports {
  const { tokens, isWhole } = tokensOf(source)
  const specifiers: Specifier[] = []
  const add = (token: Token | undefined) => {
    if (token?.kind === 'text') specifiers.push({ text: token.text, line: token.line })
  }
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (token.kind !== 'word' || isSign(tokens[at - 1], '.')) continue
    if (token.text === 'require') add(called(tokens, at))
    else if (token.text === 'import') {
      const next = tokens[at + 1]
      if (next?.kind === 'text') add(next)
      else add(isSign(next, '(') ? called(tokens, at) : afterFrom(tokens, at + 1))
    } else if (token.text === 'export') add(reexported(tokens, at))
  }
  return { specifiers, isWhole }
}

/** Scripts of a component file (Vue, Svelte), each at its line. */
export function scriptsIn(source: string): string {
  const kept: string[] = []
  let at = 0
  for (let open = source.indexOf('<script'); open >= 0; open = source.indexOf('<script', at)) {
    const start = source.indexOf('>', open)
    const end = start < 0 ? -1 : source.indexOf('</script', start)
    if (start < 0 || end < 0) break
    kept.push(source.slice(at, start + 1).replace(/[^\n]/g, ''), source.slice(start + 1, end))
    at = end
  }
  return kept.join('')
}

function isSign(token: Token | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text
}

/** What a call with one fixed text asks for: require, require.resolve and the import that looks like a call. */
function called(tokens: readonly Token[], at: number): Token | undefined {
  const open = isSign(tokens[at + 1], '.') && tokens[at + 2]?.text === 'resolve' ? at + 3 : at + 1
  const close = tokens[open + 2]
  return isSign(tokens[open], '(') && (isSign(close, ')') || isSign(close, ',')) ? tokens[open + 1] : undefined
}

/** The text after `from`, when only names, braces, commas and stars stand before it. */
function afterFrom(tokens: readonly Token[], start: number): Token | undefined {
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const next = tokens[at + 1]
    if (token.kind === 'word' && token.text === 'from' && next?.kind === 'text') return next
    if (token.kind === 'sign' && !'{},*'.includes(token.text)) return undefined
    if (token.kind === 'word' && (token.text === 'import' || token.text === 'export') && at > start) return undefined
  }
  return undefined
}

function reexported(tokens: readonly Token[], at: number): Token | undefined {
  const next = tokens[at + 1]?.text === 'type' ? at + 2 : at + 1
  return isSign(tokens[next], '{') || isSign(tokens[next], '*') ? afterFrom(tokens, next) : undefined
}

/** A regular expression as a token. */
const PATTERN = '/re/'

/** Words after which a slash begins a regular expression, although a word stands before it. */
const BEFORE_PATTERN: ReadonlySet<string> = new Set(
  'return typeof instanceof in of new delete void throw case do else yield await extends default'.split(' '),
)

function tokensOf(source: string): { readonly tokens: readonly Token[]; readonly isWhole: boolean } {
  const tokens: Token[] = []
  /** Depth of braces at which an open template goes on. */
  const templates: number[] = []
  let depth = 0
  let line = 1
  let at = source.startsWith('#!') ? lineEnd(source, 0) : 0
  let isWhole = true
  /** Where the line ends in which a slash turned out to open nothing; looked for again, it would cost the line each time. */
  let plainUntil = 0
  const put = (kind: Token['kind'], text: string) => tokens.push({ kind, text, line })
  const skipTo = (end: number) => {
    for (let next = source.indexOf('\n', at); next >= 0 && next < end; next = source.indexOf('\n', next + 1)) line++
    at = end
  }
  /** Steps over a template up to its end or its next `${`. */
  const template = (isStart: boolean) => {
    const end = templateEnd(source, at + 1)
    isWhole &&= end.kind !== 'open'
    if (end.kind === 'hole') {
      templates.push(depth)
      put('sign', '${')
    } else if (isStart && end.kind === 'end') put('text', source.slice(at + 1, end.at - 1))
    else put('sign', '`')
    skipTo(end.at)
  }
  while (at < source.length) {
    const char = source[at] as string
    const next = source[at + 1]
    if (char === '\n') {
      line++
      at++
    } else if (char === ' ' || char === '\t' || char === '\r') at++
    else if (char === '/' && next === '/') at = lineEnd(source, at)
    else if (char === '/' && next === '*') {
      const end = source.indexOf('*/', at + 2)
      isWhole &&= end >= 0
      skipTo(end < 0 ? source.length : end + 2)
    } else if (char === '"' || char === "'") {
      const end = stringEnd(source, at)
      put(source[end - 1] === char && end - at >= 2 ? 'text' : 'sign', unescaped(source.slice(at + 1, end - 1)))
      skipTo(end)
    } else if (char === '`') template(true)
    else if (char === '/' && at >= plainUntil && startsPattern(tokens.at(-1))) {
      const end = patternEnd(source, at)
      if (end === undefined) plainUntil = lineEnd(source, at)
      put('sign', end === undefined ? char : PATTERN)
      at = end ?? at + 1
    } else if (isWordChar(char)) {
      const end = wordEnd(source, at)
      put('word', source.slice(at, end))
      at = end
    } else {
      if (char === '{') depth++
      if (char === '}' && templates.at(-1) === depth) {
        templates.pop()
        template(false)
        continue
      }
      if (char === '}') depth--
      put('sign', char)
      at++
    }
  }
  return { tokens, isWhole: isWhole && templates.length === 0 }
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at)
  return end < 0 ? source.length : end
}

/** A text ends at its quote, or with its line: an apostrophe in JSX opens nothing for long. */
function stringEnd(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at]
    if (char === '\\') at++
    else if (char === source[start]) return at + 1
    else if (char === '\n') return at
  }
  return source.length
}

function templateEnd(source: string, start: number): { readonly kind: 'end' | 'hole' | 'open'; readonly at: number } {
  for (let at = start; at < source.length; at++) {
    const char = source[at]
    if (char === '\\') at++
    else if (char === '`') return { kind: 'end', at: at + 1 }
    else if (char === '$' && source[at + 1] === '{') return { kind: 'hole', at: at + 2 }
  }
  return { kind: 'open', at: source.length }
}

function startsPattern(before: Token | undefined): boolean {
  if (!before) return true
  if (before.kind === 'text') return false
  if (before.kind === 'word') return BEFORE_PATTERN.has(before.text)
  return !')]}`'.includes(before.text) && before.text !== PATTERN && before.text !== '<'
}

/** Undefined when the line ends first. */
function patternEnd(source: string, start: number): number | undefined {
  let inClass = false
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at]
    if (char === '\\') at++
    else if (char === '\n') return undefined
    else if (char === '[') inClass = true
    else if (char === ']') inClass = false
    else if (char === '/' && !inClass) return at + 1
  }
  return undefined
}

function isWordChar(char: string): boolean {
  return /[\w$]/.test(char) || char > '\x7f'
}

function wordEnd(source: string, start: number): number {
  let at = start + 1
  while (at < source.length && isWordChar(source[at] as string)) at++
  return at
}

/** Escapes of characters, so that `'\x65vil'` is not another name. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(\n)|([\s\S]))/g,
    (
      _,
      x: string | undefined,
      u: string | undefined,
      point: string | undefined,
      cut: string | undefined,
      char: string | undefined,
    ) => {
      if (cut !== undefined) return ''
      const code = Number.parseInt(x ?? u ?? point ?? '', 16)
      return Number.isNaN(code) || code > 0x10ffff ? (char ?? '') : String.fromCodePoint(code)
    },
  )
}
