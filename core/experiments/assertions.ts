import type { Check, Expression } from '../../schemas/generated/types.ts'

/** An assertion of promptfoo over the text of an answer. */
export type Assertion = { readonly type: 'regex' | 'javascript'; readonly value: string }

/**
 * What of a check a text can be held against: tests it names, files its diff touches. Undefined when only evidence can decide.
 * An assertion shows less than the check asks: that a test is named, not that it runs.
 */
export function assertionsOf({ verify }: Pick<Check, 'verify'>): readonly Assertion[] | undefined {
  const found = verify ? partsOf(verify) : []
  return found.length > 0 ? found : undefined
}

function partsOf({ all, tests, commits }: Expression): readonly Assertion[] {
  if (all) return all.flatMap(partsOf)
  if (tests) return [{ type: 'regex', value: `(?:${tests.match.map(nameAnywhere).join('|')})` }]
  if (commits?.withinGlobs) return [diffWithin(commits.withinGlobs)]
  return []
}

/** The fixed words of a glob over names, in their order and on one line. */
function nameAnywhere(glob: string): string {
  const words = glob.split(/[*?]+/).filter(word => word !== '')
  return words.map(escaped).join('[^\\n]*')
}

function diffWithin(globs: readonly string[]): Assertion {
  const patterns = globs.map(glob => JSON.stringify(pathPattern(glob)).replace(/\{(?=[{%#])|[%#}](?=\})/g, escapedUnit))
  return {
    type: 'javascript',
    value: [
      `const allowed = [${patterns.join(', ')}].map(text => new RegExp(text))`,
      'const paths = [...output.matchAll(/^\\+\\+\\+ (?:b\\/)?(\\S+)/gm)].map(found => found[1])',
      'return paths.length > 0 && paths.every(path => allowed.some(pattern => pattern.test(path)))',
    ].join('\n'),
  }
}

/** promptfoo fills double braces in before it runs the code, so none may stand there. */
function escapedUnit(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A path glob as a pattern over whole paths: `**` over folders, `*` and `?` within one, `{a,b}` as a choice. */
export function pathPattern(glob: string): string {
  let pattern = ''
  let depth = 0
  for (let i = 0; i < glob.length; i++) {
    const char = glob.charAt(i)
    if (glob.startsWith('**/', i)) {
      pattern += '(?:[^/]+/)*'
      i += 2
    } else if (glob.startsWith('**', i)) {
      pattern += '.+'
      i++
    } else if (char === '*') pattern += '[^/]*'
    else if (char === '?') pattern += '[^/]'
    else if (char === '{' && glob.indexOf('}', i) > i) {
      pattern += '(?:'
      depth++
    } else if (char === '}' && depth > 0) {
      pattern += ')'
      depth--
    } else if (char === ',' && depth > 0) pattern += '|'
    else pattern += escaped(char)
  }
  return `^${pattern}${')'.repeat(depth)}$`
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
