/**
 * What each tool acts on in a text, written from the table of vendors' formats and by hand, character by character: it
 * shares nothing with the neutraliser it judges.
 */
export type Recogniser = (text: string) => readonly string[]

const isSpace = (char: string | undefined) => char === undefined || char.trim() === ''
const isLetter = (char: string | undefined) =>
  char !== undefined && ((char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z'))
const isDigit = (char: string | undefined) => char !== undefined && char >= '0' && char <= '9'

/** Every place that begins with one of the leads and at which a test of the text from there on holds. */
function everywhere(name: string, leads: string, test: (rest: string, before: string | undefined) => boolean): Recogniser {
  return text => {
    const found: string[] = []
    for (const lead of leads)
      for (let at = text.indexOf(lead); at >= 0; at = text.indexOf(lead, at + 1))
        if (test(text.slice(at, at + 12), text[at - 1])) found.push(name)
    return found
  }
}

function eachLine(name: string, test: (line: string) => boolean): Recogniser {
  return text => text.split('\n').flatMap(line => (test(line) ? [name] : []))
}

/** A word begins after these: a mention counts there and inside a word it does not. */
const opens = (before: string | undefined) => isSpace(before) || '([{<"\'`*|>:;,='.includes(before ?? '')

export const SHELL = everywhere('shell', '!', rest => rest.startsWith('!`') || rest.startsWith('!{'))
export const RUN_FENCE = eachLine('run fence', line => {
  const rest = line.trimStart()
  return (rest.startsWith('```') || rest.startsWith('~~~')) && rest.slice(3).replaceAll('`', '').trimStart().startsWith('!')
})
export const MENTION = everywhere('mention', '@', (rest, before) => rest[0] === '@' && !isSpace(rest[1]) && opens(before))
export const BRACED_FILE = everywhere('braced file', '@', rest => rest.startsWith('@{'))
export const ARGUMENTS = everywhere(
  'arguments',
  '$',
  rest => rest.startsWith('$ARGUMENTS') || (rest[0] === '$' && isDigit(rest[1])),
)
export const VARIABLES = everywhere('variable', '$', rest => rest.startsWith('${'))
export const STARTS_SKILL = everywhere('skill', '$', rest => rest[0] === '$' && isLetter(rest[1]))
export const BRACES = everywhere('braces', '{}%#', rest =>
  ['{{', '}}', '{%', '%}', '{#', '#}'].some(token => rest.startsWith(token)),
)
export const HASH_FILE = everywhere('hash file', '#', rest => rest.startsWith('#[['))
export const HASH_TOOL = everywhere('hash tool', '#', (rest, before) => rest[0] === '#' && isLetter(rest[1]) && opens(before))
export const FILE_ADDRESS = everywhere('file address', 'fF', rest => rest.toLowerCase().startsWith('file://'))
export const TAGS = everywhere(
  'tag',
  '<',
  (rest, before) => rest[1] === '!' || rest[1] === '/' || (isLetter(rest[1]) && opens(before)),
)
export const LINKS = everywhere('link', ']', rest => rest.startsWith(']('))
export const FENCES = everywhere('fence', '`~', rest => rest.startsWith('```') || rest.startsWith('~~~'))
export const BREAKS = eachLine('break', line => line.trimStart().startsWith('---') || line.trimStart().startsWith('+++'))
export const TRIPLE = everywhere('triple quote', '"', rest => rest.startsWith('"""'))
export const HEADINGS = eachLine('heading', line => {
  const rest = line.trimStart()
  const marks = rest.length - rest.replace(/^#+/, '').length
  return marks > 0 && marks < 7 && isSpace(rest[marks])
})
/** First and last code points of what nobody sees, line ends left out. */
const UNSEEN_RANGES = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xe000, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xe0000, 0x10ffff],
] as const
export const UNSEEN: Recogniser = text => {
  const found: string[] = []
  // Nearly all of a text is printable ASCII, which needs no look at the ranges.
  for (const [char] of text.matchAll(/[^\n\x20-\x7e]/gu)) {
    const point = char.codePointAt(0) ?? 0
    if (UNSEEN_RANGES.some(([first, last]) => first <= point && point <= last)) found.push('unseen')
  }
  return found
}
const MARKDOWN = [TAGS, LINKS, FENCES, BREAKS, HEADINGS, UNSEEN]
const CLAUDE = [SHELL, RUN_FENCE, MENTION, ARGUMENTS]
const COPILOT = [VARIABLES, HASH_TOOL, MENTION]
const KIRO = [HASH_FILE, ARGUMENTS, MENTION]
const CODEX = [STARTS_SKILL, MENTION]
const GEMINI = [SHELL, BRACED_FILE, BRACES]
/** A skill is read by most tools, whichever folder it lies in. */
const SHARED = [...CLAUDE, ...COPILOT, ...KIRO, ...CODEX, ...GEMINI]

/** What the tools that read a target's files act on. */
export const RECOGNISERS: Readonly<Record<string, readonly Recogniser[]>> = {
  markdown: [...SHARED, TRIPLE],
  skill: SHARED,
  agents: SHARED,
  'claude-skill': SHARED,
  'claude-rules': SHARED,
  'cursor-command': [MENTION, VARIABLES, HASH_TOOL],
  'cursor-skill': SHARED,
  'cursor-rules': SHARED,
  'copilot-skill': SHARED,
  'copilot-instructions': SHARED,
  'copilot-paths': SHARED,
  'copilot-prompt': COPILOT,
  'copilot-reviewer': SHARED,
  'gemini-command': [...GEMINI, TRIPLE],
  'codex-skill': SHARED,
  'devin-rules': SHARED,
  'devin-workflow': [MENTION],
  'kiro-skill': SHARED,
  'kiro-steering': SHARED,
  'kiro-spec': KIRO,
  'cline-rules': [MENTION],
  'antigravity-rules': SHARED,
  dotprompt: [BRACES],
  promptfoo: [BRACES, FILE_ADDRESS],
}

/** Every token that a target's tools would act on, by name, in order of the recognisers. */
export function recognised(target: string, text: string): readonly string[] {
  const own = RECOGNISERS[target]
  if (!own) throw new Error(`no recogniser for ${target}`)
  return [...new Set([...own, ...MARKDOWN])].flatMap(recogniser => recogniser(text))
}
