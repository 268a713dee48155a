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
  let plain = ''
  for (let rest = text; ; ) {
    const at = rest.search(MARK)
    if (at < 0) return { text: plain + rest, stretches }
    plain += rest.slice(0, at)
    if (rest[at] === OPEN) {
      const middle = rest.indexOf(MIDDLE, at)
      open.push(stretches.length)
      const from = rest.slice(at + 1, middle)
      stretches.push({ start: plain.length, end: plain.length, from: from === '' ? [] : from.split(' ') })
      rest = rest.slice(middle + 1)
    } else {
      const last = stretches[open.pop() ?? -1]
      if (last) last.end = plain.length
      rest = rest.slice(at + 1)
    }
  }
}
