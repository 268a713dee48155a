import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { KEYWORDS, TYPES } from './acceptor.ts'
import { generateForeign } from './generate-foreign.ts'
import { type Schema, typesOf } from './to-types.ts'

const ENTITIES =
  'requirement assumption element flow boundary data-asset triage threat mitigation acceptance exclusion work-item diagram layout comment suggestion settings policy'
const GROUPS: Readonly<Record<string, string>> = {
  entities: ENTITIES,
  packs: 'rule-pack control-pack word-list target-pack detection-pack',
  frameworks: 'framework-pack',
  records: 'check ledger-entry sidecar keys exports-file registry-snapshot',
  reports: 'report',
  calls: 'host-calls',
  hub: 'hub hub-state',
  mcp: 'mcp-calls mcp-answers evidence-proposal',
}

/** Writes the types and the ahead-of-time validators; a schema that belongs to no group stops the build. */
export function generate(folder: string): void {
  const out = path.join(folder, 'generated')
  const schemas = readdirSync(folder)
    .filter(name => name.endsWith('.schema.json'))
    .sort()
    .map(name => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Schema)
  const grouped = Object.values(GROUPS).flatMap(group => group.split(' '))
  const stray = schemas.map(nameOf).filter(name => name !== 'common' && !grouped.includes(name))
  if (stray.length > 0) throw new Error(`schemas/generate.ts: no group holds ${stray.join(', ')}`)
  mkdirSync(out, { recursive: true })
  writeFileSync(path.join(out, 'types.ts'), typesOf(schemas))
  for (const [group, names] of Object.entries(GROUPS)) writeValidators(out, group, names.split(' '), schemas)
  generateForeign(folder, out)
}

function writeValidators(out: string, group: string, names: readonly string[], schemas: readonly Schema[]): void {
  // unicode: false counts UTF-16 units, as our limits mean them, and keeps the output free of imports
  const ajv = new Ajv({
    schemas: schemas.map(withoutWords),
    strict: true,
    strictTypes: false,
    unicode: false,
    inlineRefs: false,
    messages: false,
    logger: false,
    code: { source: true, esm: true, lines: true },
  })
  const exported = Object.fromEntries(names.map(name => [identifierOf(name), `${name}.schema.json`]))
  const code = (standaloneCode as unknown as { default: typeof standaloneCode }).default(ajv, exported)
  if (code.includes('require(')) throw new Error(`schemas/generate.ts: the ${group} validators would load code at run time`)
  if (/uniqueItems/.test(code)) throw new Error(`schemas/generate.ts: uniqueItems would cost n^2 in the ${group} validators`)
  writeFileSync(path.join(out, `validate-${group}.js`), code)
  writeFileSync(path.join(out, `accept-${group}.js`), acceptModule(names, schemas))
  const declarations = names.map(name => `export const ${identifierOf(name)}: Validate`)
  writeFileSync(path.join(out, `validate-${group}.d.ts`), `${DECLARATIONS}\n${declarations.join('\n')}\n`)
  writeFileSync(
    path.join(out, `accept-${group}.d.ts`),
    `${declarations.join('\n').replaceAll('Validate', '(value: unknown) => boolean')}\n`,
  )
}

/** The same decisions as data: the schemas without words, read by acceptor.ts. A tenth of the size, and nothing to parse at start. */
function acceptModule(names: readonly string[], schemas: readonly Schema[]): string {
  const shapes: Record<string, unknown> = {}
  const waiting = names.map(name => `${name}.schema.json`)
  for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
    if (Object.hasOwn(shapes, shortRef(ref))) continue
    const [file, part] = ref.split('#/$defs/') as [string, string | undefined]
    const schema = schemas.find(candidate => candidate.$id === file)
    const found = part === undefined ? schema : schema?.$defs?.[part]
    if (!found) throw new Error(`schemas/generate.ts: nothing at ${ref}`)
    shapes[shortRef(ref)] = plainShape(found, file, waiting)
  }
  const lines = names.map(
    name => `export const ${identifierOf(name)} = value => accepts(${JSON.stringify(`${name}.schema.json`)})(value)`,
  )
  const shared = sharedParts(Object.entries(shapes).map(([ref, shape]): [string, string] => [ref, JSON.stringify(shape)]))
  const texts = shared.map(([ref, text]) => `  '${ref}': '${quoted(text)}',`)
  return `import { acceptorOf } from '../acceptor.ts'\n\nconst accepts = acceptorOf({\n${texts.join('\n')}\n})\n${lines.join('\n')}\n`
}

