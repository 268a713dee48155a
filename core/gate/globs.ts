/** Why a glob may not stand in a work item, or undefined. They are relative to the repository and never leave it. */
export function globFault(glob: string): string | undefined {
  if (glob.trim() === '' || glob !== glob.trim()) return 'is empty or has space around it'
  if (glob.startsWith('/') || /^[A-Za-z]:/.test(glob)) return 'is not relative to the repository'
  if (glob.includes('\\')) return 'holds a backslash; folders are written with /'
  if (glob.split('/').includes('..')) return 'leaves the repository with ..'
  return undefined
}

/** Whether two globs could name the same file; says yes when it cannot tell. */
export function mayOverlap(a: string, b: string): boolean {
  if (globFault(a) !== undefined || globFault(b) !== undefined) return true
  const left = literalPart(a)
  const right = literalPart(b)
  return left.startsWith(right) || right.startsWith(left)
}

/** Whether every file of the inner glob is one of the outer's; says no when it cannot tell. */
export function liesWithin(inner: string, outer: string): boolean {
  if (globFault(inner) !== undefined || globFault(outer) !== undefined) return false
  if (inner === outer || outer === '**') return true
  return outer.endsWith('/**') && !WILD.test(outer.slice(0, -3)) && inner.startsWith(outer.slice(0, -2))
}

const WILD = /[*?[\]{}()!+@]/

/** What stands before the first wildcard: a file below it starts with these characters. */
function literalPart(glob: string): string {
  const wild = glob.search(WILD)
  return wild < 0 ? glob : glob.slice(0, wild)
}
