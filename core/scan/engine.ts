import type { Span } from './found.ts'

/** Finds a pattern in a text: all places, left to right, none over another. */
export type Find = (text: string) => readonly Span[]

/**
 * Makes a pattern searchable. Patterns are written in what RE2 and the language share: no look-around, no references, every repeat
 * bounded. So both engines find the same, and neither needs more than a fixed number of steps for each character.
 */
export type Engine = (pattern: string, ignoresCase: boolean) => Find

/** The expressions of the language itself: for the window's first script, whose texts are short. */
export const plainEngine: Engine = (pattern, ignoresCase) => {
  const made = new RegExp(pattern, ignoresCase ? 'giu' : 'gu')
  return text => {
    const spans: Span[] = []
    for (const match of text.matchAll(made))
      if (match[0] !== '') spans.push({ start: match.index, end: match.index + match[0].length })
    return spans
  }
}
