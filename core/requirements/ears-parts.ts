/** Sentence patterns after EARS (Mavin et al., Easy Approach to Requirements Syntax, RE'09). */
export type EarsPattern = 'ubiquitous' | 'event' | 'state' | 'optional' | 'unwanted' | 'complex' | 'none'

/** What a requirement says, taken apart. Every part is the text as written, without its keyword. */
export type Ears = {
  readonly pattern: EarsPattern
  /** After WHEN. */
  readonly trigger?: string
  /** After WHILE. */
  readonly state?: string
  /** After WHERE. */
  readonly feature?: string
  /** After IF. */
  readonly condition?: string
  /** Who shall, without its article. */
  readonly actor?: string
  /** shall, must, should, ... as written. */
  readonly modal?: string
  /** What they shall do, up to the end of the sentence. */
  readonly response?: string
  /** Where actor, modal and response start in the statement, in UTF-16 units. */
  readonly places?: { readonly actor: number; readonly modal: number; readonly response: number }
}

export type Part = 'trigger' | 'state' | 'feature' | 'condition'
/** A clause beside the main one, from its keyword on. */
export type Clause = { readonly part: Part; readonly text: string }

const PATTERNS: Readonly<Record<Part, EarsPattern>> = {
  trigger: 'event',
  state: 'state',
  feature: 'optional',
  condition: 'unwanted',
}

/** The pattern follows from the clauses beside the main one. */
export function sentenceOf(clauses: readonly Clause[], main: Omit<Ears, 'pattern' | Part>): Ears {
  const parts: { [P in Part]?: string } = {}
  for (const { part, text } of clauses) parts[part] = parts[part] === undefined ? text : `${parts[part]}, ${text}`
  return { pattern: patternOf(Object.keys(parts) as Part[]), ...parts, ...main }
}

function patternOf(parts: readonly Part[]): EarsPattern {
  const [only, ...more] = parts
  if (only === undefined) return 'ubiquitous'
  return more.length > 0 ? 'complex' : PATTERNS[only]
}
