const ROOT = 'cairis_model'

/** Whether a file looks like a model of CAIRIS, by its first characters; they are walked once. Some files begin with a long licence. */
export function looksLikeCairis(head: string): boolean {
  let at = head.startsWith('\uFEFF') ? 1 : 0
  for (;;) {
    at = pastSpace(head, at)
    if (isNamed(head, at, '<')) return true
    if (head.startsWith('<!DOCTYPE', at) && isNamed(head, pastSpace(head, at + 9), '')) return true
    const end = endOf(head, at)
    if (end === undefined) return false
    at = end
  }
}

function isNamed(head: string, at: number, before: string): boolean {
  const start = `${before}${ROOT}`
  return head.startsWith(start, at) && /^[\s/>[]/.test(head.charAt(at + start.length))
}

function pastSpace(head: string, from: number): number {
  let at = from
  while (/^\s/.test(head.charAt(at))) at++
  return at
}

/** Where the declaration, comment or document type that begins here ends; nothing for a tag or text. */
function endOf(head: string, at: number): number | undefined {
  const found = PROLOGUE.find(({ open }) => head.startsWith(open, at))
  const end = found ? head.indexOf(found.close, at + found.open.length) : -1
  return found && end >= 0 ? end + found.close.length : undefined
}

const PROLOGUE = [
  { open: '<?', close: '?>' },
  { open: '<!--', close: '-->' },
  { open: '<!DOCTYPE', close: '>' },
] as const
