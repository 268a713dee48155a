import type { Imports, Specifier } from './js-imports.ts'

/** Modules that `import a.b` and `from a.b import c` name, by their first word; relative ones are the project's own. */
export function pythonImports(source: string): Imports {
  const { code, isWhole } = withoutTexts(source)
  const specifiers: Specifier[] = []
  code.split('\n').forEach((written, index) => {
    for (const part of written.split(';')) {
      const statement = part.trim()
      const add = (name: string | undefined) => {
        const first = /^[^\W\d]\w*/u.exec(name?.trim() ?? '')?.[0]
        if (first !== undefined) specifiers.push({ text: first, line: index + 1 })
      }
      // `try: import x` stands on one line too.
      const [, verb, rest = ''] = /^(?:(?:try|else|finally)\s*:\s*)?(import|from)\s+(.*)$/.exec(statement) ?? []
      if (verb === 'from' && /\bimport\b/.test(rest)) add(rest)
      else if (verb === 'import') rest.split(',').forEach(add)
    }
  })
  return { specifiers, isWhole }
}

/** The source with comments and the insides of texts left out; lines stay where they are. */
function withoutTexts(source: string): { readonly code: string; readonly isWhole: boolean } {
  const parts: string[] = []
  let at = 0
  let isWhole = true
  /** Line ends that a backslash took away, given back at the next one. */
  let owed = 0
  while (at < source.length) {
    const char = source[at] as string
    if (char === '#') at = endOf(source, '\n', at)
    else if (char === '"' || char === "'") {
      const triple = source.startsWith(char.repeat(3), at)
      const end = triple ? tripleEnd(source, at + 3, char) : textEnd(source, at)
      isWhole &&= !triple || end.closed
      parts.push(char, source.slice(at, end.at).replace(/[^\n]/g, ''), char)
      at = end.at
    } else if (char === '\\' && source[at + 1] === '\n') {
      owed++
      at += 2
    } else if (char === '\n') {
      parts.push('\n'.repeat(owed + 1))
      owed = 0
      at++
    } else {
      parts.push(char)
      at++
    }
  }
  return { code: parts.join(''), isWhole }
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from)
  return end < 0 ? source.length : end
}

function tripleEnd(source: string, start: number, quote: string): { readonly at: number; readonly closed: boolean } {
  for (let at = start; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === quote && source.startsWith(quote.repeat(3), at)) return { at: at + 3, closed: true }
  }
  return { at: source.length, closed: false }
}

function textEnd(source: string, start: number): { readonly at: number; readonly closed: boolean } {
  for (let at = start + 1; at < source.length; at++) {
    const char = source[at]
    if (char === '\\') at++
    else if (char === source[start]) return { at: at + 1, closed: true }
    else if (char === '\n') return { at, closed: false }
  }
  return { at: source.length, closed: false }
}
