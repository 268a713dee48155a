/** The style of a cell: names of styles, and values by their keys. */
export type Style = { readonly names: ReadonlySet<string>; readonly values: ReadonlyMap<string, string> }

/** `ellipse;whiteSpace=wrap;html=1;` */
export function styleOf(text: string): Style {
  const names = new Set<string>()
  const values = new Map<string, string>()
  for (const part of text.slice(0, 20_000).split(';')) {
    const at = part.indexOf('=')
    if (at > 0) values.set(part.slice(0, at).trim(), part.slice(at + 1).trim())
    else if (part.trim() !== '') names.add(part.trim())
  }
  return { names, values }
}

/** The name of the shape: stated, or one of the names that stand for one. */
export function shapeIn({ names, values }: Style): string {
  return (values.get('shape') ?? [...names].find(name => !PLAIN.has(name)) ?? '').toLowerCase()
}

const PLAIN: ReadonlySet<string> = new Set(['rounded', 'html', 'whiteSpace', 'default'])

export function isOn({ names, values }: Style, key: string): boolean {
  return names.has(key) || (values.get(key) ?? '0') !== '0'
}

/** Whether an end of a line has an arrow; without a word, a line has one at its target only. */
export function hasArrow({ values }: Style, end: 'startArrow' | 'endArrow'): boolean {
  const arrow = values.get(end) ?? (end === 'endArrow' ? 'classic' : 'none')
  return arrow !== 'none' && arrow !== ''
}
