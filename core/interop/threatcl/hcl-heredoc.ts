import { type HclReader, stop } from './hcl-reader.ts'

const OPENING = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*(?:\r?\n|$)/uy

/** Whether a text over several lines begins here; HCL knows no shift. */
export function isHeredoc({ text, at }: HclReader): boolean {
  return text.startsWith('<<', at)
}

/** Passes a text over several lines, up to the line that holds its marker and nothing else. Nothing when parts of it are computed. */
export function readHeredoc(reader: HclReader): string | undefined {
  const { text, at: start } = reader
  OPENING.lastIndex = start
  const [opening = '', dash, marker] = OPENING.exec(text) ?? []
  if (marker === undefined) {
    stop(reader, start, 'After << stands no marker that ends its line.', 'Write <<EOT and go on in a new line.')
    return undefined
  }
  const from = start + opening.length
  for (let line = from; line < text.length; ) {
    const end = text.indexOf('\n', line)
    const next = end < 0 ? text.length : end + 1
    const content = text.slice(line, next)
    if (content.trim() === marker) {
      reader.at = line + content.trimEnd().length
      const whole = text.slice(from, line).replaceAll('\r\n', '\n')
      return fixedText(dash === '-' ? withoutIndent(whole) : whole)
    }
    line = next
  }
  const message = `This text is never closed: no line holds ${marker.slice(0, 40)} alone.`
  stop(reader, start, message, 'The file looks cut off: fetch it again, or write the marker.')
  return undefined
}

/** Blank lines do not count for how far all lines are indented. */
function withoutIndent(text: string): string {
  const lines = text.split('\n')
  const indents = lines.map(line => (line.trim() === '' ? Number.POSITIVE_INFINITY : indentOf(line)))
  const least = indents.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  return lines.map(line => line.slice(Math.min(least, indentOf(line)))).join('\n')
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

/** The text without the doubled signs that keep `${` and `%{` from being computed; nothing when some of it would be. */
export function fixedText(text: string): string | undefined {
  let isFixed = true
  const plain = text.replace(/([$%])(\1?)\{/g, (whole: string, _sign: string, doubled: string) => {
    if (doubled === '') isFixed = false
    return whole.slice(doubled.length)
  })
  return isFixed ? plain : undefined
}
