/** Private-use characters that no text of the design still holds when it gets here. */
const OPEN = '\ue000'
const MIDDLE = '\ue001'
const CLOSE = '\ue002'
const MARK = /[\ue000-\ue002]/

/** A stretch of the finished text and where it is from. */
export type Stretch = { readonly start: number; readonly end: number; readonly from: readonly string[] }

/** A text that remembers where it is from while it goes through a template. */
export function tagged(from: readonly string[], text: string): string {
  return `${OPEN}${from.join(' ')}${MIDDLE}${text}${CLOSE}`
}

/** The finished text without marks, and its stretches; inner ones come after the outer ones that hold them. */
export function untagged(text: string): { readonly text: string; readonly stretches: readonly Stretch[] } {
  const stretches: { start: number; end: number; from: readonly string[] }[] = []
  const open: number[] = []
  const pieces: string[] = []
  const mark = new RegExp(MARK, 'g')
  let length = 0
  let at = 0
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
