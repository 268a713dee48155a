import { RE2JS } from 're2js'
import type { Engine } from './engine.ts'
import type { Span } from './found.ts'

/** An automaton that never goes back (RE2): for whole files and everything that comes from outside. */
export const linearEngine: Engine = (pattern, ignoresCase) => {
  const made = RE2JS.compile(pattern, ignoresCase ? RE2JS.CASE_INSENSITIVE : 0)
  return text => {
    const spans: Span[] = []
    const matcher = made.matcher(text)
    while (matcher.find()) if (matcher.end() > matcher.start()) spans.push({ start: matcher.start(), end: matcher.end() })
    return spans
  }
}
