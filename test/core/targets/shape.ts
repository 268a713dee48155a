/**
 * How a text is built, line by line: headings, lists, quotations, rows of tables with their cells, edges of material from
 * outside. What comes from a design fills lines and makes none, so a hostile design gives the shape of a calm one. Written
 * by hand, like the recognisers, and sharing nothing with what it judges.
 */
export function shapeOf(text: string): readonly string[] {
  const shape: string[] = []
  let inside = false
  for (const line of text.split('\n')) {
    if (inside && line.startsWith('END DATA ')) inside = false
    // However many lines of it there are, each of them is a cell.
    if (inside) {
      if (!line.startsWith('| ') || /[^\S ]/.test(line) || isEdge(line.slice(2))) shape.push(`loose line in the data: ${line}`)
      continue
    }
    shape.push(kindOf(line))
    if (line.startsWith('BEGIN DATA ')) inside = true
  }
  return shape
}

/** What reads like a line around material from outside: a forged one would let what follows it out of there, or in. */
function isEdge(line: string): boolean {
  return /^\s*(?:BEGIN|END)\s+DATA\b/.test(line)
}

function kindOf(line: string): string {
  const rest = line.trimStart()
  if (rest === '') return ''
  if (isEdge(rest)) return 'edge'
  if (line.length - rest.length >= 4) return 'code'
  if (/^#{1,6}(?:\s|$)/.test(rest)) return rest.slice(0, rest.search(/[^#]|$/))
  if (rest.startsWith('>')) return '>'
  if (rest.startsWith('|')) return `row of ${cellsIn(rest)}`
  if (/^[-+*](?:\s|$)/.test(rest)) return /^[-+*] \[[ xX]\] /.test(rest) ? 'task' : 'item'
  if (/^\d{1,9}[.)](?:\s|$)/.test(rest)) return 'number'
  if (/^(?:=+|-+)\s*$/.test(rest)) return 'underline'
  return 'text'
}

/** Marks that part cells; a backslash takes the next character away, a mark as well as another backslash. */
function cellsIn(row: string): number {
  let cells = 0
  for (let at = 0; at < row.length; at++) {
    if (row[at] === '\\') at++
    else if (row[at] === '|') cells++
  }
  return cells
}
