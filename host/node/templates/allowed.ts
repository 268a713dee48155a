/// <reference path="./handlebars-parser.d.ts" />
import { parse } from 'handlebars/dist/cjs/handlebars/compiler/base.js'
import { type Fault, type Parsed, type Path, type Piece, type Place, TEMPLATE_LIMITS } from './pieces.ts'

/** A node of the Handlebars tree, as far as anything is asked of it. */
type Node = {
  readonly type: string
  readonly loc?: { readonly start: { readonly line: number; readonly column: number } }
  readonly body?: readonly Node[]
  readonly value?: unknown
  readonly path?: Node
  readonly name?: Node
  readonly params?: readonly Node[]
  readonly hash?: { readonly pairs: readonly unknown[] }
  readonly escaped?: boolean
  readonly indent?: string
  readonly program?: Node & { readonly blockParams?: readonly string[] }
  readonly inverse?: Node & { readonly blockParams?: readonly string[] }
  readonly data?: boolean
  readonly depth?: number
  readonly parts?: readonly unknown[]
  readonly original?: unknown
}

type Reading = { readonly file: string; readonly isOwn: boolean; readonly faults: Fault[]; pieces: number }

const BLOCKS = ['if', 'unless', 'each', 'with'] as const
const LOOPS = ['first', 'last', 'index'] as const

/** Names through which a program could be reached from a value. Values here have none of them; saying so early says it clearly. */
const NEVER = new Set(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf'])

/** Characters nobody sees, or that text of the design is marked with. Tab and line ends are seen. */
const HIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]|[\u{e0100}-\u{e01ef}]/u

/** Reads a template and lets through only what is on the list: text, values, `if`, `unless`, `each`, `with` and named parts. */
export function allowed(
  file: string,
  source: string,
  isOwn = true,
): { readonly parsed: Parsed; readonly faults: readonly Fault[] } {
  const reading: Reading = { file, isOwn, faults: [], pieces: 0 }
  const early = tooLarge(file, source) ?? hidden(file, source) ?? nested(file, source)
  if (early) return { parsed: { file, pieces: [] }, faults: [early] }
  const pieces = readTree(reading, source)
  return { parsed: { file, pieces }, faults: reading.faults }
}

function readTree(reading: Reading, source: string): readonly Piece[] {
  const { file, faults } = reading
  try {
    return piecesOf(reading, parse(source) as Node, 0)
  } catch (error) {
    // The parser says what is wrong by throwing, and runs out of stack in what is nested thousands deep.
    faults.push(error instanceof RangeError ? tooDeep({ file, line: 1, column: 1 }) : unreadable(file, error))
    return []
  }
}

function piecesOf(reading: Reading, program: Node | undefined, depth: number): readonly Piece[] {
  return (program?.body ?? []).flatMap(node => {
    reading.pieces++
    if (reading.pieces === TEMPLATE_LIMITS.pieces + 1) reading.faults.push(tooMany(placeOf(reading, node)))
    return reading.pieces > TEMPLATE_LIMITS.pieces ? [] : pieceOf(reading, node, depth)
  })
}

function pieceOf(reading: Reading, node: Node, depth: number): readonly Piece[] {
  switch (node.type) {
    case 'ContentStatement':
      return [{ kind: 'text', text: String(node.value) }]
    case 'CommentStatement':
      return [] // it writes nothing, and nothing in it is obeyed
    case 'MustacheStatement':
      return writtenOf(reading, node)
    case 'BlockStatement':
      return blockOf(reading, node, depth)
    case 'PartialStatement':
      return partOf(reading, node)
    case 'PartialBlockStatement':
      return no(reading, node, 'A part with a body of its own', 'Name a part without a body: {{> stop}}.')
    case 'Decorator':
    case 'DecoratorBlock':
      return no(reading, node, 'A decorator', 'Leave it out: a template only writes text.')
    default:
      return no(reading, node, `"${node.type}"`, 'Use text, names, if, unless, each, with and parts.')
  }
}

function writtenOf(reading: Reading, node: Node): readonly Piece[] {
  if (node.escaped === false)
    return no(reading, node, 'Raw output, {{{ }}} or {{& }},', 'Write it with two braces; nothing is escaped twice.')
  if (hasMore(node)) return no(reading, node, `The helper "${String(node.path?.original)}"`, HELPERS)
  const path = pathOf(reading, node.path)
  return path ? [{ kind: 'value', path }] : []
}

function blockOf(reading: Reading, node: Node, depth: number): readonly Piece[] {
  const { path: name, params = [], program, inverse } = node
  const kind = BLOCKS.find(known => known === name?.original && name?.type === 'PathExpression')
  if (!kind) return no(reading, node, `The block "${String(name?.original).slice(0, 60)}"`, HELPERS)
  if (depth >= TEMPLATE_LIMITS.nesting) {
    reading.faults.push(tooDeep(placeOf(reading, node)))
    return []
  }
  if (params.length !== 1 || (node.hash?.pairs.length ?? 0) > 0)
    return no(reading, node, `${kind} with anything but one name`, `Write {{#${kind} name}} … {{/${kind}}}.`)
  if (program?.blockParams?.length || inverse?.blockParams?.length)
    return no(reading, node, 'Naming the turn of a block with "as"', 'Use this, and ../ for what is around it.')
  const path = pathOf(reading, params[0], kind === 'if' || kind === 'unless')
  if (!path) return []
  const body = piecesOf(reading, program, depth + 1)
  return [{ kind, path, body, otherwise: piecesOf(reading, inverse, depth + 1) }]
}

