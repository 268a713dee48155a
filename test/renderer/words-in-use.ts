import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { COMMANDS } from '../../renderer/commands/registry.ts'
import { STEPS } from '../../renderer/state/steps.ts'

const root = path.resolve(import.meta.dirname, '../../renderer')

/** What the window can say: every key with the file it stands in, and calls whose text cannot be read from the source. */
export type WordsInUse = { readonly keys: ReadonlyMap<string, string>; readonly unreadable: readonly string[] }

/** Reads every text handed to `t`, `spoken` and `counted`, and the titles and categories of commands. */
export function wordsInUse(): WordsInUse {
  const keys = new Map<string, string>()
  const unreadable: string[] = []
  for (const command of COMMANDS) for (const text of [command.title, command.category]) keys.set(text, 'the table of commands')
  for (const step of STEPS) keys.set(step.name, 'the steps')
  for (const file of sources()) {
    const found = wordsIn(readFileSync(path.join(root, file), 'utf8'))
    for (const key of found.keys) keys.set(key, file)
    unreadable.push(...found.unreadable.map(call => `${file}: ${call}`))
  }
  return { keys, unreadable }
}

function sources(): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    file => /\.tsx?$/.test(file) && !file.endsWith('translate.ts'),
  )
}

/** Names and patterns, which are the same in every language. */
const NAMES = ['STRIDE', 'Skeptic']

/** Texts of a view that were written past `t`: between its tags, and in the attributes that a person sees or hears. */
export function rawIn(source: string): readonly string[] {
  const attributes =
    /\b(?:label|title|empty|note|placeholder|alt|hint|heading|aria-label)=(?:"([^"]*)"|\{'([^']*)'\}|\{`([^`]*)`\})/g
  const between = /(?<![=\s])>\s*(\p{Lu}[^<>{}=()]*?)\s*[<{]/gu
  const found = [...source.matchAll(attributes), ...source.matchAll(between)].map(([, a, b, c]) => (a ?? b ?? c ?? '').trim())
  return found.map(text => text.replace(/\$\{[^}]*\}/g, '')).filter(text => /\p{L}{2}/u.test(text) && !isName(text))
}

/** A name, a path, or a form to be filled in. */
function isName(text: string): boolean {
  return NAMES.includes(text) || (!/\s/.test(text) && /[:/]/.test(text))
}

/** What every view writes past `t`, with the file. */
export function rawInViews(): readonly string[] {
  return sources()
    .filter(file => file.endsWith('.tsx'))
    .flatMap(file => rawIn(readFileSync(path.join(root, file), 'utf8')).map(text => `${file}: ${text}`))
}

/** The texts of one module. */
export function wordsIn(source: string): { readonly keys: readonly string[]; readonly unreadable: readonly string[] } {
  const calls = [...source.matchAll(/(?<![\w.'"`#])(t|spoken|counted)\(/g)]
    .filter(call => !/function $/.test(source.slice(0, call.index)))
    .map(call => ({ name: call[1], args: argumentsAt(source, call.index + call[0].length) }))
  const keys: string[] = []
  const unreadable: string[] = []
  for (const { name, args } of calls) {
    const [first = '', second = '', third = ''] = args
    if (name === 'spoken')
      keys.push(...[...first.matchAll(/:\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g)].map(value => textOf(value[1] ?? '')))
    else if (name === 'counted' && isText(second)) keys.push(`{{count}} ${third ? textOf(third) : `${textOf(second)}s`}`)
    else if (name === 't' && isText(first)) keys.push(textOf(first))
    else if (isTable(first) || !/^[\w.[\]]+(\(\w+\))?( \?\? '')?$/.test(name === 'counted' ? second : first))
      unreadable.push(`${name}(${args.join(', ')})`)
  }
  return { keys, unreadable }
}

/** A table of words is `spoken` and read as it is; asked through `t`, it would have no key that anyone looks for. */
function isTable(source: string): boolean {
  return /^[A-Z][A-Z_]+[.[]/.test(source)
}

function isText(source: string): boolean {
  return /^('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")$/.test(source)
}

function textOf(source: string): string {
  return source.slice(1, -1).replace(/\\(.)/g, '$1')
}

/** The arguments of a call, from behind its bracket to the one that closes it. */
function argumentsAt(source: string, start: number): readonly string[] {
  const args: string[] = []
  let depth = 0
  let from = start
  for (let at = start; at < source.length; at++) {
    const sign = source[at] ?? ''
    if (`'"\``.includes(sign)) at = endOfText(source, at)
    else if ('([{'.includes(sign)) depth++
    else if (sign === ',' && depth === 0) {
      args.push(source.slice(from, at).trim())
      from = at + 1
    } else if (')]}'.includes(sign) && depth-- === 0) {
      args.push(source.slice(from, at).trim())
      break
    }
  }
  return args.filter(Boolean)
}

function endOfText(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === source[start]) return at
  }
  return source.length
}
