import { type Alias, Composer, CST, isAlias, isMap, isScalar, isSeq, Lexer, Parser, type Scalar, type YAMLMap } from 'yaml'
import { JSON_LIMITS, placeOf, tooLarge } from '../model/json.ts'
import { ok, type Problem, type Result, refuse } from '../support/result.ts'

export type YamlLimits = {
  /** UTF-16 units; a file over it is refused unread. */
  readonly length: number
  readonly depth: number
  /** Marks, texts, blanks and line ends; a line of a model has about eight. */
  readonly pieces: number
  /** What aliases may repeat: every value counts one, and one for each of its characters. */
  readonly repeated: number
}

/** The largest public model has 60 KB and 10,000 pieces; a million take a second or two. */
export const YAML_LIMITS: YamlLimits = {
  length: 16 * 1024 * 1024,
  depth: JSON_LIMITS.depth,
  pieces: 1_000_000,
  repeated: 1_000_000,
}

/**
 * Parses text that may be hostile into what parseJson would make of it: one document in the core schema of YAML 1.2, without
 * merge keys, so dates stay text. Infinity and whatever is no number stay text too, as JSON has no word for them.
 */
export function parseYaml(file: string, text: string, limits: YamlLimits = YAML_LIMITS): Result<unknown> {
  if (text.length > limits.length) return tooLarge(file, text.length, limits.length)
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  let fault: Fault | undefined
  const stop: Stop = first => {
    fault ??= first
    throw STOP
  }
  try {
    return ok(plainOf(treeOf(clean, limits, stop), limits, stop))
  } catch (error) {
    if (error !== STOP || !fault) throw error
    return refuse({ ...fault, at: placeOf(file, clean, fault.at) })
  }
}

/**
 * Keys at the top of a YAML text, found by a look at its lines without parsing it: what kind of file it may be. Only the first hundred
 * thousand characters are looked at, in linear time.
 */
export function topKeysOfYaml(text: string): ReadonlySet<string> {
  const lines = text
    .slice(0, 100_000)
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .filter(line => !/^\s*(#|$)|^(---|\.\.\.)(\s|$)|^%/.test(line))
  const indent = /^ */.exec(lines[0] ?? '')?.[0] ?? ''
  const keys = lines.flatMap(line => {
    const key = line.startsWith(indent)
      ? /^(["']?)([\w.-]{1,80})\1\s{0,20}:(\s|$)/.exec(line.slice(indent.length))?.[2]
      : undefined
    return key === undefined ? [] : [key]
  })
  return new Set(keys)
}

/** A problem at an offset of the text. */
type Fault = Omit<Problem, 'severity' | 'at'> & { readonly at: number }
type Stop = (fault: Fault) => never

const STOP = new Error('The document is refused.')

/** Keys are compared in recordOf: the library compares each with all before it. */
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const

/** The document as the library's tree, without a fault in its syntax. */
function treeOf(text: string, limits: YamlLimits, stop: Stop): unknown {
  const composer = new Composer(OPTIONS)
  // It would collect a million errors; the first is enough.
  const onError = (source: Source, code: string, message: string, isWarning?: boolean) => {
    const at = offsetOf(source)
    if (!isWarning || code === 'TAG_RESOLVE_FAILED')
      stop(faultOf(text, code === 'BAD_INDENT' ? nextContent(text, at) : at, code, message))
  }
  Object.assign(composer, { onError })
  const [document] = composer.compose(tokensOf(text, limits, stop), true, text.length)
  const root: unknown = document?.contents
  if (root === null || (isScalar(root) && root.type === 'PLAIN' && root.source === ''))
    stop({ code: 'yaml.empty', at: 0, message: 'Not valid YAML: the file is empty.', cure: 'Fetch or export it again.' })
  return root
}

/** The first document and what stands around it. Whatever would hurt the library never reaches it. */
function* tokensOf(text: string, limits: YamlLimits, stop: Stop): Generator<CST.Token> {
  forbidControls(text, stop)
  const parser = new Parser()
  let documents = 0
  for (const piece of withoutIdleLines(parser, piecesOf(text, limits, stop))) {
    for (const token of parser.next(piece)) {
      if (token.type === 'document' && documents++ > 0) continue
      if (token.type === 'error') {
        if (documents === 0) yield* parser.end()
        stop(faultOf(text, token.offset, 'UNEXPECTED_TOKEN', token.message))
      }
      yield token
    }
    if (documents > 0 && parser.stack.length > 1) stop(several(text, parser.stack[0]?.offset ?? 0))
    if (piece === ':') forbidCollectionKey(parser.stack.at(-1), stop)
    forbidDepth(parser.stack, limits.depth, stop)
  }
  if (documents === 0) yield* parser.end()
}

function* piecesOf(text: string, limits: YamlLimits, stop: Stop): Generator<string> {
  let pieces = 0
  let at = 0
  for (const piece of new Lexer().lex(text)) {
    if (++pieces > limits.pieces) stop(tooMany(at, limits.pieces))
    yield piece
    if (!SIGNS.has(piece)) at += piece.length
  }
}

/** Pieces that stand for something between two characters of the text; none can be in it, being controls. */
const SIGNS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR])

/** Leaves out lines that hold nothing or only a comment: each such comment would make the library look at all lines before it. */
function* withoutIdleLines(parser: Parser, pieces: Iterable<string>): Generator<string> {
  let spaces: string[] = []
  let isLineStart = true
  let isText = false
  for (const piece of pieces) {
    const isOpen = isLineStart && !isText
    if (isOpen && /^[ \t]/.test(piece)) spaces.push(piece)
    else if (isOpen && /^[\n#]/.test(piece)) {
      parser.offset += spaces.reduce((sum, space) => sum + space.length, piece.length)
      spaces = []
    } else {
      yield* spaces
      spaces = []
      yield piece
      isLineStart = piece === '\n' && !isText
    }
    isText = piece === CST.SCALAR && !isText
  }
}

function forbidControls(text: string, stop: Stop): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10)
      stop({
        code: 'yaml.control',
        at,
        message: `Holds the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}, which no YAML may.`,
        cure: 'It is binary, or text that is not stored as UTF-8: save it as UTF-8.',
      })
  }
}

