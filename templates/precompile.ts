import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { codeOf } from './code.ts'

/** Writes generated/templates.js: every template and partial as a plain function, so that no page needs eval or the Handlebars runtime. */
export function precompile(folder: string): void {
  const out = path.join(folder, 'generated')
  mkdirSync(out, { recursive: true })
  const lines = ['', 'partials'].flatMap(sub => {
    const names = readdirSync(path.join(folder, sub)).filter(name => name.endsWith('.hbs'))
    return names.sort().map(name => writerOf(path.join(folder, sub, name), sub === '' ? 'templates' : 'partials'))
  })
  writeFileSync(
    path.join(out, 'templates.js'),
    `export const templates = {}\nexport const partials = {}\nexport const sources = {}\n${lines.join('\n')}\n`,
  )
  writeFileSync(
    path.join(out, 'templates.d.ts'),
    `/** Writes the text of a template from its context, with the kit of core/prompts/render.ts. */
export type Writer = (context: unknown, kit: unknown) => string
/** Templates by name. */
export const templates: Readonly<Record<string, Writer>>
/** Partials by name. */
export const partials: Readonly<Record<string, Writer>>
/** Source text by kind and name; a template is identified by its hash. */
export const sources: Readonly<Record<string, string>>
`,
  )
}

function writerOf(file: string, kind: 'templates' | 'partials'): string {
  const source = readFileSync(file, 'utf8')
  const name = path.basename(file, '.hbs')
  const key = JSON.stringify(name)
  return `${kind}[${key}] = ${codeOf(`${kind}/${name}`, source)}\nsources[${JSON.stringify(`${kind}/${name}`)}] = ${JSON.stringify(source)}`
}
