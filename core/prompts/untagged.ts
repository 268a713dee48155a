import { MIDDLE, OPEN, type Stretch } from './tags.ts'

/** The finished text without marks, and its stretches; inner ones come after the outer ones that hold them. */
export function untagged(text: string): { readonly text: string; readonly stretches: readonly Stretch[] } {
  const stretches: { start: number; end: number; from: readonly string[] }[] = []
  const open: number[] = []
  const pieces: string[] = []
  let length = 0
  let at = 0
  const mark = /[\ue000-\ue002]/g
  while (mark.test(text)) {
    const found = mark.lastIndex - 1
    if (found > at) pieces.push(text.slice(at, found))
    length += found - at
    at = found + 1
    if (text[found] === OPEN) {
      const middle = text.indexOf(MIDDLE, at)
      open.push(stretches.length)
      stretches.push({ start: length, end: length, from: originsIn(text.slice(at, middle)) })
      at = middle + 1
      mark.lastIndex = at
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
