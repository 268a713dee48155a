/** A file at one side of the change; without text when it is binary, no UTF-8 or too large. */
export type Side = { readonly sha256: string; readonly text?: string }

/** A changed file as it was and as it is; a side is absent where there was or is no such file. */
export type ChangedText = { readonly path: string; readonly before?: Side; readonly after?: Side }

/** A line of a file, counted from 1. */
export type NumberedLine = { readonly line: number; readonly text: string; readonly next: string }

/** Lines with the next line that is not empty: what a comment or an annotation on a line of its own speaks of. */
export function linesOf(text: string): readonly NumberedLine[] {
  const texts = text.split(/\r\n|\n|\r/)
  const lines: NumberedLine[] = new Array(texts.length)
  let next = ''
  for (let at = texts.length - 1; at >= 0; at--) {
    const line = texts[at] as string
    lines[at] = { line: at + 1, text: line, next }
    if (line.trim() !== '') next = line
  }
  return lines
}

/**
 * Lines of interest that stand more often after the change than before, in one pass over each side. A line that stands alone counts
 * together with what it speaks of, so that a comment moved above other code is a new one; a block that moves as a whole is not.
 */
export function linesAdded(
  { before, after }: Pick<ChangedText, 'before' | 'after'>,
  isOfInterest: (line: NumberedLine) => boolean,
): readonly NumberedLine[] {
  const was = new Map<string, number>()
  for (const line of linesOf(before?.text ?? '')) if (isOfInterest(line)) was.set(keyOf(line), (was.get(keyOf(line)) ?? 0) + 1)
  return linesOf(after?.text ?? '').filter(line => {
    if (!isOfInterest(line)) return false
    const left = was.get(keyOf(line)) ?? 0
    was.set(keyOf(line), left - 1)
    return left <= 0
  })
}

function keyOf({ text, next }: NumberedLine): string {
  const own = text.trim()
  return /^(?:\/\/|\/\*|\*|#|<!--|--|;|%|@|\[)/.test(own) ? `${own}\n${next.trim()}` : own
}

/** A line as it is compared with built-in words: lower case, one space, none around a colon. */
export function plainLine(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').replace(/ ?: ?/g, ':').trim()
}

/** Files that no scanner reads as code: words in them silence nothing. */
export function isProse(path: string): boolean {
  return /\.(?:md|mdx|markdown|rst|adoc|txt)$/i.test(path)
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
