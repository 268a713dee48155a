const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' }

/**
 * The beginning of an HCL text up to the last whole line before `fault`, with the blocks that are open there closed. A line within a
 * list or a text over several lines is no end: the beginning then ends where that attribute begins.
 */
export function closedHcl(text: string, fault: number): string | undefined {
  const open: string[] = []
  let safe: { readonly at: number; readonly depth: number } = { at: 0, depth: 0 }
  let isBlocks = true
  for (let at = 0; at < fault; ) {
    const rest = text[at] as string
    if (rest === '\n' && isBlocks) safe = { at: at + 1, depth: open.length }
    const next = passed(text, at)
    if (next === undefined || next > fault) break
    if (next === at + 1) {
      if (CLOSING[rest] !== undefined) open.push(rest)
      else if (rest === '}' || rest === ']' || rest === ')') open.pop()
      isBlocks = open.every(char => char === '{')
    }
    at = next
  }
  if (safe.at === 0) return undefined
  const closing = open
    .slice(0, safe.depth)
    .reverse()
    .map(char => CLOSING[char])
  return `${text.slice(0, safe.at)}${closing.join('\n')}\n`
}

/** The end of the comment or text that begins here, or the next character; nothing when it has no end. */
function passed(text: string, at: number): number | undefined {
  if (text[at] === '#' || text.startsWith('//', at)) return lineEnd(text, at)
  if (text.startsWith('/*', at)) return after(text, '*/', at)
  if (text[at] === '"') return quotedEnd(text, at)
  if (!text.startsWith('<<', at)) return at + 1
  const marker = /^<<-?([\p{L}_][\p{L}\p{N}_-]{0,200})[ \t]*\r?\n/u.exec(text.slice(at, at + 300))
  return marker ? heredocEnd(text, at + marker[0].length, marker[1] ?? '') : at + 2
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

function after(text: string, sign: string, at: number): number | undefined {
  const end = text.indexOf(sign, at + 2)
  return end < 0 ? undefined : end + sign.length
}

function quotedEnd(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return undefined
}

function heredocEnd(text: string, from: number, marker: string): number | undefined {
  for (let line = from; line < text.length; line = lineEnd(text, line) + 1)
    if (text.slice(line, lineEnd(text, line)).trim() === marker) return lineEnd(text, line)
  return undefined
}
