/**
 * The longest beginning of a JSON text that can be closed into a document: up to the last whole value before `fault`, with what is open
 * there closed. Nothing when not even its first bracket stands. Linear, and deaf to what stands after the fault.
 */
export function closedJson(text: string, fault: number): string | undefined {
  const open: string[] = []
  let safe = -1
  let isKey = false
  for (let at = 0; at < fault; at++) {
    const char = text[at] as string
    if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']')
      isKey = char === '{'
      safe = at + 1
    } else if (char === '}' || char === ']') {
      open.pop()
      safe = at + 1
    } else if (char === ',') isKey = open.at(-1) === '}'
    else if (char === ':') isKey = false
    else if (char === '"') {
      const end = endOfString(text, at, fault)
      if (end === undefined) break
      if (!isKey) safe = end
      at = end - 1
    } else if (/[\w.+-]/.test(char)) {
      const end = endOfWord(text, at, fault)
      // A number that the end cuts off may have been a longer one.
      if (end < fault) safe = end
      at = end - 1
    }
  }
  return safe < 0 || open.length === 0 ? undefined : text.slice(0, safe) + open.reverse().join('')
}

function endOfString(text: string, from: number, fault: number): number | undefined {
  for (let at = from + 1; at < fault; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return undefined
}

function endOfWord(text: string, from: number, fault: number): number {
  let at = from
  while (at < fault && /[\w.+-]/.test(text[at] as string)) at++
  return at
}
