/**
 * Globs of a design are matched against paths and test names that others wrote. Turned into a regular expression
 * (as picomatch does) `*a*a*a*a*a*ab` needs 25 s on 120 characters, so they are walked here: never more than pattern x text.
 */

/** The most alternatives that braces may stand for; more match nothing. */
const MOST_ALTERNATIVES = 256

/** Whether a path fits: `*` and `?` within a folder, `**` over folders, `{a,b}`; everything else stands for itself. */
export function pathMatches(glob: string, path: string): boolean {
  const text = segmentsOf(path)
  return compiled(glob).some(pattern => segmentsMatch(pattern, text))
}

export function anyPathMatches(globs: readonly string[], path: string): boolean {
  return globs.some(glob => pathMatches(glob, path))
}

/** Like pathMatches; an absolute path fits when what follows some folder does, because nobody knows where the root was. */
export function foreignPathMatches(globs: readonly string[], path: string): boolean {
  if (anyPathMatches(globs, path)) return true
  if (!/^(?:\/|[A-Za-z]:\/)/.test(path)) return false
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    if (anyPathMatches(globs, path.slice(slash + 1))) return true
  return false
}

/** Whether a name fits: `*` stands for any text, `?` for one character, everything else for itself. */
export function nameMatches(glob: string, name: string): boolean {
  return wildcardMatches(glob, name)
}

/** The folder below which every match lies; empty for the root. */
export function fixedFolderOf(glob: string): string {
  const segments = segmentsOf(glob)
  const open = segments.findIndex(segment => /[*?{]/.test(segment))
  return segments.slice(0, open < 0 ? -1 : open).join('/')
}

const known = new Map<string, readonly (readonly string[])[]>()

function compiled(glob: string): readonly (readonly string[])[] {
  const found = known.get(glob)
  if (found) return found
  const patterns = alternativesOf(glob).map(segmentsOf)
  if (known.size >= 1000) known.clear()
  known.set(glob, patterns)
  return patterns
}

function segmentsOf(path: string): readonly string[] {
  return path.replace(/^(?:\.\/)+/, '').split('/')
}

/** `a{b,c}d` as `abd` and `acd`; a brace without a comma or a partner stands for itself. */
function alternativesOf(glob: string): readonly string[] {
  const done: string[] = []
  const waiting = [glob]
  while (waiting.length > 0) {
    const next = waiting.pop() as string
    const brace = firstBrace(next)
    if (!brace) done.push(next)
    else for (const choice of brace.choices) waiting.push(next.slice(0, brace.start) + choice + next.slice(brace.end + 1))
    if (done.length + waiting.length > MOST_ALTERNATIVES) return []
  }
  return done
}

function firstBrace(text: string): { start: number; end: number; choices: readonly string[] } | undefined {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    const cuts = [start]
    let depth = 0
    for (let i = start; i < text.length; i++) {
      if (text[i] === '{') depth++
      else if (text[i] === ',' && depth === 1) cuts.push(i)
      else if (text[i] === '}' && --depth === 0) {
        if (cuts.length === 1) break
        cuts.push(i)
        return { start, end: i, choices: cuts.slice(1).map((cut, n) => text.slice((cuts[n] as number) + 1, cut)) }
      }
    }
  }
  return undefined
}

/** `src/**` is what lies in src, not src itself. */
function segmentsMatch(pattern: readonly string[], text: readonly string[]): boolean {
  const end = walk(pattern, text, '**', (part, segment) => wildcardMatches(part, segment) && (part !== '*' || segment !== ''))
  return end === pattern.length
}

function wildcardMatches(pattern: string, text: string): boolean {
  const parts = [...pattern]
  let end = walk(parts, [...text], '*', (part, char) => part === '?' || part === char)
  while (parts[end] === '*') end++
  return end === parts.length
}

/** Greedy with one step back to the last star; how far into the pattern the whole text leads, -1 when it does not fit. */
function walk(
  pattern: readonly string[],
  text: readonly string[],
  star: string,
  fits: (part: string, item: string) => boolean,
): number {
  let p = 0
  let t = 0
  let starAt = -1
  let resumeAt = 0
  while (t < text.length) {
    const part = pattern[p]
    if (part === star) {
      starAt = p++
      resumeAt = t
    } else if (part !== undefined && fits(part, text[t] as string)) {
      p++
      t++
    } else if (starAt >= 0) {
      p = starAt + 1
      t = ++resumeAt
    } else return -1
  }
  return p
}