/** A part that several shapes hold is written once and referred to by number; the shapes are read at every start. */
function sharedParts(shapes: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  let now = shapes
  for (let number = 0; ; number++) {
    const ref = `"#${number}"`
    const found = bestPart(
      now.map(([, text]) => text),
      ref.length,
    )
    if (found === undefined) return now
    now = [...now.map(([name, text]) => [name, text.replaceAll(found, ref)] as const), [`#${number}`, found]]
  }
}

/** The part whose sharing saves the most, at least a few bytes each. */
function bestPart(texts: readonly string[], refLength: number): string | undefined {
  const counts = new Map<string, number>()
  const count = (shape: unknown): void => {
    if (typeof shape !== 'object' || shape === null) return
    for (const inner of Object.values(shape)) {
      if (isShape(inner)) counts.set(JSON.stringify(inner), (counts.get(JSON.stringify(inner)) ?? 0) + 1)
      count(inner)
    }
  }
  for (const text of texts) count(JSON.parse(text))
  const savings = [...counts].map(([text, times]) => [text, times * (text.length - refLength) - text.length - 12] as const)
  const [best] = savings.filter(([, saved]) => saved > 8).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return best?.[0]
}

/** A shape, and no table of properties that happens to name one of them "type". */
function isShape(value: unknown): boolean {
  const { type, enum: choices } = (value ?? {}) as { readonly type?: unknown; readonly enum?: unknown }
  return TYPES.includes(type) || Array.isArray(choices)
}

/** What is referred to a hundred times has a short name: the shapes are read at every start. */
function shortRef(ref: string): string {
  return ref.replace('common.schema.json#/$defs/', '#')
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
}

function plainShape(schema: Schema, file: string, refs: string[]): unknown {
  const plain: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (WORDS.has(key) || key === '$id' || key === '$defs') continue
    if (!KEYWORDS.includes(key)) throw new Error(`schemas/generate.ts: ${file} uses "${key}", which acceptor.ts does not know`)
    if (key === 'type' && !TYPES.includes(value))
      throw new Error(`schemas/generate.ts: ${file} has a "type" that acceptor.ts does not know: ${JSON.stringify(value)}`)
    if (key === '$ref') {
      const ref = (value as string).startsWith('#') ? `${file}${value as string}` : (value as string)
      refs.push(ref)
      if (Object.keys(schema).some(other => other !== key && !WORDS.has(other)))
        throw new Error(`schemas/generate.ts: ${file} says more beside a $ref, which acceptor.ts would not see`)
      return shortRef(ref)
    } else if (key === 'properties') {
      plain[key] = Object.fromEntries(
        Object.entries(value as Record<string, Schema>).map(([name, inner]) => [name, plainShape(inner, file, refs)]),
      )
    } else if (key === 'items' || key === 'propertyNames' || (key === 'additionalProperties' && typeof value === 'object')) {
      plain[key] = plainShape(value as Schema, file, refs)
    } else plain[key] = value
  }
  return plain
}

/** Titles and descriptions are for readers; Ajv would carry them into the bundle. */
function withoutWords(schema: Schema): Schema {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (WORDS.has(key) && typeof value === 'string' ? undefined : value)),
  ) as Schema
}

const WORDS = new Set(['$schema', 'title', 'description'])

const DECLARATIONS = `export type Invalid = { readonly instancePath: string; readonly keyword: string; readonly message?: string; readonly params: Readonly<Record<string, unknown>> }
export type Validate = { (value: unknown): boolean; errors?: readonly Invalid[] | null }`

function nameOf(schema: Schema): string {
  return (schema.$id ?? '').replace('.schema.json', '')
}

function identifierOf(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
