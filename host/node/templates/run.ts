import type { TemplateValue } from '../../../core/prompts/render.ts'
import { type Fault, type Parsed, type Path, type Piece, TEMPLATE_LIMITS } from './pieces.ts'

/** Where a name is looked up: the value here, those around it, and the turn of the list. */
type Scope = {
  readonly values: readonly TemplateValue[]
  readonly loop: { readonly at: number; readonly of: number } | undefined
}

type Run = {
  readonly parts: ReadonlyMap<string, Parsed>
  /** The file whose pieces are being written. */
  file: string
  out: string
  steps: number
  depth: number
  fault: Fault | undefined
}

/**
 * Writes a checked template over a context, which holds nothing but texts, lists and groups without a prototype. It stops at the
 * first name that is not there and at every limit.
 */
export function runTemplate(
  parsed: Parsed,
  parts: ReadonlyMap<string, Parsed>,
  context: TemplateValue,
): { readonly text: string; readonly fault: Fault | undefined } {
  const run: Run = { parts, file: parsed.file, out: '', steps: 0, depth: 0, fault: undefined }
  writeAll(run, parsed.pieces, { values: [context], loop: undefined })
  return { text: run.fault ? '' : run.out, fault: run.fault }
}

function writeAll(run: Run, pieces: readonly Piece[], scope: Scope): undefined {
  for (const piece of pieces) {
    if (run.fault) return
    run.steps++
    if (run.steps > TEMPLATE_LIMITS.steps) return stop(run, piece, 'template.endless', ENDLESS)
    write(run, piece, scope)
    if (run.out.length > TEMPLATE_LIMITS.output) return stop(run, piece, 'template.output', LONG)
  }
}

const ENDLESS = `The template writes more than ${TEMPLATE_LIMITS.steps} pieces.`
const LONG = `The template writes more than ${TEMPLATE_LIMITS.output} characters.`

function write(run: Run, piece: Piece, scope: Scope): undefined {
  switch (piece.kind) {
    case 'text':
      run.out += piece.text
      return
    case 'value':
      return writeValue(run, piece.path, scope)
    case 'part':
      return writePart(run, piece, scope)
    case 'each':
      return writeEach(run, piece, scope)
    default:
      return writeBlock(run, piece, scope)
  }
}

function writeValue(run: Run, path: Path, scope: Scope): undefined {
  const value = valueOn(run, path, scope)
  if (value === undefined) return
  if (typeof value !== 'string') return wrongKind(run, path, `"${path.said}" is ${kindOf(value)}, not a text`, 'each or with')
  run.out += value
}

type Block = Extract<Piece, { readonly path: Path; readonly body: unknown }>

function writeBlock(run: Run, { kind, path, body, otherwise }: Block, scope: Scope): undefined {
  const value = valueOn(run, path, scope)
  if (value === undefined) return
  const isThere = value !== '' && !(Array.isArray(value) && value.length === 0)
  if (kind === 'with') return writeAll(run, isThere ? body : otherwise, isThere ? inside(scope, value) : scope)
  writeAll(run, isThere === (kind === 'if') ? body : otherwise, scope)
}

function writeEach(run: Run, { path, body, otherwise }: Block, scope: Scope): undefined {
  const value = valueOn(run, path, scope)
  if (value === undefined) return
  if (value === '') return writeAll(run, otherwise, scope)
  if (!isList(value)) return wrongKind(run, path, `"${path.said}" is ${kindOf(value)}, not a list`, 'if or with')
  if (value.length === 0) return writeAll(run, otherwise, scope)
  for (const [at, item] of value.entries()) {
    if (run.fault) return
    writeAll(run, body, inside(scope, item, { at, of: value.length }))
  }
}

function writePart(run: Run, piece: Extract<Piece, { readonly kind: 'part' }>, scope: Scope): undefined {
  const part = run.parts.get(piece.name)
  if (!part) return // said when it was checked
  if (run.depth >= TEMPLATE_LIMITS.parts) return stop(run, piece, 'template.recursion', 'Parts use each other without an end.')
  const { out: before, file } = run
  run.out = ''
  run.file = part.file
  run.depth++
  writeAll(run, part.pieces, scope)
  run.depth--
  run.file = file
  run.out = before + (piece.indent === '' ? run.out : run.out.replace(/^(?=[^\n])/gm, piece.indent))
}

function inside(scope: Scope, value: TemplateValue, loop = scope.loop): Scope {
  return { values: [value, ...scope.values], loop }
}

/** What a path names; undefined with a fault when it names nothing. */
function valueOn(run: Run, path: Path, { values, loop }: Scope): TemplateValue | undefined {
  if (path.loop) {
    if (!loop) return unknown(run, path, `"${path.said}" is known only inside each.`, [])
    if (path.loop === 'index') return String(loop.at)
    return (path.loop === 'first' ? loop.at === 0 : loop.at === loop.of - 1) ? 'yes' : ''
  }
  let value = values[path.up]
  if (value === undefined) return unknown(run, path, `"${path.said}" goes further up than there is anything.`, [])
  for (const part of path.parts) {
    const inner: TemplateValue | undefined = isGroup(value) && Object.hasOwn(value, part) ? value[part] : undefined
    if (inner === undefined) return unknown(run, path, `There is nothing called "${path.said}" here.`, namesIn(value))
    value = inner
  }
  return value
}

function unknown(run: Run, { place }: Path, message: string, names: readonly string[]): undefined {
  const cure = names.length === 0 ? 'Check the name and the block around it.' : `Here are: ${names.join(', ')}.`
  run.fault ??= { code: 'template.unknownName', place, message, cure }
  return undefined
}

function wrongKind(run: Run, { place }: Path, message: string, how: string): undefined {
  run.fault ??= { code: 'template.kind', place, message: `${message}.`, cure: `Use it with ${how}.` }
}

function stop(run: Run, piece: Piece, code: string, message: string): undefined {
  const place = 'path' in piece ? piece.path.place : piece.kind === 'part' ? piece.place : { file: run.file, line: 1, column: 1 }
  run.fault ??= { code, place, message, cure: 'Write less: a prompt is read by a person.' }
}

/** The names a person can choose from. */
export function namesIn(value: TemplateValue): readonly string[] {
  return isGroup(value) ? Object.keys(value).sort().slice(0, 60) : []
}

export function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value)
}

export function isGroup(value: TemplateValue): value is { readonly [name: string]: TemplateValue } {
  return typeof value === 'object' && !Array.isArray(value)
}

function kindOf(value: TemplateValue): string {
  return typeof value === 'string' ? 'a text' : isList(value) ? 'a list' : 'a group'
}
