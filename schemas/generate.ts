import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { type Schema, typesOf } from './to-types.ts'

const ENTITIES =
  'requirement assumption element flow boundary data-asset triage threat mitigation acceptance work-item diagram layout comment settings policy'
const GROUPS: Readonly<Record<string, string>> = {
  entities: ENTITIES,
  packs: 'rule-pack control-pack word-list target-pack',
  records: 'check ledger-entry sidecar',
  calls: 'host-calls',
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
  writeFileSync(path.join(out, `accept-${group}.js`), withoutErrors(code))
  const declarations = names.map(name => `export const ${identifierOf(name)}: Validate`)
  writeFileSync(path.join(out, `validate-${group}.d.ts`), `${DECLARATIONS}\n${declarations.join('\n')}\n`)
  writeFileSync(
    path.join(out, `accept-${group}.d.ts`),
    `${declarations.join('\n').replaceAll('Validate', '(value: unknown) => boolean')}\n`,
  )
}

/** The same decisions without a word of explanation, for start-up; works line by line on what Ajv writes. */
function withoutErrors(code: string): string {
  return code
    .split('\n')
    .filter(line => !/^validate\d+\.errors = (\[\{.*\}\]|vErrors);$/.test(line))
    .map(line => line.replace(/^(const err\d+) = \{.*\};$/, '$1 = 0;'))
    .map(line =>
      line.replace(
        /, \{instancePath:instancePath\+.*?,parentData:.*?,parentDataProperty:.*?,rootData(, ?dynamicAnchors)?\}\)/,
        ')',
      ),
    )
    .map(line => line.replace('{instancePath="", parentData, parentDataProperty, rootData=data}={}', '_'))
    .map(line => line.replace(/(?:wrapper\d+\.validate|validate\d+)\.errors/g, '0').replace('? 0 : vErrors', '? [0] : vErrors'))
    .join('\n')
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
