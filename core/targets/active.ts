/**
 * Syntax that some coding tool acts on inside a prompt, by the name a target pack uses. Each pattern matches the
 * characters after which one space takes the meaning away and leaves the words readable.
 */
export const ACTIVE: Readonly<Record<string, RegExp>> = {
  /** Claude Code and Gemini run these while loading: !`cmd`, !{cmd}. */
  'shell-substitution': /!(?=[`{])/g,
  /** A file pulled into the prompt: @path, @{path}. */
  mention: /(?<![\w.%+/-])@(?=\S)|@(?=\{)/g,
  /** Arguments and variables: $ARGUMENTS, $1, ${env:X}, ${{ secrets.X }}. */
  arguments: /\$(?=ARGUMENTS|\d|\{)/g,
  /** Codex takes a dollar and a name for a skill to start: $name. */
  'skill-mention': /\$(?=[A-Za-z_])/g,
  /** Handlebars, dotprompt, Jinja, Gemini arguments: {{ }}, {% %}. */
  'template-braces': /\{(?=[{%#])|[%#}](?=\})/g,
  /** Kiro and VS Code: #[[file:x]], #tool:x, and names that VS Code puts things in for, as #codebase. */
  'hash-include': /#(?=\[\[|[A-Za-z]+:)|(?<!\w)#(?=[A-Za-z])/g,
  /** promptfoo reads files that are named so: file://x. */
  'file-address': /file:(?=\/\/)/gi,
  /** HTML comments and anything that looks like a tag or a role marker; Array<string> is neither. */
  'html-tag': /<(?=[!?/])|(?<![\w)\]])<(?=[A-Za-z])/g,
  /** A front matter or TOML fence at the start of a line. */
  'front-matter': /^[ \t]*([-+])(?=\1\1)/gm,
  /** A code fence; some tools run the ones whose info string starts with an exclamation mark. */
  'code-fence': /`(?=``)|(?<=`)`(?=`)|~(?=~~)|(?<=~)~(?=~)/g,
  /** Links and images that a preview would fetch: ](, ![. */
  'markdown-link': /\](?=\()|!(?=\[)/g,
  /** The end of a TOML text. */
  'triple-quote': /"(?="")/g,
}

/** Every name; what a target of unknown behaviour is held to. */
export const ALL_ACTIVE: readonly string[] = Object.keys(ACTIVE)

/** Where active syntax stands in a text: offsets of its first and one past its last character. */
export function activeIn(
  text: string,
  names: readonly string[],
): readonly { readonly name: string; readonly start: number; readonly end: number }[] {
  return names.flatMap(name => {
    const pattern = ACTIVE[name]
    if (!pattern) throw new Error(`activeIn: no syntax ${name}`)
    return [...text.matchAll(pattern)].map(match => ({ name, start: match.index, end: match.index + match[0].length + 1 }))
  })
}

/** Without any of these no pattern above matches, and nearly every text is without. */
const MAY_ACT = /[!@$#{}%<`~\]"]|--|\+\+|file:/i

/** The text with one space inside every active token, again until none is left. */
export function withoutActive(text: string, names: readonly string[]): string {
  let before = text
  if (!MAY_ACT.test(text)) return text
  for (;;) {
    let after = before
    for (const name of names) {
      const pattern = ACTIVE[name]
      if (!pattern) throw new Error(`withoutActive: no syntax ${name}`)
      after = after.replace(pattern, '$& ')
    }
    if (after === before) return after
    before = after
  }
}
