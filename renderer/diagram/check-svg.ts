/** What a picture may not hold: anything that runs, loads or leads elsewhere. */
const FORBIDDEN: readonly RegExp[] = [
  /<\s*(script|foreignObject|iframe|embed|object|image|audio|video|use|a|animate\w*|set|handler|listener)[\s>/]/i,
  /\son[a-z]+\s*=/i,
  /\b(?:xlink:)?href\s*=/i,
  /javascript\s*:/i,
  /@import/i,
  /url\(\s*(?!["']?#)/i,
  /<!(?:DOCTYPE|ENTITY)/i,
  /<\?xml-stylesheet/i,
]

/** Whether an SVG is a plain picture. It is shown as an image, where nothing runs; this is the second lock. */
export function isPlainSvg(svg: string): boolean {
  return /^\s*<svg[\s>]/.test(svg) && svg.length < 5_000_000 && FORBIDDEN.every(pattern => !pattern.test(svg))
}

/** Only flowcharts are drawn, without front matter, directives and markup, and no larger than a person reads. */
export function drawable(text: string): string | undefined {
  const bare = text
    .replace(/^\uFEFF?\s*---\r?\n[\s\S]*?\r?\n---\s*\r?\n/, '')
    .replace(/%%\{[\s\S]*?\}%%/g, '')
    .replace(/<(?=[a-z!/?])(?!br\s*\/?>)/gi, '#60;')
    .trim()
  return /^(flowchart|graph)\b/.test(bare) && bare.length <= LARGEST && bare.split('\n').length <= MOST_LINES ? bare : undefined
}

const LARGEST = 100_000
const MOST_LINES = 1500