function partOf(reading: Reading, node: Node): readonly Piece[] {
  const { name } = node
  if (
    name?.type !== 'PathExpression' ||
    name.data ||
    (name.depth ?? 0) > 0 ||
    (name.parts ?? []).some(part => typeof part !== 'string')
  )
    return no(reading, node, 'A part whose name is worked out', 'Write the name of the part itself: {{> stop}}.')
  if (hasMore(node))
    return no(reading, node, 'A part that is handed something', 'Write {{> name}} alone; it sees what stands here.')
  const place = placeOf(reading, node)
  return [{ kind: 'part', name: String(name.original), indent: node.indent ?? '', place }]
}

function pathOf(reading: Reading, node: Node | undefined, isAsked = false): Path | undefined {
  if (node?.type !== 'PathExpression') {
    const what = node?.type === 'SubExpression' ? 'An expression in parentheses' : 'A literal in the place of a name'
    no(reading, node, what, 'Name a value; words are written without braces.')
    return undefined
  }
  const parts = (node.parts ?? []).map(part => (typeof part === 'string' ? part : '(…)'))
  const said = String(node.original).slice(0, 80)
  const forbidden = parts.find(part => NEVER.has(part))
  if (forbidden !== undefined) {
    no(reading, node, `The name "${forbidden}"`, 'Use the names of the prompt: they are texts, lists and groups of these.')
    return undefined
  }
  if (reading.isOwn && parts.includes('reference') && !isAsked) {
    no(
      reading,
      node,
      'Writing reference material without its fence',
      'Write {{> reference}}: it says that this is data, and fences it.',
    )
    return undefined
  }
  const loop = node.data ? LOOPS.find(known => parts.length === 1 && known === parts[0]) : undefined
  if (node.data && !loop) {
    no(reading, node, `"${said}"`, 'There are @first, @last and @index, inside each.')
    return undefined
  }
  return { up: node.depth ?? 0, loop, parts: loop ? [] : parts, place: placeOf(reading, node), said }
}

function hasMore({ params = [], hash }: Node): boolean {
  return params.length > 0 || (hash?.pairs.length ?? 0) > 0
}

function placeOf({ file }: Reading, node: Node | undefined): Place {
  const { line = 1, column = 0 } = node?.loc?.start ?? {}
  return { file, line, column: column + 1 }
}

const HELPERS = 'There are if, unless, each and with; every other name is a value.'

function no(reading: Reading, node: Node | undefined, what: string, cure: string): readonly Piece[] {
  const message = `${what} is not allowed in a team's template.`
  reading.faults.push({ code: 'template.notAllowed', place: placeOf(reading, node), message, cure })
  return []
}

function tooLarge(file: string, source: string): Fault | undefined {
  if (source.length <= TEMPLATE_LIMITS.source) return undefined
  const message = `The template has ${source.length} characters; at most ${TEMPLATE_LIMITS.source} are read.`
  return { code: 'template.large', place: { file, line: 1, column: 1 }, message, cure: 'Keep what every prompt needs.' }
}

function hidden(file: string, source: string): Fault | undefined {
  const at = source.search(HIDDEN)
  if (at < 0) return undefined
  const code = (source.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return {
    code: 'template.hidden',
    place: placeAt(file, source, at),
    message: `The template holds a character that nobody sees, U+${code}.`,
    cure: 'Take it out; an editor that shows invisible characters finds it.',
  }
}

function tooDeep(place: Place): Fault {
  const message = `More than ${TEMPLATE_LIMITS.nesting} blocks stand inside each other.`
  return { code: 'template.deep', place, message, cure: 'Write it flatter.' }
}

function tooMany(place: Place): Fault {
  const message = `The template has more than ${TEMPLATE_LIMITS.pieces} pieces.`
  return { code: 'template.large', place, message, cure: 'Keep what every prompt needs.' }
}

const TAGS = /\{\{~?\s*(?:([#^])(?!~?\s*\}\})|(else)\s+[^\s}]|(\/))/g

/** Counts blocks before the parser sees them: it takes long over thousands inside each other, and then has no stack left. */
function nested(file: string, source: string): Fault | undefined {
  const open: number[] = []
  let depth = 0
  for (const match of source.matchAll(TAGS)) {
    const [, opens, chains, closes] = match
    if (opens !== undefined) open.push(1)
    else if (chains !== undefined && open.length > 0) open.push((open.pop() ?? 0) + 1)
    depth += opens !== undefined || chains !== undefined ? 1 : 0
    if (closes !== undefined) depth -= open.pop() ?? 0
    if (depth > TEMPLATE_LIMITS.nesting) return tooDeep(placeAt(file, source, match.index))
  }
  return undefined
}

function placeAt(file: string, source: string, at: number): Place {
  const before = source.slice(0, at).split('\n')
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** "Parse error on line 3: ..." or "if doesn't match each - 3:5", without the picture of the place. */
function unreadable(file: string, error: unknown): Fault {
  const said = error instanceof Error ? error.message : String(error)
  const [, line = '1', column = '0'] = / on line (\d+)/.exec(said) ?? / - (\d+):(\d+)$/.exec(said) ?? []
  const [, mismatch] = /^(\S+ doesn't match \S+) - /.exec(said) ?? []
  const expected = /^Expecting .*got '([^']+)'$/m.exec(said)?.[1]
  const why =
    mismatch ?? (expected === undefined ? 'it is not Handlebars' : `${WORDS[expected] ?? expected} is not expected here`)
  return {
    code: 'template.syntax',
    place: { file, line: Number(line), column: Number(column) + 1 },
    message: `The template cannot be read: ${why}.`,
    cure: 'Correct this line: every {{#…}} needs its {{/…}}, and every {{ its }}.',
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EOF: 'the end of the file',
  INVALID: 'this character',
  OPEN_ENDBLOCK: 'the end of a block',
  CLOSE: 'the end of the braces',
}
