import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { READ_KEYWORDS } from './foreign.ts'

const VERSIONS = ['1.4', '1.5', '1.6', '1.7']
const BESIDES = ['spdx', 'jsf-0.82', 'cryptography-defs']

type Json = { readonly [key: string]: unknown }

/** Writes the published schemas of CycloneDX as data for foreign.ts: without words, one text for each part that is referred to. */
export function generateForeign(folder: string, out: string): void {
  const schemas = new Map(
    [...VERSIONS.map(version => `bom-${version}`), ...BESIDES].map(name => {
      const file = `${name}.schema.json`
      return [file, JSON.parse(readFileSync(path.join(folder, 'cyclonedx', file), 'utf8')) as Json]
    }),
  )
  const shapes = new Map<string, string>()
  const waiting = VERSIONS.map(version => `bom-${version}.schema.json`)
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (shapes.has(ref)) continue
    const [file, pointer = ''] = ref.split('#') as [string, string | undefined]
    const found = pointed(schemas.get(file), pointer)
    if (found === undefined) throw new Error(`schemas/generate-foreign.ts: nothing at ${ref}`)
    shapes.set(ref, JSON.stringify(plainShape(found, file, waiting)))
  }
  const { texts, roots } = merged(shapes)
  const lines = [...texts].map(([ref, text]) => `  '${ref}': '${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}',`)
  const rows = VERSIONS.map(version => `  '${version}': validatorOf(shapes, '${roots.get(`bom-${version}.schema.json`)}'),`)
  const code = [
    "import { validatorOf } from '../foreign.ts'",
    '',
    `const shapes = {\n${lines.join('\n')}\n}`,
    `export const cyclonedx = {\n${rows.join('\n')}\n}`,
    '',
  ]
  writeFileSync(path.join(out, 'published-cyclonedx.js'), code.join('\n'))
  writeFileSync(path.join(out, 'published-cyclonedx.d.ts'), DECLARATIONS)
}

const DECLARATIONS = `import type { Faults } from '../foreign.ts'
export const cyclonedx: { readonly [version: string]: (value: unknown) => Faults }
`

function pointed(schema: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], schema)
}

/** Words, examples and remarks for editors. `additionalItems` says nothing beside `items` that is one schema. */
const SILENT = new Set(
  '$schema $id $comment title description default examples deprecated meta:enum definitions additionalItems'.split(' '),
)
const LISTS = new Set(['oneOf', 'anyOf', 'allOf'])
const INNER = new Set(['items', 'additionalProperties', 'not', 'if', 'then', 'else'])

function plainShape(schema: unknown, file: string, refs: string[]): unknown {
  if (typeof schema === 'boolean') return schema
  const plain: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(withoutTuple(schema as Json))) {
    if (SILENT.has(key)) continue
    if (!READ_KEYWORDS.includes(key) || (key === 'items' && Array.isArray(value)))
      throw new Error(`schemas/generate-foreign.ts: ${file} uses "${key}" in a way that foreign.ts does not know`)
    if (key === '$ref') {
      const ref = (value as string).startsWith('#') ? `${file}${value as string}` : (value as string)
      refs.push(ref)
      plain[key] = ref
    } else if (key === 'properties')
      plain[key] = Object.fromEntries(Object.entries(value as Json).map(([name, inner]) => [name, plainShape(inner, file, refs)]))
    else if (LISTS.has(key)) plain[key] = (value as readonly unknown[]).map(inner => plainShape(inner, file, refs))
    else if (INNER.has(key)) plain[key] = plainShape(value, file, refs)
    else if (key !== 'format' || value === 'uri') plain[key] = value
  }
  return plain
}

/** A list of exactly one kind, written as a tuple. */
function withoutTuple(schema: Json): Json {
  const { items, additionalItems, ...rest } = schema
  if (!Array.isArray(items) || items.length !== 1 || additionalItems !== false) return schema
  return { ...rest, items: items[0], maxItems: 1 }
}

/** Most parts are the same in several versions: equal texts get one short name, until nothing more is equal. */
function merged(shapes: ReadonlyMap<string, string>): { texts: ReadonlyMap<string, string>; roots: ReadonlyMap<string, string> } {
  let names = new Map([...shapes.keys()].map(ref => [ref, 0]))
  for (;;) {
    const numbers = new Map<string, number>()
    const next = new Map<string, number>()
    for (const [ref, text] of shapes) {
      const named = `${names.get(ref)} ${renamed(text, names)}`
      if (!numbers.has(named)) numbers.set(named, numbers.size)
      next.set(ref, numbers.get(named) as number)
    }
    const isDone = numbers.size === new Set(names.values()).size
    names = next
    if (isDone) break
  }
  const texts = new Map([...shapes].map(([ref, text]) => [String(names.get(ref)), renamed(text, names)]))
  return { texts, roots: new Map([...names].map(([ref, number]) => [ref, String(number)])) }
}

function renamed(text: string, names: ReadonlyMap<string, number>): string {
  return text.replace(/"\$ref":"([^"]*)"/g, (_, ref: string) => `"$ref":"${names.get(ref)}"`)
}