/** Below the innermost collection there are only others, and the document. */
function forbidDepth(stack: readonly CST.Token[], depth: number, stop: Stop): void {
  const last = stack.at(-1)
  if (stack.length > depth + 1 && last && CST.isCollection(last)) stop(tooDeep(last.offset, depth))
}

/** Keys within keys would each be searched for line ends, to the innermost. */
function forbidCollectionKey(map: CST.Token | undefined, stop: Stop): void {
  const key = map && 'items' in map ? map.items.at(-1)?.key : undefined
  if (key && CST.isCollection(key)) stop(wrongKey(key.offset))
}

/** A value that has a name, or nothing while it is still being read. */
type Named = { readonly value: unknown; readonly weight: number; readonly height: number } | undefined

type Walk = {
  readonly limits: YamlLimits
  readonly stop: Stop
  readonly named: Map<string, Named>
  /** Of everything up to here. */
  weight: number
  repeated: number
  /** The deepest level since the last anchor. */
  deepest: number
}

function plainOf(root: unknown, limits: YamlLimits, stop: Stop): unknown {
  return plain(root, 0, { limits, stop, named: new Map(), weight: 0, repeated: 0, deepest: 0 })
}

/** The value of a node, `level` collections deep. Recursion is bounded: deeper trees were never built. */
function plain(node: unknown, level: number, walk: Walk): unknown {
  if (isAlias(node)) return repeated(node, level, walk)
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined
  if (anchor === undefined) return unnamed(node, level, walk)
  const before = { weight: walk.weight, deepest: walk.deepest }
  walk.named.set(anchor, undefined)
  walk.deepest = level
  const value = unnamed(node, level, walk)
  walk.named.set(anchor, { value, weight: walk.weight - before.weight, height: walk.deepest - level })
  walk.deepest = Math.max(walk.deepest, before.deepest)
  return value
}

function unnamed(node: unknown, level: number, walk: Walk): unknown {
  walk.weight++
  if (!isSeq(node) && !isMap(node)) return scalarOf(node, walk)
  walk.deepest = Math.max(walk.deepest, level + 1)
  return isSeq(node) ? node.items.map(item => plain(item, level + 1, walk)) : recordOf(node, level + 1, walk)
}

function scalarOf(node: unknown, walk: Walk): unknown {
  if (!isScalar(node)) return null
  const { value, source } = node
  if (typeof value === 'string') walk.weight += value.length
  return typeof value === 'number' && !Number.isFinite(value) ? (source ?? null) : value
}

function recordOf(node: YAMLMap, level: number, walk: Walk): Readonly<Record<string, unknown>> {
  const record: Record<string, unknown> = {}
  for (const { key, value } of node.items) {
    const text = plain(key, level, walk) as string
    if (text === '__proto__') walk.stop(forbiddenKey(key, text))
    if (Object.hasOwn(record, text)) walk.stop(secondKey(key, text))
    record[text] = plain(value, level, walk)
  }
  return record
}

