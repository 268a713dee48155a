/**
 * Whether XML begins with this root element, whatever prefix it has there, by the first characters of the file; they are walked once.
 * Some files begin with a long licence.
 */
export function hasXmlRoot(head: string, root: string): boolean {
  let at = head.startsWith('\uFEFF') ? 1 : 0
  for (;;) {
    at = pastSpace(head, at)
    if (isNamed(head, at + 1, root) && head.startsWith('<', at)) return true
    if (head.startsWith('<!DOCTYPE', at) && isNamed(head, pastSpace(head, at + 9), root)) return true
    const end = endOf(head, at)
    if (end === undefined) return false
    at = end
  }
}

/** No real prefix is longer than the piece that is looked at. */
function isNamed(head: string, at: number, root: string): boolean {
  const name = /^[\w.-]+(?::[\w.-]+)?(?=[\s/>[])/.exec(head.slice(at, at + 100 + root.length))?.[0]
  return name?.slice(name.indexOf(':') + 1) === root
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
