/** Whether a file looks like a draw.io diagram, by its first characters; they are walked once. */
export function looksLikeDrawio(head: string): boolean {
  let at = head.startsWith('\uFEFF') ? 1 : 0
  for (;;) {
    while (/^\s/.test(head.charAt(at))) at++
    if (ROOT.test(head.slice(at, at + 30))) return true
    const found = PROLOGUE.find(({ open }) => head.startsWith(open, at))
    const end = found ? head.indexOf(found.close, at + found.open.length) : -1
    if (!found || end < 0) return false
    at = end + found.close.length
  }
}

const ROOT = /^<(!DOCTYPE\s)?(mxfile|mxGraphModel)[\s/>[]/
const PROLOGUE = [
  { open: '<?', close: '?>' },
  { open: '<!--', close: '-->' },
  { open: '<!DOCTYPE', close: '>' },
] as const
