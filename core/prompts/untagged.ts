import { CLOSE, MIDDLE, OPEN, type Stretch } from './tags.ts'

const FIRST = OPEN.charCodeAt(0)
const LAST = CLOSE.charCodeAt(0)

/** The finished text without marks, and its stretches; inner ones come after the outer ones that hold them. */
export function untagged(text: string): { readonly text: string; readonly stretches: readonly Stretch[] } {
  const stretches: { start: number; end: number; from: readonly string[] }[] = []
  const open: number[] = []
  const pieces: string[] = []
  let length = 0
  let at = 0
  // Letter by letter: hundreds of marks stand close together, and starting a pattern anew for each costs more.
  for (let found = 0; found < text.length; found++) {
    const code = text.charCodeAt(found)
    if (code < FIRST || code > LAST) continue
    if (found > at) pieces.push(text.slice(at, found))
    length += found - at
    at = found + 1
    if (code === FIRST) {
      const middle = text.indexOf(MIDDLE, at)
      open.push(stretches.length)
      stretches.push({ start: length, end: length, from: originsIn(text.slice(at, middle)) })
      at = middle + 1
      found = middle
    } else {
      const last = stretches[open.pop() ?? -1]
      if (last) last.end = length
    }
  }
  pieces.push(text.slice(at))
  return { text: pieces.join(''), stretches }
}

function originsIn(from: string): readonly string[] {
  if (from === '') return []
  return from.includes(' ') ? from.split(' ') : [from]
}
