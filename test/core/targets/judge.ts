import { parse } from 'yaml'
import type { Target, TargetFile, TargetKey } from '../../../core/model/types.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { bytesIn } from '../../../core/targets/limits.ts'
import { type ReadFile, readFile, textsIn } from './read-files.ts'
import { recognised } from './recognise.ts'
import { shapeOf } from './shape.ts'

/** What the files of a calm design hold: the tokens and the lines that the templates write themselves. */
export type Calm = readonly { readonly tokens: string; readonly shape: readonly string[] }[]

export function calmIn(target: Target, prompt: Prompt): Calm {
  return readAll(target, prompt).map(({ read }) => ({ tokens: tokensOf(target, read), shape: shapeOf(read.body) }))
}

/** Everything that is wrong with the files of a prompt whose work item names these globs; none is what a test wants. */
export function faultsIn(target: Target, prompt: Prompt, by: { readonly calm: Calm; readonly globs: readonly string[] }) {
  if (prompt.files.length !== target.files.length) return [`${prompt.files.length} of ${target.files.length} files`]
  return readAll(target, prompt).flatMap(({ from, path, text, read, limits }, index) => {
    const calm = by.calm[index]
    const tokens = tokensOf(target, read)
    return [
      ...(tokens === calm?.tokens ? [] : [`tokens ${tokens}, not ${calm?.tokens}`]),
      ...shapeFaults(shapeOf(read.body), calm?.shape ?? []),
      ...pathFaults(path),
      ...headFaults(from, { read, text, path }, { prompt, globs: by.globs }),
      ...(from.part === 'import' || isNamed(from, { read, text }, prompt) ? [] : ['does not end with its origin']),
      ...limitFaults(limits, text),
    ].map(fault => `${path}: ${fault}`)
  })
}

function readAll(target: Target, prompt: Prompt) {
  return prompt.files.map(({ path, text }, index) => {
    const from = target.files[index] as TargetFile
    return { from, path, text, read: readFile(from, text), limits: index === 0 ? target.limits : (from.limits ?? {}) }
  })
}

function tokensOf({ name }: Target, { head, body }: ReadFile): string {
  const { prompt: _body, ...keys } = head
  return [...recognised(name, body), ...textsIn(keys).flatMap(value => recognised(name, value))].sort().join(' ')
}

/** The first line that is of another kind. Where nothing of a text is left to see its line is blank, and still one line. */
function shapeFaults(shape: readonly string[], calm: readonly string[]): readonly string[] {
  const lines = Array.from({ length: Math.max(shape.length, calm.length) })
  const at = lines.findIndex((_, line) => shape[line] !== calm[line] && !(shape[line] === '' && calm[line] === 'text'))
  return at < 0 ? [] : [`line ${at + 1} is ${shape[at] ?? 'missing'}, not ${calm[at] ?? 'there'}`]
}

function pathFaults(path: string): readonly string[] {
  const isPlain = path.split('/').every(part => /^[A-Za-z0-9.-]+$/.test(part) && part !== '..' && part !== '.')
  return isPlain ? [] : ['a path with something in it']
}

type Read = { readonly read: ReadFile; readonly text: string; readonly path: string }
type Wanted = { readonly prompt: Prompt; readonly globs: readonly string[] }

function headFaults({ head: kind, keys = [] }: TargetFile, file: Read, wanted: Wanted): readonly string[] {
  const { head } = file.read
  const names = Object.keys(head).join(' ')
  const expected = keys.map(key => key.name).join(' ')
  const faults = names === expected ? [] : [`keys ${names}, not ${expected}`]
  if (kind === 'yaml' && !isReadTheSame(file)) faults.push('another reader reads another head')
  for (const key of keys) {
    const value = head[key.name]
    if (typeOf(value) !== key.type) faults.push(`${key.name} is ${typeOf(value)}, not ${key.type}`)
    const exact = exactly(key, file, wanted)
    if (exact !== undefined && JSON.stringify(value) !== JSON.stringify(exact))
      faults.push(`${key.name} is ${JSON.stringify(value)}, not ${JSON.stringify(exact)}`)
    if (key.characters !== undefined && String(value).length > key.characters) faults.push(`${key.name} is too long`)
    if (key.from === 'description' && /[<>\n]/.test(String(value))) faults.push(`${key.name} has a tag or a second line`)
    if (key.from === 'slug' && !(/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(String(value)) && String(value).length <= 64))
      faults.push(`${key.name} is no name`)
  }
  return faults
}

/** YAML 1.1 has more booleans, numbers and dates than 1.2; tools read either. */
function isReadTheSame({ text, read }: Read): boolean {
  const head = text.slice(4, text.indexOf('\n---\n', 3) + 1)
  return JSON.stringify(parse(head, { version: '1.1' })) === JSON.stringify(read.head)
}

/** The one value that a key may have, where there is but one. */
function exactly(key: TargetKey, { path }: Read, { prompt, globs }: Wanted): unknown {
  switch (key.from) {
    case undefined:
      return key.text ?? key.flag ?? key.list ?? key.map
    case 'paths':
      return globs
    case 'pathText':
      return globs.join(',')
    case 'identity':
      return { 'skeptic-prompt': prompt.id, 'skeptic-digest': prompt.digest, 'skeptic-slice': prompt.slice }
    case 'slug':
      return path.endsWith('/SKILL.md') ? path.split('/').at(-2) : path.split('/').at(-1)?.split('.')[0]
    default:
      return undefined
  }
}

function typeOf(value: unknown): TargetKey['type'] | undefined {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  if (Array.isArray(value)) return value.every(one => typeof one === 'string') ? 'list' : 'cases'
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? 'map' : undefined
}

function isNamed({ head }: TargetFile, { read, text }: Omit<Read, 'path'>, { id, digest }: Prompt): boolean {
  const shown = head === 'toml' ? read.body : text
  return (
    shown
      .trimEnd()
      .split('\n')
      .at(-1)
      ?.includes(`${id}@${digest.slice(7, 19)}`) ?? false
  )
}

function limitFaults({ characters, bytes, lines, tokens }: Target['limits'], text: string): readonly string[] {
  const over = (unit: string, used: number, limit: number | undefined) =>
    limit !== undefined && used > limit ? [`${used} ${unit}, more than ${limit}`] : []
  return [
    ...over('characters', text.length, characters),
    ...over('bytes', bytesIn(text), bytes),
    ...over('lines', text.trimEnd().split('\n').length, lines),
    ...over('tokens', text.length / 4, tokens),
  ]
}
