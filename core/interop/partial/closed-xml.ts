const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!(?:[^<>"']|"[^"]*"|'[^']*')*>|<(?<name>[^\s<>/!?]+)(?:[^<>"']|"[^"]*"|'[^']*')*?(?<empty>\/?)>|<\/(?<end>[^\s<>/]+)\s*>/gy

/** The beginning of an XML text up to the last whole tag before `fault`, with the elements that are open there closed. */
export function closedXml(text: string, fault: number): string | undefined {
  const open: string[] = []
  let safe = 0
  let at = text.indexOf('<')
  while (at >= 0 && at < fault) {
    MARKUP.lastIndex = at
    const found = MARKUP.exec(text)
    if (!found || MARKUP.lastIndex > fault) break
    const { name, empty, end } = found.groups ?? {}
    if (end !== undefined && open.at(-1) !== end) break
    if (end !== undefined) open.pop()
    else if (name !== undefined && empty === '') open.push(name)
    safe = MARKUP.lastIndex
    at = text.indexOf('<', safe)
  }
  const closing = open.reverse().map(name => `</${name}>`)
  return closing.length === 0 ? undefined : text.slice(0, safe) + closing.join('')
}