/** A copy of what the alias names, so that no two objects of the result are one. */
function repeated(alias: Alias, level: number, walk: Walk): unknown {
  const at = startOf(alias)
  const named = walk.named.get(alias.source)
  if (!named) return walk.stop(walk.named.has(alias.source) ? endless(at, alias) : nameless(at, alias))
  if (level + named.height > walk.limits.depth) walk.stop(tooDeep(at, walk.limits.depth))
  walk.weight += named.weight
  walk.repeated += named.weight
  walk.deepest = Math.max(walk.deepest, level + named.height)
  if (walk.repeated > walk.limits.repeated) walk.stop(tooOften(at))
  return copyOf(named.value)
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyOf)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]))
}

type Source = number | readonly number[] | { readonly offset: number }

function offsetOf(source: Source): number {
  return typeof source === 'number' ? source : 'offset' in source ? source.offset : (source[0] ?? 0)
}

/** The library names the end of what stands before a wrong indent, with comments and empty lines in between. */
function nextContent(text: string, from: number): number {
  const idle = /[ \t]*(?:#.*)?\n/y
  idle.lastIndex = from
  let at = from
  while (idle.test(text)) at = idle.lastIndex
  return at + text.slice(at).search(/[^ \t]|$/)
}

function startOf(node: unknown): number {
  return (node as Alias | Scalar | null)?.range?.[0] ?? 0
}

/** What the library found, in our words where a person may meet it often. */
function faultOf(text: string, at: number, code: string, message: string): Fault {
  if (code === 'NON_STRING_KEY') return wrongKey(at)
  if (code === 'TAG_RESOLVE_FAILED') return { code: 'yaml.tag', at, message: `${short(message)}.`, cure: TAGS }
  const words = message.replace(/[a-z-]+/gi, word => WORDS.get(word) ?? word)
  const reason = words.startsWith('Nested mappings') ? TWO_KEYS : short(words.charAt(0).toLowerCase() + words.slice(1))
  const isAtEnd = text.slice(at).trim() === ''
  const cure = isAtEnd
    ? 'The file looks cut off: fetch or export it again.'
    : 'Correct the file at that place, or export it again.'
  return { code: 'yaml.syntax', at, message: `Not valid YAML: ${reason}.`, cure }
}

const TWO_KEYS = 'a second key stands on this line; text that holds ": " needs quotes'

/** The library's words for marks, as the file writes them. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['flow-seq-end', ']'],
  ['flow-map-end', '}'],
  ['seq-item-ind', '-'],
  ['block-seq-ind', '-'],
  ['map-value-ind', ':'],
  ['explicit-key-ind', '?'],
  ['comma', ','],
  ['scalar', 'text'],
  ['double-quoted-scalar', 'text'],
  ['single-quoted-scalar', 'text'],
])

const TAGS =
  'Remove the tag, a word that begins with an exclamation mark: only plain values are read, and nothing is made of others.'

function short(text: string): string {
  const line = text.slice(0, 300).replace(/\s+/g, ' ').trim().replace(/\.$/, '')
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}

function several(text: string, at: number): Fault {
  return {
    code: 'yaml.documents',
    at,
    message: `Holds several documents; the second begins on line ${text.slice(0, at).split('\n').length}.`,
    cure: 'Keep one document in each file.',
  }
}

function tooDeep(at: number, depth: number): Fault {
  return { code: 'yaml.deep', at, message: `Nested more than ${depth} levels deep.`, cure: CHECK }
}

function tooMany(at: number, pieces: number): Fault {
  return { code: 'yaml.limit', at, message: `Holds more than ${pieces} marks and words.`, cure: CHECK }
}

function tooOften(at: number): Fault {
  return { code: 'yaml.aliases', at, message: 'Its aliases repeat more than any model holds.', cure: CHECK }
}

const CHECK = 'No tool writes such a file on purpose: check where it came from.'

function endless(at: number, { source }: Alias): Fault {
  const message = `The alias ${short(source)} stands within what it repeats, which would never end.`
  return { code: 'yaml.alias', at, message, cure: 'Write out what is meant.' }
}

function nameless(at: number, { source }: Alias): Fault {
  const message = `The alias ${short(source)} names nothing that stands before it.`
  return { code: 'yaml.alias', at, message, cure: 'Correct its name, or put text that begins with * in quotes.' }
}

function wrongKey(at: number): Fault {
  const message = 'A key is a list, an object, an alias or tagged; only text can be one.'
  return { code: 'yaml.keyKind', at, message, cure: 'Write the key as text.' }
}

function forbiddenKey(key: unknown, text: string): Fault {
  const message = `Holds the key "${text}", which no design uses and which attacks do.`
  return { code: 'yaml.key', at: startOf(key), message, cure: 'Remove that key if you trust the file.' }
}

function secondKey(key: unknown, text: string): Fault {
  const message = `The key "${short(text)}" stands twice in the same object.`
  return { code: 'yaml.duplicateKey', at: startOf(key), message, cure: 'Often the scar of a merge: keep one of the two.' }
}
