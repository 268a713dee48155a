/** What may stand in a YAML file that we write: maps keep their order, every text is written so that it reads back as itself. */
export type YamlValue = string | number | boolean | readonly YamlValue[] | { readonly [key: string]: YamlValue } | Commented

/** A value with remarks above it; they stay on their lines. */
export type Commented = { readonly comments: readonly string[]; readonly of: YamlValue }

/** A YAML 1.2 document. Texts of several lines stand as they are, all others in double quotes, so that nothing is misread. */
export function yamlText(comments: readonly string[], value: { readonly [key: string]: YamlValue }): string {
  return `${[...comments.map(commentOf), ...mapLines(value, '')].join('\n')}\n`
}

function commentOf(text: string): string {
  return `# ${text.replace(/[^\x20-\x7e\xa1-\ud7ff\ue000-\ufefe]/g, ' ')}`.trimEnd()
}

function mapLines(map: { readonly [key: string]: YamlValue }, indent: string): readonly string[] {
  return Object.entries(map).flatMap(([key, value]) => placed(`${indent}${KEY.test(key) ? key : quoted(key)}:`, value, indent))
}

/** Keys that no reader takes for anything but a text. */
const KEY = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][A-Za-z]*$/

function placed(head: string, value: YamlValue, indent: string): readonly string[] {
  if (typeof value === 'string') return textLines(head, value, `${indent}  `)
  if (typeof value === 'number' || typeof value === 'boolean') return [`${head} ${value}`]
  if (isList(value)) return value.length === 0 ? [`${head} []`] : [head, ...value.flatMap(item => itemLines(item, `${indent}  `))]
  if (isCommented(value)) return placed(head, value.of, indent)
  return Object.keys(value).length === 0 ? [`${head} {}`] : [head, ...mapLines(value, `${indent}  `)]
}

function itemLines(value: YamlValue, indent: string): readonly string[] {
  if (isCommented(value))
    return [...value.comments.map(comment => `${indent}${commentOf(comment)}`), ...itemLines(value.of, indent)]
  if (typeof value !== 'object' || isList(value) || Object.keys(value).length === 0) return placed(`${indent}-`, value, indent)
  const [first = '', ...rest] = mapLines(value, `${indent}  `)
  return [`${indent}- ${first.trimStart()}`, ...rest]
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value)
}

function isCommented(value: YamlValue): value is Commented {
  return typeof value === 'object' && !isList(value) && 'comments' in value && 'of' in value
}

/** Characters that a literal block keeps; line breaks of other kinds and whatever is not printable it does not. */
const LITERAL = /^(?:[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|[\ud800-\udbff][\udc00-\udfff])*$/

function textLines(head: string, text: string, indent: string): readonly string[] {
  if (!text.includes('\n') || !LITERAL.test(text) || text.trim() === '') return [`${head} ${quoted(text)}`]
  const ends = /\n*$/.exec(text)?.[0].length ?? 0
  const keep = ends === 0 ? '-' : ends === 1 ? '' : '+'
  const lines = (ends === 0 ? text : text.slice(0, -1)).split('\n')
  return [`${head} |2${keep}`, ...lines.map(line => (line === '' ? '' : indent + line))]
}

/** JSON is YAML once every character that YAML does not print is escaped; halves of surrogate pairs become the replacement character. */
function quoted(text: string): string {
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
  return JSON.stringify(whole).replace(
    /[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
