/** A line such as `Assisted-by: Tool:model` at the end of a commit message, unfolded; the name as it was written. */
export type Trailer = { readonly name: string; readonly value: string }

/** UTF-16 units of the longest commit message that is looked into. */
export const MESSAGE_LENGTH = 1024 * 1024

/**
 * The trailers of a commit message, found by the rules of `git interpret-trailers --parse`; `divider: false` reads a line
 * that begins with three hyphens as text, as git does in messages of commits. Source: git-interpret-trailers(1).
 */
export function trailersIn(message: string, { divider = false }: { readonly divider?: boolean } = {}): readonly Trailer[] {
  const lines = withoutTail(linesOf(message, divider))
  return unfolded(lines.slice(blockStart(lines))).flatMap(line => {
    if (line.startsWith('#')) return []
    const colon = separatorIn(line)
    return colon < 1 ? [] : [{ name: line.slice(0, colon).replace(EDGES, ''), value: onOneLine(line.slice(colon + 1)) }]
  })
}

/** Trailers as the last paragraph of a commit message. */
export function trailerText(trailers: readonly Trailer[]): string {
  return trailers.map(({ name, value }) => `${name}: ${value}\n`).join('')
}

/** What git counts as space, and nothing else: a no-break space is a letter to it. */
const EDGES = /^[ \t\r\n]+|[ \t\r\n]+$/g

function linesOf(text: string, divider: boolean): readonly string[] {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const end = divider ? lines.findIndex(line => /^---[ \t\r\n]/.test(line)) : -1
  return end < 0 ? lines : lines.slice(0, end)
}

/** Without what `git commit --verbose` left below its scissors, and without comments, empty lines and old conflict lists at the end. */
function withoutTail(all: readonly string[]): readonly string[] {
  const cut = all.indexOf(`# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}\n`)
  const lines = cut < 0 ? all : all.slice(0, cut)
  // Git takes line 0 for "no tail yet", so a message that begins with a comment has its tail one line later.
  let tail = 0
  let inConflicts = false
  for (const [at, line] of lines.entries()) {
    const isConflicts = line === 'Conflicts:\n'
    inConflicts ||= isConflicts
    if (line.startsWith('#') || line === '\n' || isConflicts) tail ||= at
    else if (tail !== 0 && !(inConflicts && line.startsWith('\t'))) {
      tail = 0
      inConflicts = false
    }
  }
  return tail === 0 ? lines : lines.slice(0, tail)
}

const MADE_BY_GIT = /^(?:Signed-off-by: |\(cherry picked from commit )/

/** First line of the last paragraph when it holds trailers; the number of lines when it does not. The title never counts. */
function blockStart(lines: readonly string[]): number {
  const blank = lines.findIndex(line => !line.startsWith('#') && isBlank(line))
  const endOfTitle = blank < 0 ? lines.length : blank
  let trailers = 0
  let others = 0
  let folded = 0
  let isByGit = false
  let onlySpace = true
  for (let at = lines.length - 1; at >= endOfTitle; at--) {
    const line = lines[at] as string
    if (line.startsWith('#')) {
      others += folded
      folded = 0
    } else if (isBlank(line)) {
      if (onlySpace) continue
      others += folded
      const isBlock = (isByGit && trailers * 3 >= others) || (trailers > 0 && others === 0)
      return isBlock ? at + 1 : lines.length
    } else {
      onlySpace = false
      const isGits = MADE_BY_GIT.test(line)
      if (isGits || (separatorIn(line) >= 1 && !isSpace(line))) {
        trailers++
        folded = 0
        isByGit ||= isGits
      } else if (isSpace(line)) folded++
      else {
        others += 1 + folded
        folded = 0
      }
    }
  }
  return lines.length
}

function isBlank(line: string): boolean {
  return /^[ \t\r]*\n?$/.test(line)
}

function isSpace(line: string): boolean {
  return /^[ \t\r\n]/.test(line)
}

/** Where the name of a trailer ends: letters, digits and hyphens, then space, then the colon; below 1 for any other line. */
function separatorIn(line: string): number {
  const match = /^[A-Za-z0-9-]*(?:[ \t][ \t]*)?:/.exec(line)
  return match && !/^[ \t]/.test(line) ? match[0].length - 1 : -1
}

/** Lines that begin with space belong to the trailer above them. */
function unfolded(lines: readonly string[]): readonly string[] {
  const whole: string[] = []
  let takesMore = false
  for (const line of lines) {
    if (takesMore && isSpace(line)) whole[whole.length - 1] += line
    else {
      whole.push(line)
      takesMore = separatorIn(line) >= 1
    }
  }
  return whole
}

function onOneLine(value: string): string {
  return value
    .replace(EDGES, '')
    .replace(/\n[ \t\r\n]*/g, ' ')
    .replace(EDGES, '')
}
