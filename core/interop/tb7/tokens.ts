/** A word, a quoted text or a parenthesis of a filter, and where it begins. */
export type Token = {
  readonly kind: 'word' | 'text' | '(' | ')' | 'end' | 'open quote'
  /** Without quotes. */
  readonly value: string
  readonly offset: number
}

/** The pieces of a filter, closed by an `end`. Nothing is refused here: a quote that never closes is a piece of its own. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(PIECE)) {
    const [, parenthesis, quoted, openQuote, word = ''] = match
    const offset = match.index
    if (parenthesis) tokens.push({ kind: parenthesis as '(' | ')', value: parenthesis, offset })
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.slice(1, -1), offset })
    else if (openQuote) tokens.push({ kind: 'open quote', value: openQuote, offset })
    else tokens.push({ kind: 'word', value: word, offset })
  }
  return [...tokens, { kind: 'end', value: '', offset: text.trimEnd().length }]
}

const PIECE = /([()])|('[^']*')|(')|([^\s()']+)/g

/** A piece as a message quotes it. */
export function shown({ kind, value }: Token): string {
  if (kind === 'end') return 'the end'
  const short = value.length > 40 ? `${value.slice(0, 39)}…` : value
  return kind === 'text' ? `the text '${short}'` : `"${short}"`
}
